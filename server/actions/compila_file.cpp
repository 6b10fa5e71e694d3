#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/firme/firma.h"
#include "server/store/allegati.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/pratiche.h"

#include <algorithm>

namespace sdc::actions {
namespace {

constexpr std::size_t kMaxFiles = 10;
constexpr std::size_t kLongestDescription = 200;

const Campo& fileCampo(const Bozza& bozza, const std::string& chiave)
{
    const Campo* campo = bozza.definizione->servizio.modulo.findCampo(chiave);
    if (campo == nullptr || campo->tipo != TipoCampo::File)
        throw NotFound();
    return *campo;
}

[[noreturn]] void refuse(const Campo& campo, const std::string& reason)
{
    throw Invalid(reason, {{campo.chiave, reason}});
}

std::string kindsOf(const Campo& campo)
{
    std::string kinds;
    for (const TipoFile tipo : campo.tipiFile)
        kinds += (kinds.empty() ? "" : ", ") + std::string{name(tipo)};
    return kinds;
}

/// A signed file is taken only intact; the fault is told at the field.
void checkSignature(const Campo& campo, const std::filesystem::path& file)
{
    try {
        firme::verify(file);
    } catch (const Invalid& error) {
        refuse(campo, error.what());
    }
}

TipoFile checkKind(const Campo& campo, const FileInviato& file, const std::string& nome)
{
    const auto tipo = detectTipo(file.firstBytes);
    const bool wanted = tipo && std::find(campo.tipiFile.begin(), campo.tipiFile.end(), *tipo) != campo.tipiFile.end();
    if (!wanted)
        refuse(campo, "Il file \"" + nome + "\" non è di un tipo ammesso: il suo contenuto deve essere " +
                          kindsOf(campo) + ".");
    if (!extensionMatches(nome, *tipo))
        refuse(campo, "Il nome del file \"" + nome + "\" non corrisponde al suo contenuto, che è " +
                          std::string{name(*tipo)} + ".");
    if (*tipo == TipoFile::P7m)
        checkSignature(campo, file.path);
    return *tipo;
}

Risposte& filesOf(Bozza& bozza, const Campo& campo)
{
    Risposte& files = bozza.risposte[campo.chiave];
    if (!files.is_array())
        files = Risposte::array();
    return files;
}

void put(Bozza& bozza, const Campo& campo, const Id<Allegato>& allegato)
{
    Risposte& files = filesOf(bozza, campo);
    if (std::find(files.begin(), files.end(), allegato.text()) != files.end())
        return;
    if (files.size() >= kMaxFiles)
        refuse(campo, "Al massimo 10 file per questo campo: togline uno prima di aggiungerne un altro.");
    files.push_back(allegato.text());
}

/// Whether the field has this very file under this name: who got no answer sends it once more.
bool holds(store::Transaction& transaction, Bozza& bozza, const Campo& campo, const Allegato& allegato)
{
    const Risposte& files = filesOf(bozza, campo);
    return std::any_of(files.begin(), files.end(), [&](const Risposte& id) {
        const auto there = store::findAllegato(transaction, Id<Allegato>{id.get<std::string>()}, allegato.cittadino);
        return there && there->sha256 == allegato.sha256 && there->nome == allegato.nome;
    });
}

void saveFiles(store::Transaction& transaction, Bozza& bozza, Instant now)
{
    bozza.pratica.reachPasso(bozza.pratica.fields().passo, now);
    store::saveRisposte(transaction, bozza.pratica.id(), bozza.risposte);
    store::save(transaction, bozza.pratica);
}

bool accepts(const Campo& campo, const Allegato& allegato)
{
    return allegato.dimensione <= campo.dimensioneMassima &&
           std::any_of(campo.tipiFile.begin(), campo.tipiFile.end(),
                       [&](TipoFile tipo) { return mediaType(tipo) == allegato.tipo; });
}

/// Takes a file off every draft of the citizen that names it.
void takeOffDrafts(store::Transaction& transaction, const Allegato& allegato, Instant now)
{
    for (const auto& voce : store::praticheOf(transaction, allegato.cittadino, ElencoCittadino::InBozza, 0, 1000)) {
        store::lock(transaction, voce.id);
        Risposte risposte = store::risposte(transaction, voce.id);
        bool changed = false;
        for (auto& value : risposte) {
            if (!value.is_array())
                continue;
            const auto kept = std::remove(value.begin(), value.end(), Risposte(allegato.id.text()));
            changed = changed || kept != value.end();
            value.erase(kept, value.end());
        }
        if (!changed)
            continue;
        Pratica draft = store::pratica(transaction, voce.id);
        draft.reachPasso(draft.fields().passo, now);
        store::saveRisposte(transaction, voce.id, risposte);
        store::save(transaction, draft);
    }
}

}

void addFile(Context& context, const Id<Pratica>& id, const std::string& chiave, const FileInviato& file)
{
    const Instant now = context.now();
    // Judged before the transaction: nobody waits while a signature is verified.
    Bozza seen = openBozza(context, id);
    const Campo& campo = fileCampo(seen, chiave);
    const std::string nome = cleanFileName(file.nome);
    if (file.dimensione == 0)
        refuse(campo, "Il file \"" + nome + "\" è vuoto.");
    if (file.dimensione > campo.dimensioneMassima)
        refuse(campo, "Il file \"" + nome + "\" è troppo grande: al massimo " +
                          std::to_string(campo.dimensioneMassima / (1024 * 1024)) + " MB.");
    const TipoFile tipo = checkKind(campo, file, nome);
    const std::string descrizione = trim(file.descrizione);
    if (codePoints(descrizione) > kLongestDescription)
        refuse(campo, "La descrizione del file è troppo lunga: al massimo 200 caratteri.");
    const Allegato allegato{Id<Allegato>{store::newId()},
                            context.cittadino().id,
                            nome,
                            descrizione.empty() ? campo.etichetta : descrizione,
                            std::string{mediaType(tipo)},
                            file.dimensione,
                            file.sha256,
                            now};
    const store::Hold hold = context.files().hold();
    context.files().adopt(hold, file.path, file.sha256);
    store::Transaction transaction(context.database());
    Bozza bozza = lockBozza(transaction, context, id);
    if (holds(transaction, bozza, fileCampo(bozza, chiave), allegato))
        return;
    put(bozza, fileCampo(bozza, chiave), allegato.id);
    store::insert(transaction, allegato);
    saveFiles(transaction, bozza, now);
    store::log(transaction,
               {"cittadino", context.cittadino().id.text(), "file caricato", "allegato:" + allegato.id.text(), ""},
               now);
    transaction.commit();
}

void addAllegato(Context& context, const Id<Pratica>& id, const std::string& chiave, const Id<Allegato>& allegato)
{
    store::Transaction transaction(context.database());
    Bozza bozza = lockBozza(transaction, context, id);
    const Campo& campo = fileCampo(bozza, chiave);
    const auto found = store::findAllegato(transaction, allegato, context.cittadino().id);
    if (!found)
        throw NotFound();
    if (!accepts(campo, *found))
        refuse(campo,
               "Il file \"" + found->nome + "\" non è adatto a questo campo: deve essere " + kindsOf(campo) + ".");
    put(bozza, campo, allegato);
    saveFiles(transaction, bozza, context.now());
    transaction.commit();
}

void removeFile(Context& context, const Id<Pratica>& id, const std::string& chiave, const Id<Allegato>& allegato)
{
    store::Transaction transaction(context.database());
    Bozza bozza = lockBozza(transaction, context, id);
    Risposte& files = filesOf(bozza, fileCampo(bozza, chiave));
    files.erase(std::remove(files.begin(), files.end(), Risposte(allegato.text())), files.end());
    saveFiles(transaction, bozza, context.now());
    transaction.commit();
}

void removeAllegato(Context& context, const Id<Allegato>& id)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    const auto allegato = store::findAllegato(transaction, id, context.cittadino().id);
    if (!allegato)
        throw NotFound();
    store::removeAllegato(transaction, *allegato);
    takeOffDrafts(transaction, *allegato, now);
    store::log(transaction, {"cittadino", context.cittadino().id.text(), "file eliminato", "allegato:" + id.text(), ""},
               now);
    transaction.commit();
}

}
