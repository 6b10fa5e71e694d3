#include "server/actions/compila.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/record.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <algorithm>
#include <iterator>

namespace sdc::actions {
namespace {

constexpr std::size_t kMaxNota = 2000;

Bozza readBozza(store::Reader& reader, const Context& context, const Id<Pratica>& id)
{
    Pratica pratica = ownPratica(reader, id, context.cittadino().id);
    pratica.requireDraft();
    auto definizione = store::newestDefinizione(reader, pratica);
    return {std::move(pratica), std::move(definizione), store::risposte(reader, id), store::notaPrivata(reader, id),
            false};
}

bool isOutdated(const Bozza& bozza)
{
    return bozza.definizione->id != bozza.pratica.fields().definizione;
}

/// The step `passo` of the form as it was, or the nearest one before it, that the form of today still has.
std::string stillThere(const Modulo& before, const Modulo& today, const std::string& passo)
{
    for (auto end = before.find(passo) == nullptr ? 0 : before.indexOf(passo) + 1; end > 0; --end) {
        if (today.find(before.passi[end - 1].chiave) != nullptr)
            return before.passi[end - 1].chiave;
    }
    return today.passi.front().chiave;
}

/// Moves a draft to the newest definition, where it is not there yet.
void moveOn(store::Transaction& transaction, Bozza& bozza, Instant now)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const auto before = store::definizione(transaction, bozza.pratica.fields().definizione);
    bozza.risposte = fitting(modulo, bozza.risposte);
    bozza.pratica.moveTo(bozza.definizione->id, now);
    bozza.pratica.reachPasso(stillThere(before->servizio.modulo, modulo, bozza.pratica.fields().passo), now);
    bozza.pratica.reachPasso(resumeAt(bozza), now);
    store::saveRisposte(transaction, bozza.pratica.id(), bozza.risposte);
    store::save(transaction, bozza.pratica);
    bozza.pratica = store::pratica(transaction, bozza.pratica.id());
    bozza.aggiornata = true;
}

std::vector<FieldError> faultsOf(const Passo& passo, const PassoInviato& inviato, const Risposte& risposte, Instant now)
{
    if (passo.tipo == TipoPasso::Istruzioni && !inviato.chiaro)
        return {{"chiaro", "Per proseguire conferma di aver letto le istruzioni."}};
    return validate(passo, risposte, romeDate(now));
}

/// The furthest step stays the furthest when an earlier one is saved again, unless the answers no longer show it: who
/// resumes must find a step that can be opened.
void reach(Bozza& bozza, const std::string& passo, Instant now)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const Passo* before = modulo.find(bozza.pratica.fields().passo);
    if (before == nullptr || modulo.indexOf(passo) > modulo.indexOf(before->chiave))
        bozza.pratica.reachPasso(passo, now);
    bozza.pratica.reachPasso(resumeAt(bozza), now);
}

std::string target(const Modulo& modulo, const Risposte& risposte, const PassoInviato& inviato)
{
    switch (inviato.mossa) {
    case Mossa::Avanti:
        return neighbour(modulo, risposte, inviato.passo, 1);
    case Mossa::Indietro:
        return neighbour(modulo, risposte, inviato.passo, -1);
    case Mossa::Ricomincia:
        return modulo.passi.front().chiave;
    case Mossa::Resta:
        return inviato.passo;
    }
    return inviato.passo;
}

/// The fields that were posted, whatever their step is today: what still fits of a step that is gone.
Passo stepOf(const Modulo& modulo, const Posted& posted)
{
    Passo all;
    for (const Passo& passo : modulo.passi) {
        std::copy_if(passo.campi.begin(), passo.campi.end(), std::back_inserter(all.campi), [&](const Campo& campo) {
            return std::any_of(posted.begin(), posted.end(), [&](const auto& field) {
                return field.first == campo.chiave || field.first.starts_with(campo.chiave + ".");
            });
        });
    }
    return all;
}

/// Takes what was posted into the draft, and says what follows from it.
EsitoPasso take(Bozza& bozza, const PassoInviato& inviato, Instant now)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const Passo* passo = modulo.find(inviato.passo);
    EsitoPasso esito;
    esito.aperto = passo != nullptr && isOpen(bozza, *passo);
    esito.aggiornata = bozza.aggiornata || passo == nullptr;
    readPosted(passo != nullptr ? *passo : stepOf(modulo, inviato.fields), inviato.fields, bozza.risposte);
    if (esito.aperto && inviato.mossa == Mossa::Avanti)
        esito.errors = faultsOf(*passo, inviato, bozza.risposte, now);
    if (const auto fault = noteFault(inviato.nota))
        esito.errors.push_back(*fault);
    else if (inviato.nota)
        bozza.nota = normalizeNewlines(*inviato.nota);
    if (esito.aperto)
        esito.next = esito.errors.empty() ? target(modulo, bozza.risposte, inviato) : inviato.passo;
    const bool further = esito.aperto && inviato.mossa == Mossa::Avanti;
    reach(bozza, further ? esito.next : modulo.passi.front().chiave, now);
    if (!esito.aperto)
        esito.next = resumeAt(bozza);
    return esito;
}

/// Leads to the step, or to where one resumes, and changes nothing.
EsitoPasso leadPast(const Bozza& bozza, const std::string& chiave)
{
    const Passo* passo = bozza.definizione->servizio.modulo.find(chiave);
    EsitoPasso esito;
    esito.superata = true;
    esito.next = passo != nullptr && isOpen(bozza, *passo) ? chiave : resumeAt(bozza);
    return esito;
}

}

std::optional<FieldError> noteFault(const std::optional<std::string>& nota)
{
    if (!nota || codePoints(normalizeNewlines(*nota)) <= kMaxNota)
        return std::nullopt;
    return FieldError{"nota", "La descrizione è troppo lunga: al massimo 2.000 caratteri."};
}

bool isOpen(const Bozza& bozza, const Passo& passo)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    return modulo.indexOf(passo.chiave) <= modulo.indexOf(resumeAt(bozza)) &&
           applies(passo.se, shownOnly(modulo, bozza.risposte));
}

std::string resumeAt(const Bozza& bozza)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const Passo* passo = modulo.find(bozza.pratica.fields().passo);
    if (passo == nullptr)
        return modulo.passi.front().chiave;
    const bool shown = applies(passo->se, shownOnly(modulo, bozza.risposte));
    return shown ? passo->chiave : neighbour(modulo, bozza.risposte, passo->chiave, -1);
}

std::string neighbour(const Modulo& modulo, const Risposte& risposte, const std::string& from, int direction)
{
    const Risposte shown = shownOnly(modulo, risposte);
    const auto last = static_cast<int>(modulo.passi.size()) - 1;
    for (int i = static_cast<int>(modulo.indexOf(from)) + direction; i >= 0 && i <= last; i += direction) {
        const Passo& passo = modulo.passi[static_cast<std::size_t>(i)];
        if (applies(passo.se, shown))
            return passo.chiave;
    }
    return from;
}

Id<Pratica> start(Context& context, const std::string& slug)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    const auto attuale = store::findServizio(transaction, slug);
    if (!attuale)
        throw NotFound("Il servizio non esiste o non è attivo in questo comune.");
    const Servizio& servizio = attuale->definizione->servizio;
    const auto drafts = store::bozze(transaction, context.cittadino().id, slug);
    if (!servizio.bozzeIllimitate && !drafts.empty())
        return drafts.front().id;
    if (attuale->voce.attivazione == Attivazione::Sospeso)
        throw Conflict("Il servizio è sospeso: per ora non è possibile iniziare nuove richieste.");
    Pratica::Fields fields;
    fields.id = Id<Pratica>{store::newId()};
    fields.servizio = slug;
    fields.definizione = attuale->definizione->id;
    fields.cittadino = context.cittadino().id;
    fields.creata = now;
    fields.passo = servizio.modulo.passi.front().chiave;
    const Pratica pratica = Pratica::start(std::move(fields));
    if (!servizio.bozzeIllimitate) {
        if (auto holder = store::claimBozzaUnica(transaction, pratica))
            return *holder;
    }
    store::insert(transaction, pratica, servizio, trim(context.cittadino().cognome + " " + context.cittadino().nome));
    store::log(transaction,
               {"cittadino", context.cittadino().id.text(), "bozza iniziata", "pratica:" + pratica.id().text(), slug},
               now);
    transaction.commit();
    return pratica.id();
}

Bozza openBozza(Context& context, const Id<Pratica>& id)
{
    Bozza bozza = readBozza(context.database(), context, id);
    if (!isOutdated(bozza))
        return bozza;
    store::Transaction transaction(context.database());
    bozza = lockBozza(transaction, context, id);
    transaction.commit();
    return bozza;
}

Bozza lockBozza(store::Transaction& transaction, const Context& context, const Id<Pratica>& id)
{
    store::lock(transaction, id);
    Bozza bozza = readBozza(transaction, context, id);
    if (isOutdated(bozza))
        moveOn(transaction, bozza, context.now());
    return bozza;
}

EsitoPasso savePasso(Context& context, const Id<Pratica>& id, const PassoInviato& inviato)
{
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    const int versione = ownPratica(transaction, id, context.cittadino().id).versione();
    Bozza bozza = lockBozza(transaction, context, id);
    const bool superseded = inviato.versione && inviato.versione != versione;
    EsitoPasso esito = superseded ? leadPast(bozza, inviato.passo) : take(bozza, inviato, context.now());
    if (!superseded) {
        store::saveRisposte(transaction, id, bozza.risposte);
        store::saveNotaPrivata(transaction, id, bozza.nota);
        store::save(transaction, bozza.pratica);
    }
    transaction.commit();
    return esito;
}

void removeBozza(Context& context, const Id<Pratica>& id)
{
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    const Pratica pratica = ownPratica(transaction, id, context.cittadino().id);
    store::removeBozza(transaction, pratica);
    store::log(transaction, {"cittadino", context.cittadino().id.text(), "bozza eliminata", "pratica:" + id.text(), ""},
               context.now());
    transaction.commit();
}

}
