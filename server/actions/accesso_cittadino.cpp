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

/// What the identity says of the birth; else what its codice fiscale tells for sure. What another identity said stays.
void takeBirth(Cittadino& cittadino, const Identita& identita, Date today)
{
    if (!identita.luogoNascita.empty())
        cittadino.luogoNascita = identita.luogoNascita;
    if (!identita.dataNascita && !mayDeclareBirth(cittadino))
        return;
    const auto births = CodiceFiscale::parse(identita.codiceFiscale).value().possibleBirths(today);
    const auto known = births.size() == 1 ? std::optional{births.front()} : std::nullopt;
    if (!identita.dataNascita && !known)
        return;
    cittadino.dataNascita = identita.dataNascita ? identita.dataNascita : known;
    cittadino.nascitaDichiarata = false;
}

/// The identity's own data always; contacts and residence only where the citizen has not given them.
void takeOver(Cittadino& cittadino, const Identita& identita, Date today)
{
    // A card may lack a name, or have one that cannot be read: what is known of it stays.
    if (!identita.nome.empty())
        cittadino.nome = identita.nome;
    if (!identita.cognome.empty())
        cittadino.cognome = identita.cognome;
    takeBirth(cittadino, identita, today);
    if (cittadino.confermato)
        return;
    if (!identita.email.empty())
        cittadino.email = identita.email;
    if (!identita.cellulare.empty())
        cittadino.cellulare = identita.cellulare;
    if (identita.residenza != Indirizzo{})
        cittadino.residenza = identita.residenza;
}

Cittadino enter(store::Transaction& transaction, const Identita& identita, Date today)
{
    if (auto known = store::findCittadinoByCodiceFiscale(transaction, identita.codiceFiscale)) {
        const Cittadino before = *known;
        takeOver(*known, identita, today);
        // Two tabs may log in at once: where there is nothing new, neither changes anything.
        if (*known != before)
            store::save(transaction, *known);
        return *known;
    }
    Cittadino cittadino;
    cittadino.id = Id<Cittadino>{store::newId()};
    cittadino.codiceFiscale = identita.codiceFiscale;
    takeOver(cittadino, identita, today);
    // Made by another login of the same citizen at this moment: then that one is the citizen.
    return store::insert(transaction, cittadino) ? cittadino : enter(transaction, identita, today);
}

struct Browser
{
    const std::string& token;
    const std::string& dispositivo;
};

store::Sessione newSessione(const Context& context, const Cittadino& cittadino, const Identita& identita,
                            const Browser& browser)
{
    const Instant now = context.now();
    const int lasts = std::min(context.config.durataSessione, context.config.durataMassimaSessione);
    store::Sessione sessione;
    sessione.hash = secrets::hashOf(browser.token);
    sessione.soggetto = cittadino.id.text();
    sessione.vista = now;
    sessione.scade = now + std::chrono::seconds{lasts};
    sessione.metodo = name(identita.metodo);
    sessione.livello = identita.livello;
    sessione.dispositivo = firstCodePoints(browser.dispositivo, 100);
    return sessione;
}

/// Of a session, for its citizen: the session's name would give away the word of its forms.
std::string nomeOf(const store::Sessione& sessione)
{
    return secrets::hashOf("accesso:" + sessione.hash).substr(0, 32);
}

bool among(const std::vector<std::string>& ids, const store::Termine& termine)
{
    return std::find(ids.begin(), ids.end(), termine.id) != ids.end();
}

}

Entrato login(Context& context, const Identita& identita, const Provenienza& da)
{
    if (!CodiceFiscale::parse(identita.codiceFiscale))
        throw Invalid("L'identità ricevuta non contiene un codice fiscale valido.");
    const Instant now = context.now();
    const std::string token = secrets::newToken();
    store::Transaction transaction(context.database());
    const Cittadino cittadino = enter(transaction, identita, romeDate(now));
    if (cittadino.nome.empty() || cittadino.cognome.empty())
        throw Invalid("L'identità ricevuta non dice nome e cognome: accedi in un altro modo.");
    // The browser's cookie names the new one from now on: nobody could end the old one from here.
    if (!da.precedente.empty())
        store::endSessione(transaction, da.precedente, now);
    store::insert(transaction, newSessione(context, cittadino, identita, {token, da.dispositivo}), now);
    if (da.presso) {
        store::SessioneIdp presso = *da.presso;
        presso.sessione = secrets::hashOf(token);
        store::insert(transaction, presso);
    }
    const std::string come = std::string{name(identita.metodo)} + ", livello " + std::to_string(identita.livello);
    store::log(transaction, {"cittadino", cittadino.id.text(), "accesso", "", come}, now);
    transaction.commit();
    return {cittadino, token, identita.livello};
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

std::vector<Accesso> accessi(const Context& context)
{
    std::vector<Accesso> all;
    const auto open = store::sessioniAperte(context.database(), context.cittadino().id.text(),
                                            store::TipoSessione::Cittadino, context.now());
    for (const store::Sessione& sessione : open)
        all.push_back({nomeOf(sessione), sessione, sessione.hash == context.accesso->hash});
    return all;
}

void endAccesso(Context& context, const std::string& nome)
{
    const auto open = accessi(context);
    const auto found = std::find_if(open.begin(), open.end(), [&](const Accesso& a) { return a.nome == nome; });
    if (found == open.end())
        throw NotFound("Questo accesso è già finito.");
    store::Transaction transaction(context.database());
    store::endSessione(transaction, found->sessione.hash, context.now());
    store::log(transaction, {"cittadino", context.cittadino().id.text(), "accesso chiuso", "", ""}, context.now());
    transaction.commit();
}

void endAccessi(Context& context)
{
    store::Transaction transaction(context.database());
    const std::string& cittadino = context.cittadino().id.text();
    const auto ended = store::endSessioni(transaction, cittadino, store::TipoSessione::Cittadino, "", context.now());
    store::log(transaction, {"cittadino", cittadino, "uscita da tutti i dispositivi", "", std::to_string(ended)},
               context.now());
    transaction.commit();
}

void acceptTermini(Context& context, const std::vector<std::string>& accepted)
{
    const Instant now = context.now();
    const Id<Cittadino>& cittadino = context.cittadino().id;
    store::Transaction transaction(context.database());
    std::vector<FieldError> errors;
    const auto take = [&](const store::Termine& termine) {
        store::accept(transaction, cittadino, termine.id, now);
        store::log(transaction, {"cittadino", cittadino.text(), "termini accettati", "termine:" + termine.id, ""}, now);
    };
    for (const store::Termine& termine : store::termineDaAccettare(transaction, cittadino)) {
        if (among(accepted, termine))
            take(termine);
        else
            errors.push_back(
                {"termine_" + termine.id, "Per proseguire è necessario dare il consenso: " + termine.titolo + "."});
    }
    for (const store::Termine& termine : store::terminiFacoltativi(transaction, cittadino)) {
        if (among(accepted, termine))
            take(termine);
    }
    if (!errors.empty())
        throw Invalid("Per utilizzare i servizi è necessario dare tutti i consensi richiesti.", errors);
    transaction.commit();
}

void changeConsenso(Context& context, const std::string& termine, bool gives)
{
    const Instant now = context.now();
    const Id<Cittadino>& cittadino = context.cittadino().id;
    store::Transaction transaction(context.database());
    const auto open = store::terminiFacoltativi(transaction, cittadino);
    const bool asked = std::any_of(open.begin(), open.end(), [&](const store::Termine& t) { return t.id == termine; });
    if (gives && !asked)
        throw Conflict("Il testo è cambiato mentre lo leggevi, oppure il consenso c'è già: ricarica la pagina.");
    if (!gives && !store::revoke(transaction, cittadino, termine, now))
        throw Conflict("Questo consenso era già stato revocato, oppure è obbligatorio.");
    if (gives)
        store::accept(transaction, cittadino, termine, now);
    const char* azione = gives ? "consenso dato" : "consenso revocato";
    store::log(transaction, {"cittadino", cittadino.text(), azione, "termine:" + termine, ""}, now);
    transaction.commit();
}

}
