#include "server/actions/compila.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/record.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <algorithm>

namespace sdc::actions {
namespace {

constexpr std::size_t kMaxNota = 2000;

std::shared_ptr<const Definizione> newest(store::Reader& reader, const Pratica& pratica)
{
    const auto attuale = store::findServizio(reader, pratica.fields().servizio);
    return attuale ? attuale->definizione : store::definizione(reader, pratica.fields().definizione);
}

/// Moves a draft to the newest definition, where it is not there yet.
void moveOn(store::Transaction& transaction, Bozza& bozza, Instant now)
{
    bozza.risposte = fitting(bozza.definizione->servizio.modulo, bozza.risposte);
    bozza.pratica.moveTo(bozza.definizione->id, now);
    bozza.pratica.reachPasso(resumeAt(bozza.pratica, bozza.definizione->servizio.modulo), now);
    store::saveRisposte(transaction, bozza.pratica.id(), bozza.risposte);
    store::save(transaction, bozza.pratica);
    bozza.pratica = store::pratica(transaction, bozza.pratica.id());
    bozza.aggiornata = true;
}

std::optional<FieldError> noteFault(const std::string& nota)
{
    if (codePoints(nota) <= kMaxNota)
        return std::nullopt;
    return FieldError{"nota", "La descrizione è troppo lunga: al massimo 2.000 caratteri."};
}

std::vector<FieldError> faultsOf(const Passo& passo, const PassoInviato& inviato, const Risposte& risposte, Instant now)
{
    if (passo.tipo == TipoPasso::Istruzioni && !inviato.chiaro)
        return {{"chiaro", "Per proseguire conferma di aver letto le istruzioni."}};
    return validate(passo, risposte, romeDate(now));
}

/// The furthest step stays the furthest when an earlier one is saved again, unless the answers no longer show it: who
/// resumes must find a step that can be opened.
void reach(Pratica& pratica, const Modulo& modulo, const Risposte& risposte, const std::string& passo, Instant now)
{
    const Passo* before = modulo.find(pratica.fields().passo);
    const bool further = before == nullptr || modulo.indexOf(passo) > modulo.indexOf(before->chiave);
    const Passo& furthest = further ? *modulo.find(passo) : *before;
    const bool shown = applies(furthest.se, shownOnly(modulo, risposte));
    pratica.reachPasso(shown ? furthest.chiave : neighbour(modulo, risposte, furthest.chiave, -1), now);
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

}

std::string resumeAt(const Pratica& pratica, const Modulo& modulo)
{
    const Passo* passo = modulo.find(pratica.fields().passo);
    return passo == nullptr ? modulo.passi.front().chiave : passo->chiave;
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
    store::Database& database = context.database();
    Pratica pratica = ownPratica(database, id, context.cittadino().id);
    pratica.requireDraft();
    Bozza bozza{pratica, newest(database, pratica), store::risposte(database, id), store::notaPrivata(database, id),
                false};
    if (bozza.definizione->id == pratica.fields().definizione)
        return bozza;
    store::Transaction transaction(database);
    moveOn(transaction, bozza, context.now());
    transaction.commit();
    return bozza;
}

EsitoPasso savePasso(Context& context, const Id<Pratica>& id, const PassoInviato& inviato)
{
    const Instant now = context.now();
    Bozza bozza = openBozza(context, id);
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const Passo* passo = modulo.find(inviato.passo);
    if (passo == nullptr)
        throw NotFound();
    readPosted(*passo, inviato.fields, bozza.risposte);
    const std::string nota = normalizeNewlines(inviato.nota);
    EsitoPasso esito;
    if (inviato.mossa == Mossa::Avanti)
        esito.errors = faultsOf(*passo, inviato, bozza.risposte, now);
    const auto faultOfNote = noteFault(nota);
    if (faultOfNote)
        esito.errors.push_back(*faultOfNote);
    esito.next = esito.errors.empty() ? target(modulo, bozza.risposte, inviato) : inviato.passo;

    store::Transaction transaction(context.database());
    store::saveRisposte(transaction, id, bozza.risposte);
    if (!faultOfNote)
        store::saveNotaPrivata(transaction, id, nota);
    reach(bozza.pratica, modulo, bozza.risposte, inviato.mossa == Mossa::Avanti ? esito.next : inviato.passo, now);
    store::save(transaction, bozza.pratica);
    transaction.commit();
    return esito;
}

void removeBozza(Context& context, const Id<Pratica>& id)
{
    store::Transaction transaction(context.database());
    const Pratica pratica = ownPratica(transaction, id, context.cittadino().id);
    store::removeBozza(transaction, pratica);
    store::log(transaction, {"cittadino", context.cittadino().id.text(), "bozza eliminata", "pratica:" + id.text(), ""},
               context.now());
    transaction.commit();
}

}
