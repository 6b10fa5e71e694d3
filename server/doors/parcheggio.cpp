#include "server/doors/doors.h"
#include "server/secrets/token.h"
#include "server/store/ids.h"
#include "server/store/sessions.h"

#include <nlohmann/json.hpp>

namespace sdc::doors {
namespace {

constexpr std::chrono::hours kKept{1};
constexpr std::size_t kIdLength = 36;

std::string parkCookie(const Context& context)
{
    return "__Host-ripresa-" + context.ente().slug;
}

std::string toText(const http::Request& request, const std::string& cittadino)
{
    return nlohmann::json{{"cittadino", cittadino},
                          {"path", request.path},
                          {"pratica", request.param("pratica")},
                          {"passo", request.param("passo")},
                          {"fields", request.form}}
        .dump();
}

Parcheggio fromText(const std::string& text)
{
    const auto json = nlohmann::json::parse(text);
    return {Id<Cittadino>{json.at("cittadino").get<std::string>()}, json.at("path"), json.at("pratica"),
            json.at("passo"), json.at("fields").get<http::Fields>()};
}

}

void park(const http::Request& request, Context& context, http::Response& response)
{
    const auto cookie = request.cookies.find(cookieName(context));
    if (cookie == request.cookies.end() || cookie->second.size() > 200 ||
        !secrets::sameSecret(request.formField("csrf"), secrets::csrfOf(cookie->second)))
        return;
    const auto ended =
        store::findAnySessione(context.database(), secrets::hashOf(cookie->second), store::TipoSessione::Cittadino);
    if (!ended)
        return;
    const std::string id = store::newId();
    const std::string key = secrets::newToken();
    store::Transaction transaction(context.database());
    store::park(transaction, id, secrets::seal(toText(request, ended->soggetto), key), context.now() + kKept);
    transaction.commit();
    response.cookie(parkCookie(context), id + key, std::chrono::duration_cast<std::chrono::seconds>(kKept).count());
}

std::optional<Parcheggio> unpark(const http::Request& request, Context& context, const Id<Cittadino>& cittadino,
                                 http::Response& response)
{
    const auto cookie = request.cookies.find(parkCookie(context));
    if (cookie == request.cookies.end() || cookie->second.size() <= kIdLength)
        return std::nullopt;
    response.cookie(parkCookie(context), "", -1);
    const std::string id = cookie->second.substr(0, kIdLength);
    const auto sealed = store::findParked(context.database(), id, context.now());
    const auto text = sealed ? secrets::unseal(*sealed, cookie->second.substr(kIdLength)) : std::nullopt;
    if (!text)
        return std::nullopt;
    store::Transaction transaction(context.database());
    store::removeParked(transaction, id);
    transaction.commit();
    Parcheggio parked = fromText(*text);
    return parked.cittadino == cittadino ? std::optional{std::move(parked)} : std::nullopt;
}

}
