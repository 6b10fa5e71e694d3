#include "server/actions/accesso_carta.h"

#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/store/accessi_carta.h"
#include "server/store/attivita.h"

#include <nlohmann/json.hpp>

namespace sdc::actions {
namespace {

constexpr std::chrono::minutes kWaits{5};
/// A redirect takes no longer.
constexpr std::chrono::minutes kFetched{1};

/// What is sealed opens for this login alone.
std::string placeOf(const Context& context, const std::string& richiesta)
{
    return "carta:" + context.ente().slug + ":" + richiesta;
}

std::string identitaText(const Identita& identita)
{
    return nlohmann::json{{"cf", identita.codiceFiscale},
                          {"nome", identita.nome},
                          {"cognome", identita.cognome},
                          {"luogo", identita.luogoNascita},
                          {"livello", identita.livello}}
        .dump();
}

Identita identitaFrom(const std::string& text)
{
    const auto json = nlohmann::json::parse(text);
    Identita identita;
    identita.codiceFiscale = json.at("cf");
    identita.nome = json.at("nome");
    identita.cognome = json.at("cognome");
    // One that an older server sealed says no place.
    identita.luogoNascita = json.value("luogo", "");
    identita.livello = json.at("livello");
    identita.metodo = MetodoAccesso::Carta;
    return identita;
}

}

std::string beginCarta(Context& context, const std::string& browser, const std::string& ritorno)
{
    const std::string token = secrets::newToken();
    store::Transaction transaction(context.database());
    store::insert(transaction, {secrets::hashOf(token), secrets::hashOf(browser), ritorno, context.now() + kWaits, ""});
    transaction.commit();
    return token;
}

std::optional<std::string> ritornoCarta(const Context& context, const std::string& richiesta)
{
    const auto found = store::findAccessoCarta(context.database(), secrets::hashOf(richiesta), context.now());
    return found ? std::optional{found->ritorno} : std::nullopt;
}

std::optional<std::string> recogniseCarta(Context& context, const std::string& richiesta, const Identita& identita)
{
    const std::string token = secrets::newToken();
    const std::string hash = secrets::hashOf(richiesta);
    const Instant now = context.now();
    const std::string sealed = context.rooms.cassaforte().seal(identitaText(identita), placeOf(context, hash));
    store::Transaction transaction(context.database());
    if (!store::recognise(transaction, {hash, secrets::hashOf(token), sealed, now + kFetched}, now))
        return std::nullopt;
    transaction.commit();
    return token;
}

void refuseCarta(Context& context, const std::string& richiesta, const std::optional<std::string>& motivo)
{
    store::Transaction transaction(context.database());
    // One row for each login that began: who shows a bad card again and again begins each time.
    if (!store::removeAccessoCarta(transaction, secrets::hashOf(richiesta)))
        return;
    if (motivo)
        store::log(transaction, {"sistema", "", "accesso con carta rifiutato", "", *motivo}, context.now());
    transaction.commit();
}

std::optional<EntratoConCarta> loginCarta(Context& context, const std::string& gettone, const std::string& browser,
                                          const std::string& dispositivo)
{
    std::optional<store::AccessoCarta> taken;
    {
        store::Transaction transaction(context.database());
        taken = store::takeAccessoCarta(transaction, secrets::hashOf(gettone), context.now());
        // In the wrong browser, too, it is used up.
        transaction.commit();
    }
    if (!taken || !secrets::sameSecret(taken->browser, secrets::hashOf(browser)))
        return std::nullopt;
    const Identita identita =
        identitaFrom(context.rooms.cassaforte().unseal(taken->identita, placeOf(context, taken->richiesta)));
    const std::string precedente = context.accesso ? context.accesso->hash : "";
    return EntratoConCarta{login(context, identita, {dispositivo, std::nullopt, precedente}), taken->ritorno};
}

}
