#include "server/actions/submit.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/store/allegati.h"
#include "server/store/attivita.h"
#include "server/store/cittadini.h"
#include "server/store/jobs.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <nlohmann/json.hpp>

namespace sdc::actions {
namespace {

std::optional<PassoDaRivedere> firstFault(const Modulo& modulo, const Risposte& risposte, Instant now)
{
    const Risposte shown = shownOnly(modulo, risposte);
    for (const Passo& passo : modulo.passi) {
        if (!applies(passo.se, shown))
            continue;
        if (auto errors = validate(passo, shown, romeDate(now)); !errors.empty())
            return PassoDaRivedere{passo.chiave, std::move(errors)};
    }
    return std::nullopt;
}

/// The answers to send, once nothing is wrong with them.
Risposte checked(const Modulo& modulo, const Pratica& pratica, const Risposte& risposte, Instant now)
{
    if (pratica.fields().passo != modulo.passi.back().chiave)
        throw Conflict("La compilazione non è ancora arrivata all'ultimo passo: completala prima di inviare.");
    if (auto fault = firstFault(modulo, risposte, now))
        throw Invalid("Alcune risposte mancano o non sono valide.", std::move(fault->errors));
    return shownOnly(modulo, risposte);
}

void saveNota(store::Transaction& transaction, const Id<Pratica>& id, const std::optional<std::string>& nota)
{
    if (const auto fault = noteFault(nota))
        throw Invalid(fault->message, {*fault});
    if (nota)
        store::saveNotaPrivata(transaction, id, normalizeNewlines(*nota));
}

void attachFiles(store::Transaction& transaction, const Pratica& pratica, const Modulo& modulo,
                 const Risposte& risposte)
{
    const auto files = filesOf(modulo, risposte);
    std::vector<Id<Allegato>> ids;
    for (const FileRichiesto& file : files)
        ids.push_back(file.allegato);
    const auto allegati = store::allegatiOf(transaction, ids, pratica.fields().cittadino);
    if (allegati.size() != files.size())
        throw Conflict("Uno dei file allegati non c'è più: torna al passo degli allegati e caricalo di nuovo.");
    const auto etichette = store::etichetteFile(transaction);
    for (std::size_t i = 0; i < files.size(); ++i)
        store::attach(transaction, pratica.id(), i + 1, allegati[i],
                      descriptionIn(*files[i].campo, allegati[i].descrizione, etichette));
}

void enqueueDocument(store::Transaction& transaction, const Pratica& pratica, Instant now)
{
    store::enqueue(
        transaction,
        {{}, store::GenereJob::StampaModulo, "stampa_modulo:" + pratica.id().text(), pratica.id(), "", 0, {}}, now);
}

}

std::optional<PassoDaRivedere> faultsOf(Context& context, const Id<Pratica>& id)
{
    const Bozza bozza = openBozza(context, id);
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const std::string furthest = resumeAt(bozza);
    auto fault = firstFault(modulo, bozza.risposte, context.now());
    const bool reached = furthest == modulo.passi.back().chiave;
    if (reached || (fault && modulo.indexOf(fault->passo) <= modulo.indexOf(furthest)))
        return fault;
    return PassoDaRivedere{furthest, {}};
}

void submit(Context& context, const Id<Pratica>& id, int versione, const std::optional<std::string>& nota)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    Pratica pratica = ownPratica(transaction, id, context.cittadino().id);
    if (pratica.fields().inviata)
        return;
    if (pratica.versione() != versione)
        throw Conflict("I dati sono cambiati in un'altra finestra: controllali di nuovo prima di inviare.");
    const auto definizione = store::definizione(transaction, pratica.fields().definizione);
    const Modulo& modulo = definizione->servizio.modulo;
    const Risposte sent = checked(modulo, pratica, store::risposte(transaction, id), now);
    saveNota(transaction, id, nota);
    const Cittadino cittadino = store::findCittadino(transaction, context.cittadino().id).value();

    pratica.submit(now);
    store::saveRisposte(transaction, id, sent);
    store::insertRichiedente(transaction, id, cittadino);
    store::setListed(transaction, pratica, definizione->servizio, cittadino);
    attachFiles(transaction, pratica, modulo, sent);
    record(transaction, pratica, now);
    store::releaseBozzaUnica(transaction, id);
    enqueueDocument(transaction, pratica, now);
    store::log(transaction, {"cittadino", cittadino.id.text(), "pratica inviata", "pratica:" + id.text(), ""}, now);
    transaction.commit();
}

}
