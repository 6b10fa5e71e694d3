#include "core/api/accesso_json.h"
#include "core/base/error.h"
#include "server/actions/accesso_operatore.h"
#include "server/doors/doors.h"
#include "server/operatori/credenziali.h"
#include "server/operatori/handlers.h"
#include "server/store/sessions.h"

#include <nlohmann/json.hpp>

namespace sdc::operatori {
namespace {

api::Accesso describe(const Context& context, const Operatore& operatore, Instant scade)
{
    api::Accesso accesso;
    accesso.scade = scade;
    accesso.operatore = {operatore.id, operatore.username, operatore.nome, operatore.cognome,
                         operatore.ruolo == Ruolo::Amministratore};
    accesso.ente = {context.ente().slug, context.ente().nome};
    return accesso;
}

api::Credenziali readCredenziali(const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("username") || !json.contains("password") ||
        !json["username"].is_string() || !json["password"].is_string() ||
        (json.contains("codice") && !json["codice"].is_string()))
        throw Invalid("Servono username e password.");
    return json.get<api::Credenziali>();
}

}

http::Response login(const http::Request& request, Context& context)
{
    if (!doors::mayTry(request, context))
        return http::later(http::problem(429, "Troppi tentativi di accesso: riprova tra un minuto."), 60);
    const api::Credenziali typed = readCredenziali(request.body);
    return answerOrRefuse(401, [&] {
        const auto opened = actions::loginOperatore(
            context, {typed.username, typed.password, typed.codice, http::networkOf(request.address)});
        api::Accesso accesso = describe(context, opened.operatore, opened.scade);
        accesso.token = opened.token;
        return http::json(nlohmann::json(accesso).dump(), 201);
    });
}

http::Response whoAmI(const http::Request&, Context& context)
{
    const auto session =
        store::findAnySessione(context.database(), context.sessioneOperatore, store::TipoSessione::Operatore);
    return http::json(nlohmann::json(describe(context, *context.operatore, session->scade)).dump());
}

http::Response logout(const http::Request&, Context& context)
{
    actions::logoutOperatore(context);
    return {204, {}, std::string{}};
}

}
