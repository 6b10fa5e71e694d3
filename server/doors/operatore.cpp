#include "server/doors/doors.h"
#include "server/secrets/token.h"
#include "server/store/operatori.h"
#include "server/store/sessions.h"

namespace sdc::doors {

std::optional<Operatore> operatoreOf(const Context& context, const std::string& sessione)
{
    const auto session =
        store::findSessione(context.database(), sessione, store::TipoSessione::Operatore, context.now());
    if (!session)
        return std::nullopt;
    auto operatore = store::findOperatore(context.database(), Id<Operatore>{session->soggetto});
    return operatore && operatore->attivo ? std::move(operatore) : std::nullopt;
}

std::optional<http::Response> operatore(const http::Request& request, Context& context)
{
    http::Response refused = http::problem(401, "La sessione non è valida o è scaduta: accedi di nuovo.");
    refused.header("WWW-Authenticate", "Bearer");
    const std::string authorization = request.header("authorization");
    const std::string scheme = "Bearer ";
    if (!authorization.starts_with(scheme) || authorization.size() > 200)
        return refused;
    const std::string hash = secrets::hashOf(authorization.substr(scheme.size()));
    context.operatore = operatoreOf(context, hash);
    if (!context.operatore)
        return refused;
    context.sessioneOperatore = hash;
    return std::nullopt;
}

std::optional<http::Response> amministratore(const http::Request& request, Context& context)
{
    if (auto turnedAway = operatore(request, context))
        return turnedAway;
    if (context.operatore->ruolo == Ruolo::Amministratore)
        return std::nullopt;
    return http::problem(403, "Questa parte è riservata agli amministratori dell'ente.");
}

std::optional<http::Response> interno(const http::Request& request, Context&)
{
    const bool passedOn = request.headers.contains("forwarded") || request.headers.contains("x-forwarded-for");
    if (request.loopback && !passedOn)
        return std::nullopt;
    return http::problem(403, "Questa pagina è riservata ai programmi di questa macchina.");
}

}
