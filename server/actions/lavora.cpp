#include "server/actions/lavora.h"

#include "core/base/error.h"
#include "server/actions/record.h"
#include "server/firme/firma.h"
#include "server/store/allegati.h"
#include "server/store/attivita.h"
#include "server/store/bozze_esito.h"
#include "server/store/ids.h"
#include "server/store/jobs.h"
#include "server/store/operatori.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"
#include "server/store/snapshot.h"

namespace sdc::actions {
namespace {

constexpr std::int64_t kLargestFile = 20LL * 1024 * 1024;

store::Attivita activity(const Context& context, const char* what, const Id<Pratica>& id)
{
    return {"operatore", context.operatore->id.text(), what, "pratica:" + id.text(), ""};
}

void refuse(const std::string& reason)
{
    throw Invalid(reason, {{"file", reason}});
}

/// The kind of the operator's file; throws Invalid where it is none that we take. A signed one is intact.
TipoFile checkFile(const FileInviato& file, const std::string& nome)
{
    if (file.dimensione == 0)
        refuse("Il file \"" + nome + "\" è vuoto.");
    if (file.dimensione > kLargestFile)
        refuse("Il file \"" + nome + "\" è troppo grande: al massimo 20 MB.");
    const auto tipo = detectTipo(file.firstBytes);
    if (!tipo)
        refuse("Il file \"" + nome + "\" non è di un tipo ammesso: PDF, P7M, JPEG o PNG.");
    if (!extensionMatches(nome, *tipo))
        refuse("Il nome del file \"" + nome + "\" non corrisponde al suo contenuto, che è " + std::string{name(*tipo)} +
               ".");
    try {
        if (*tipo == TipoFile::P7m)
            firme::verify(file.path);
    } catch (const Invalid& error) {
        refuse(error.what());
    }
    return *tipo;
}

/// The operator's file as a document of the pratica.
store::DocumentoSalvato documentOf(const FileInviato& file, Instant now)
{
    const std::string nome = cleanFileName(file.nome);
    const TipoFile tipo = checkFile(file, nome);
    return {store::newId(),
            store::GenereDocumento::FileEsito,
            nome,
            std::string{mediaType(tipo)},
            file.dimensione,
            file.sha256,
            now};
}

/// A certificate is issued as a signed file: without it there is nothing to approve (manual 2, O7).
void requireCertificate(store::Reader& reader, const Pratica& pratica, const Decisa& decisa)
{
    const auto definizione = store::definizione(reader, pratica.fields().definizione);
    if (!definizione->servizio.certificato || decisa.esito.decisione == Decisione::Rigetta)
        return;
    if (!decisa.file || !extensionMatches(cleanFileName(decisa.file->nome), TipoFile::P7m))
        refuse("Per questo servizio allega il certificato firmato digitalmente (.p7m).");
}

/// Whether this very decision was taken already: its answer was lost, and the program sent it again.
bool isRepeated(store::Reader& reader, const Id<Pratica>& id, const std::string& chiave)
{
    const auto decided = store::decidedWith(reader, chiave);
    if (decided && *decided != id)
        throw Conflict("La chiave di questa decisione è già stata usata per un'altra pratica.");
    return decided.has_value();
}

/// What may be refused without waiting for anybody's turn: it is refused before the file is looked at.
void requireDecidable(store::Reader& reader, const Context& context, const Id<Pratica>& id, const Decisa& decisa)
{
    Pratica pratica = visiblePratica(reader, id, *context.operatore);
    pratica.decide(context.operatore->id, decisa.esito, context.now());
    requireCertificate(reader, pratica, decisa);
}

/// Whether this decision is to be taken, as far as can be seen before anybody's turn.
bool isToDecide(const Context& context, const Id<Pratica>& id, const Decisa& decisa)
{
    // Of one moment: sent twice, the same decision may be taken between two looks, and would seem another's.
    store::Snapshot seen(context.database());
    visiblePratica(seen, id, *context.operatore);
    if (isRepeated(seen, id, decisa.chiave))
        return false;
    requireDecidable(seen, context, id, decisa);
    return true;
}

void explainHolder(store::Reader& reader, const Pratica& pratica, const Id<Operatore>& me)
{
    const Id<Operatore>& holder = pratica.fields().operatore;
    if (!holder.empty() && holder != me)
        throw Conflict("La pratica è già in carico a " + store::nomeOperatore(reader, holder) + ".");
}

}

Pratica visiblePratica(store::Reader& reader, const Id<Pratica>& id, const Operatore& operatore)
{
    Pratica pratica = store::pratica(reader, id);
    const bool draft = pratica.stato() == Stato::Bozza || pratica.stato() == Stato::InAttesaDiPagamento;
    if (draft || !operatore.enabledFor(pratica.fields().servizio))
        throw NotFound("La pratica non esiste o non riguarda i servizi per cui sei abilitato.");
    return pratica;
}

void requireVisible(Context& context, const Id<Pratica>& id)
{
    try {
        visiblePratica(context.database(), id, *context.operatore);
    } catch (const NotFound&) {
        store::Transaction transaction(context.database());
        // One that nobody has leaves no trace: the log is not for who guesses to fill.
        store::pratica(transaction, id);
        store::log(transaction, activity(context, "lettura rifiutata", id), context.now());
        transaction.commit();
        throw;
    }
}

void search(Context& context, const std::string& elenco)
{
    store::Transaction transaction(context.database());
    store::log(transaction, {"operatore", context.operatore->id.text(), "ricerca", "elenco:" + elenco, ""},
               context.now());
    transaction.commit();
}

Pratica openPratica(Context& context, const Id<Pratica>& id)
{
    requireVisible(context, id);
    store::Transaction transaction(context.database());
    Pratica pratica = visiblePratica(transaction, id, *context.operatore);
    store::log(transaction, activity(context, "pratica aperta", id), context.now());
    transaction.commit();
    return pratica;
}

void openFile(Context& context, const Id<Pratica>& id, const std::string& file)
{
    store::Transaction transaction(context.database());
    auto entry = activity(context, "file aperto", id);
    entry.dettaglio = file;
    store::log(transaction, entry, context.now());
    transaction.commit();
}

void takeCharge(Context& context, const Id<Pratica>& id)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    Pratica pratica = visiblePratica(transaction, id, *context.operatore);
    explainHolder(transaction, pratica, context.operatore->id);
    pratica.takeCharge(context.operatore->id, now);
    record(transaction, pratica, now);
    store::log(transaction, activity(context, "pratica presa in carico", id), now);
    transaction.commit();
}

void release(Context& context, const Id<Pratica>& id)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    Pratica pratica = visiblePratica(transaction, id, *context.operatore);
    pratica.release(context.operatore->id, now);
    store::removeBozzaEsito(transaction, id, context.operatore->id);
    record(transaction, pratica, now);
    store::log(transaction, activity(context, "pratica rilasciata", id), now);
    transaction.commit();
}

void decide(Context& context, const Id<Pratica>& id, const Decisa& decisa)
{
    if (!isToDecide(context, id, decisa))
        return;
    const Instant now = context.now();
    // Other writes of the ente need not wait while a signature is checked and the disk written.
    const store::Hold hold = context.files().hold();
    std::optional<store::DocumentoSalvato> documento;
    if (decisa.file) {
        documento = documentOf(*decisa.file, now);
        context.files().adopt(hold, decisa.file->path, decisa.file->sha256);
    }
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    Pratica pratica = visiblePratica(transaction, id, *context.operatore);
    if (isRepeated(transaction, id, decisa.chiave))
        return;
    if (pratica.versione() != decisa.versione)
        throw Conflict("La pratica è cambiata dopo che l'hai aperta: ricaricala e controlla prima di decidere.");
    pratica.decide(context.operatore->id, decisa.esito, now);
    store::removeBozzeEsito(transaction, id);
    store::insertEsito(transaction, id, *pratica.fields().esito, decisa.chiave);
    if (documento)
        store::insert(transaction, id, *documento);
    record(transaction, pratica, now);
    store::enqueue(transaction, {{}, store::GenereJob::StampaRisposta, "stampa_risposta:" + id.text(), id, "", 0, {}},
                   now);
    store::log(
        transaction,
        activity(context, decisa.esito.decisione == Decisione::Approva ? "pratica approvata" : "pratica rigettata", id),
        now);
    transaction.commit();
}

}
