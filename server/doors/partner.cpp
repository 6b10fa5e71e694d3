#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/accesso_partner.h"
#include "server/doors/doors.h"
#include "server/rooms.h"
#include "server/secrets/password.h"
#include "server/secrets/token.h"

#include <algorithm>

namespace sdc::doors {
namespace {

constexpr std::size_t kLongestHeader = 2000;
constexpr const char* kHttps = "Il nome utente e la password di un partner viaggiano solo su HTTPS.";
constexpr const char* kChiunque = "Servono le credenziali di un partner: un certificato registrato, o HTTP Basic.";

http::Response unknown(const std::string& why)
{
    http::Response refused = http::problem(401, why);
    refused.header("WWW-Authenticate", R"(Basic realm="API dei partner", charset="UTF-8")");
    return refused;
}

struct Basic
{
    std::string username;
    std::string password;
};

/// RFC 7617; nothing where the header is none.
std::optional<Basic> basicOf(const http::Request& request)
{
    const std::string header = request.header("authorization");
    const std::string scheme = "BASIC ";
    if (header.size() > kLongestHeader || asciiUpper(header.substr(0, scheme.size())) != scheme)
        return std::nullopt;
    std::string text = header.substr(scheme.size());
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    const auto bytes = secrets::fromBase64(text);
    if (!bytes)
        return std::nullopt;
    const std::string pair(bytes->begin(), bytes->end());
    const auto colon = pair.find(':');
    if (colon == std::string::npos)
        return std::nullopt;
    return Basic{pair.substr(0, colon), pair.substr(colon + 1)};
}

/// Whether nobody on the way can read it: TLS to this server, or to the proxy before it, or no way at all.
bool isPrivate(const http::Request& request, const Context& context)
{
    const bool passedOn = request.headers.contains("forwarded") || request.headers.contains("x-forwarded-for");
    return request.cifrata || (passedOn ? context.config.baseUrl().starts_with("https://") : request.loopback);
}

/// Where the account is: in the ente that the address names, or in one of the others. Null where it is in none, or in
/// more than one and the address does not say which.
template <class Has>
Room* whereIs(Context& context, const Has& has)
{
    if (context.room != nullptr && has(*context.room))
        return context.room;
    Room* found = nullptr;
    for (Room* room : context.rooms.all()) {
        if (room == context.room || !has(*room))
            continue;
        if (found != nullptr)
            return nullptr;
        found = room;
    }
    return found;
}

/// What is known for a while of a credential, used below this ente or none: nobody can tell it from this.
std::string nameOf(const Context& context, const std::string& credenziale)
{
    const std::string asked = context.room == nullptr ? "" : context.ente().slug;
    return secrets::hashOf(context.rooms.cassaforte().sign("partner:" + asked + ":" + credenziale));
}

/// The tries of programs that are not known yet; this many of one network in a minute.
bool mayLogIn(const http::Request& request, Context& context)
{
    return context.rooms.frequenze().allows("partner:" + http::networkOf(request.address),
                                            context.config.accessiPerMinuto);
}

/// Throws Forbidden where they are not right.
Partner logIn(const http::Request& request, Context& context, const Basic& basic, const std::string& name)
{
    const auto has = [&](const Room& one) { return store::findPartner(*one.database, basic.username).has_value(); };
    Room* room = isSlug(basic.username) ? whereIs(context, has) : nullptr;
    if (room == nullptr) {
        // As long as for a name that there is.
        secrets::verifyPassword("", basic.password);
        throw Forbidden("Nome utente o password non corretti.");
    }
    context.room = room;
    auto found = actions::loginPartner(context, {basic.username, basic.password, http::networkOf(request.address)});
    context.rooms.conosciuti().remember(name, {room->ente.slug, found.password});
    return std::move(found.partner);
}

/// The partner that these opened a while ago, if nothing has changed since; its ente is the context's then.
std::optional<Partner> recall(Context& context, const Basic& basic, const std::string& name)
{
    const auto known = context.rooms.conosciuti().find(name);
    Room* room = known ? context.rooms.known(known->ente) : nullptr;
    if (room == nullptr)
        return std::nullopt;
    auto found = store::findPartner(*room->database, basic.username);
    if (!found || !found->partner.attivo || found->password != known->prova)
        return std::nullopt;
    context.room = room;
    return std::move(found->partner);
}

std::optional<http::Response> byBasic(const http::Request& request, Context& context)
{
    const auto basic = basicOf(request);
    if (!basic)
        return unknown(kChiunque);
    if (!isPrivate(request, context))
        return http::problem(403, kHttps);
    const std::string name = nameOf(context, basic->username + ":" + basic->password);
    if ((context.partner = recall(context, *basic, name)))
        return std::nullopt;
    if (!mayLogIn(request, context))
        return http::later(http::problem(429, "Troppi tentativi di accesso: riprova tra un minuto."), 60);
    try {
        context.partner = logIn(request, context, *basic, name);
        return std::nullopt;
    } catch (const actions::TooManyTries& refusal) {
        return http::later(http::problem(429, refusal.what()), static_cast<int>(refusal.wait().count()));
    } catch (const Forbidden& refusal) {
        return unknown(refusal.what());
    }
}

/// Says so in the log, where it has not for a while.
void rememberCertificato(Context& context, const store::MostratoPartner& mostrato)
{
    const std::string name = nameOf(context, "certificato:" + mostrato.certificato.impronta);
    if (context.rooms.conosciuti().find(name))
        return;
    actions::loginConCertificato(context, mostrato);
    context.rooms.conosciuti().remember(name, {context.ente().slug, {}});
}

/// Nothing: it lets in; else why it does not.
std::optional<std::string> byCertificato(const http::Request& request, Context& context)
{
    const std::string impronta = secrets::hashOf(request.certificato);
    std::optional<store::MostratoPartner> mostrato;
    Room* room = whereIs(context, [&](const Room& one) {
        auto found = store::findByCertificato(*one.database, impronta);
        if (found)
            mostrato = std::move(found);
        return found.has_value();
    });
    if (room == nullptr || !mostrato->partner.attivo)
        return "Il certificato non è registrato per nessun partner.";
    if (context.now() < mostrato->certificato.da)
        return "Il certificato non è ancora valido.";
    if (context.now() >= mostrato->certificato.scade)
        return "Il certificato è scaduto.";
    context.room = room;
    rememberCertificato(context, *mostrato);
    context.partner = std::move(mostrato->partner);
    return std::nullopt;
}

std::optional<http::Response> recognise(const http::Request& request, Context& context)
{
    if (request.certificato.empty())
        return byBasic(request, context);
    const auto why = byCertificato(request, context);
    if (!why)
        return std::nullopt;
    // A program may have shown a certificate that is meant for others.
    return request.headers.contains("authorization") ? byBasic(request, context) : unknown(*why);
}

}

std::optional<http::Response> partner(const http::Request& request, Context& context)
{
    const Room* asked = context.room;
    if (auto turnedAway = recognise(request, context))
        return turnedAway;
    if (asked != nullptr && asked != context.room) {
        context.partner.reset();
        return http::problem(403, "Il partner non è di questo ente.");
    }
    if (!context.rooms.frequenze().allows("partner:" + context.partner->id.text(), context.config.richiestePerMinuto))
        return http::later(http::problem(429, "Troppe richieste in poco tempo: riprova tra un minuto."), 60);
    return std::nullopt;
}

}
