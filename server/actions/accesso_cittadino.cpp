#include "server/actions/accesso_cittadino.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/cittadino/codice_fiscale.h"
#include "server/secrets/token.h"
#include "server/store/attivita.h"
#include "server/store/cittadini.h"
#include "server/store/ids.h"
#include "server/store/sessions.h"
#include "server/store/termini.h"

#include <algorithm>

namespace sdc::actions {
namespace {

/// The identity's own data always; contacts and residence only where the citizen has not given them.
void takeOver(Cittadino& cittadino, const Identita& identita)
{
    cittadino.nome = identita.nome;
    cittadino.cognome = identita.cognome;
    // A card does not say where and when: what another identity said of it stays.
    if (!identita.luogoNascita.empty())
        cittadino.luogoNascita = identita.luogoNascita;
    if (identita.dataNascita)
        cittadino.dataNascita = identita.dataNascita;
    if (cittadino.confermato)
        return;
    if (!identita.email.empty())
        cittadino.email = identita.email;
    if (!identita.cellulare.empty())
        cittadino.cellulare = identita.cellulare;
    if (identita.residenza != Indirizzo{})
        cittadino.residenza = identita.residenza;
}

Cittadino enter(store::Transaction& transaction, const Identita& identita)
{
    if (auto known = store::findCittadinoByCodiceFiscale(transaction, identita.codiceFiscale)) {
        const Cittadino before = *known;
        takeOver(*known, identita);
        // Two tabs may log in at once: where there is nothing new, neither changes anything.
        if (*known != before)
            store::save(transaction, *known);
        return *known;
    }
    Cittadino cittadino;
    cittadino.id = Id<Cittadino>{store::newId()};
    cittadino.codiceFiscale = identita.codiceFiscale;
    takeOver(cittadino, identita);
    // Made by another login of the same citizen at this moment: then that one is the citizen.
    return store::insert(transaction, cittadino) ? cittadino : enter(transaction, identita);
}

}

Entrato login(Context& context, const Identita& identita, std::optional<store::SessioneIdp> presso)
{
    if (!CodiceFiscale::parse(identita.codiceFiscale))
        throw Invalid("L'identità ricevuta non contiene un codice fiscale valido.");
    const Instant now = context.now();
    const std::string token = secrets::newToken();
    store::Transaction transaction(context.database());
    const Cittadino cittadino = enter(transaction, identita);
    const Instant expires = now + std::chrono::seconds{context.config.durataSessione};
    store::insert(transaction,
                  {secrets::hashOf(token), store::TipoSessione::Cittadino, cittadino.id.text(), now, expires}, now);
    if (presso) {
        presso->sessione = secrets::hashOf(token);
        store::insert(transaction, *presso);
    }
    const std::string come = std::string{name(identita.metodo)} + ", livello " + std::to_string(identita.livello);
    store::log(transaction, {"cittadino", cittadino.id.text(), "accesso", "", come}, now);
    transaction.commit();
    return {cittadino, token};
}

std::optional<store::SessioneIdp> logout(Context& context)
{
    store::Transaction transaction(context.database());
    auto presso = store::findSessioneIdp(transaction, context.accesso->hash);
    store::endSessione(transaction, context.accesso->hash, context.now());
    store::log(transaction, {"cittadino", context.cittadino().id.text(), "uscita", "", ""}, context.now());
    transaction.commit();
    return presso;
}

void acceptTermini(Context& context, const std::vector<std::string>& accepted)
{
    const Instant now = context.now();
    const Id<Cittadino>& cittadino = context.cittadino().id;
    store::Transaction transaction(context.database());
    std::vector<FieldError> errors;
    for (const store::Termine& termine : store::termineDaAccettare(transaction, cittadino)) {
        if (std::find(accepted.begin(), accepted.end(), termine.id) == accepted.end()) {
            errors.push_back(
                {"termine_" + termine.id, "Per proseguire è necessario dare il consenso: " + termine.titolo + "."});
            continue;
        }
        store::accept(transaction, cittadino, termine.id, now);
        store::log(transaction, {"cittadino", cittadino.text(), "termini accettati", "termine:" + termine.id, ""}, now);
    }
    if (!errors.empty())
        throw Invalid("Per utilizzare i servizi è necessario dare tutti i consensi richiesti.", errors);
    transaction.commit();
}

void saveProfilo(Context& context, const Profilo& profilo)
{
    if (auto errors = validate(profilo); !errors.empty())
        throw Invalid("Alcuni dati del profilo non sono validi.", std::move(errors));
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    Cittadino cittadino = store::findCittadino(transaction, context.cittadino().id).value();
    cittadino.email = profilo.email;
    cittadino.cellulare = profilo.cellulare;
    cittadino.residenza = profilo.residenza;
    cittadino.domicilio = profilo.domicilio;
    cittadino.confermato = now;
    store::save(transaction, cittadino);
    store::log(transaction, {"cittadino", cittadino.id.text(), "profilo salvato", "", ""}, now);
    transaction.commit();
}

}
