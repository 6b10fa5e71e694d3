#include "server/doors/doors.h"
#include "server/secrets/token.h"
#include "server/store/ids.h"
#include "server/store/sessions.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sdc::doors {
namespace {

constexpr long long kMostParked = 60;
constexpr std::chrono::hours kParkedIn{1};
constexpr std::chrono::hours kKept{24};
constexpr std::size_t kIdLength = 36;

std::string parkCookie(const Context& context)
{
    return "__Host-ripresa-" + context.ente().slug;
}

/// The session of the browser's cookie, whether it has ended or not.
std::optional<store::Sessione> sessionOf(const http::Request& request, const Context& context)
{
    const auto cookie = request.cookies.find(cookieName(context));
    if (cookie == request.cookies.end() || cookie->second.size() > 200)
        return std::nullopt;
    return store::findAnySessione(context.database(), secrets::hashOf(cookie->second), store::TipoSessione::Cittadino);
}

bool isWordOf(const std::string& soggetto, const std::string& word, const Context& context)
{
    const auto hashes = store::sessioniOf(context.database(), soggetto, store::TipoSessione::Cittadino);
    return std::any_of(hashes.begin(), hashes.end(),
                       [&](const std::string& hash) { return secrets::sameSecret(word, secrets::csrfOf(hash)); });
}

std::string toText(const http::Request& request, const Context& context, const std::string& cittadino)
{
    return nlohmann::json{
        {"cittadino", cittadino}, {"pratica", request.param("pratica")},  {"passo", request.param("passo")},
        {"fields", request.form}, {"con_file", !request.uploads.empty()}, {"scaduta", !context.accesso.has_value()}}
        .dump();
}

Parcheggio fromText(const std::string& text)
{
    const auto json = nlohmann::json::parse(text);
    return {Id<Cittadino>{json.at("cittadino").get<std::string>()},
            json.at("pratica"),
            json.at("passo"),
            json.at("fields").get<http::Fields>(),
            json.value("con_file", false),
            json.value("scaduta", true)};
}

}

bool remembers(const http::Request& request, Context& context)
{
    return !rememberedCittadino(request, context).empty();
}

std::string rememberedCittadino(const http::Request& request, Context& context)
{
    if (context.accesso)
        return context.cittadino().id.text();
    const auto session = sessionOf(request, context);
    return session ? session->soggetto : "";
}

bool isOwnWord(const std::string& word, Context& context)
{
    return context.accesso && isWordOf(context.cittadino().id.text(), word, context);
}

bool park(const http::Request& request, Context& context, http::Response& response)
{
    const auto session = sessionOf(request, context);
    if (!session || !isWordOf(session->soggetto, request.formField("csrf"), context))
        return false;
    const std::string id = store::newId();
    const std::string key = secrets::newToken();
    store::Transaction transaction(context.database());
    const Instant now = context.now();
    // One form at a time waits for a browser, and a person types only so many.
    if (store::countAttempt(transaction, "parcheggio:" + session->soggetto, now, now - kParkedIn) > kMostParked)
        return false;
    if (const auto cookie = request.cookies.find(parkCookie(context)); cookie != request.cookies.end())
        store::removeParked(transaction, cookie->second.substr(0, kIdLength));
    store::park(transaction, id, secrets::seal(toText(request, context, session->soggetto), key),
                context.now() + kKept);
    transaction.commit();
    response.cookie(parkCookie(context), id + key, std::chrono::duration_cast<std::chrono::seconds>(kKept).count());
    return true;
}

std::optional<Parcheggio> findParked(const http::Request& request, Context& context, const Id<Cittadino>& cittadino)
{
    const auto cookie = request.cookies.find(parkCookie(context));
    if (cookie == request.cookies.end() || cookie->second.size() <= kIdLength || cookie->second.size() > 200)
        return std::nullopt;
    const auto sealed = store::findParked(context.database(), cookie->second.substr(0, kIdLength), context.now());
    const auto text = sealed ? secrets::unseal(*sealed, cookie->second.substr(kIdLength)) : std::nullopt;
    if (!text)
        return std::nullopt;
    Parcheggio parked = fromText(*text);
    return parked.cittadino == cittadino ? std::optional{std::move(parked)} : std::nullopt;
}

std::optional<Parcheggio> unpark(const http::Request& request, Context& context, const Id<Cittadino>& cittadino,
                                 http::Response& response)
{
    const auto cookie = request.cookies.find(parkCookie(context));
    if (cookie == request.cookies.end())
        return std::nullopt;
    auto parked = findParked(request, context, cittadino);
    store::Transaction transaction(context.database());
    store::removeParked(transaction, cookie->second.substr(0, kIdLength));
    transaction.commit();
    response.cookie(parkCookie(context), "", -1);
    return parked;
}

}
