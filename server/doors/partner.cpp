#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/accesso_partner.h"
#include "server/doors/doors.h"
#include "server/log.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/unavailable.h"

#include <algorithm>

namespace sdc::doors {
namespace {

constexpr std::size_t kLongestHeader = 2000;
constexpr const char* kHttps = "Il nome utente e la password di un partner viaggiano solo su HTTPS.";
constexpr const char* kSbagliate = "Nome utente o password non corretti.";
constexpr const char* kIgnoto = "Il certificato non è registrato per nessun partner.";
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
    if (request.loopback && !passedOn)
        return true;
    // A proxy of ours, or of this machine; whoever else names one may be anybody.
    const bool proxied = request.perProxy || request.loopback;
    return request.cifrata || (proxied && context.config.baseUrl().starts_with("https://"));
}

/// Where the account is: in the ente that the address names, or in one of the others. Null where it is in none, or in
/// more than one and the address does not say which. Throws Unavailable where it may be in one that does not open.
template <class Has>
Room* whereIs(Context& context, const Has& has)
{
    if (context.room != nullptr && has(*context.room))
        return context.room;
    const std::vector<Room*> open = context.rooms.all();
    Room* found = nullptr;
    for (Room* room : open) {
        if (room == context.room || !has(*room))
            continue;
        if (found != nullptr)
            return nullptr;
        found = room;
    }
    if (found == nullptr && open.size() < context.rooms.slugs().size())
        throw Unavailable("la base dati di un ente non si apre, e il partner può essere suo");
    return found;
}

/// What is known for a while of a credential, used below this ente or none: nobody can tell it from this.
std::string nameOf(const Context& context, const std::string& credenziale)
{
    const std::string asked = context.room == nullptr ? "" : context.ente().slug;
    return secrets::hashOf(context.rooms.cassaforte().sign("partner:" + asked + ":" + credenziale));
}

/// The tries of programs that are not known yet; this many of one network in a minute. In memory: whose database would
/// count them is not known either.
bool mayLogIn(const http::Request& request, Context& context)
{
    return context.rooms.frequenze().allows("accessi dei partner:" + http::networkOf(request.address),
                                            context.config.accessiPerMinuto);
}

http::Response tooManyLogins()
{
    return http::later(http::problem(429, "Troppi tentativi di accesso: riprova tra un minuto."), 60);
}

/// Where the tries of a name are counted that is in no ente.
Room* anyRoom(Context& context)
{
    if (context.room != nullptr)
        return context.room;
    const std::vector<Room*> open = context.rooms.all();
    if (open.empty())
        throw NotFound();
    return open.front();
}

/// Throws Forbidden where they are not right.
Partner logIn(const http::Request& request, Context& context, const Basic& basic, const std::string& name)
{
    const auto has = [&](const Room& one) { return store::findPartner(*one.database, basic.username).has_value(); };
    Room* room = isSlug(basic.username) ? whereIs(context, has) : nullptr;
    // A name that is nobody's is refused, and slowed down, as one that is somebody's.
    context.room = room != nullptr ? room : anyRoom(context);
    const std::string username = room != nullptr ? basic.username : "?" + secrets::hashOf(basic.username);
    auto found = actions::loginPartner(context, {username, basic.password, http::networkOf(request.address)});
    context.rooms.conosciuti().remember(name, {context.ente().slug, found.password});
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
    if (!found || !found->partner.attivo || found->password.empty() || found->password != known->prova)
        return std::nullopt;
    context.room = room;
    // Who is at work goes on; the account itself is looked at each time.
    context.rooms.conosciuti().remember(name, *known);
    return std::move(found->partner);
}

std::optional<http::Response> byBasic(const http::Request& request, Context& context)
{
    const auto basic = basicOf(request);
    if (!basic)
        return unknown(kChiunque);
    if (!isPrivate(request, context))
        return http::problem(403, kHttps);
    const std::string name = nameOf(context, "basic:" + basic->username + ":" + basic->password);
    if ((context.partner = recall(context, *basic, name)))
        return std::nullopt;
    if (!mayLogIn(request, context))
        return tooManyLogins();
    // Of many requests that begin together one shows the password, and the others are known by it.
    Conosciuti::Fila fila(context.rooms.conosciuti(), name);
    if ((context.partner = recall(context, *basic, name)))
        return std::nullopt;
    if (fila.foundWrong())
        return unknown(kSbagliate);
    // The router would say 403 to both: a program must know whether to wait, or to bring other credentials.
    try {
        context.partner = logIn(request, context, *basic, name);
        return std::nullopt;
    } catch (const actions::TooManyTries& refusal) {
        return http::later(http::problem(429, refusal.what()), static_cast<int>(refusal.wait().count()));
    } catch (const Forbidden&) {
        fila.setWrong();
        return unknown(kSbagliate);
    }
}

/// Says something of a certificate in the log, where it has not been said since it was last at work, and remembers its
/// ente.
template <class Say>
void sayOnce(Context& context, const std::string& name, const std::string& what, const Say& say)
{
    const auto known = context.rooms.conosciuti().find(name);
    if (!known || known->prova != what)
        say();
    context.rooms.conosciuti().remember(name, {context.ente().slug, what});
}

/// Why a certificate is worth nothing: for the log, and for its program, which learns nothing of accounts.
struct Difetto
{
    const char* motivo;
    const char* sentence;
};

std::optional<Difetto> faultOf(const store::MostratoPartner& mostrato, Instant now)
{
    if (!mostrato.partner.attivo)
        return Difetto{"disabilitato", kIgnoto};
    if (now < mostrato.certificato.da)
        return Difetto{"non ancora valido", "Il certificato non è ancora valido."};
    if (now >= mostrato.certificato.scade)
        return Difetto{"scaduto", "Il certificato è scaduto."};
    return std::nullopt;
}

/// Whose it is; its ente is the context's then. First where it was found a while ago.
std::optional<store::MostratoPartner> findMostrato(Context& context, const std::string& impronta,
                                                   const std::optional<Conosciuti::Voce>& known)
{
    std::optional<store::MostratoPartner> mostrato;
    const auto has = [&](const Room& one) {
        auto found = store::findByCertificato(*one.database, impronta);
        const bool there = found.has_value();
        if (there)
            mostrato = std::move(found);
        return there;
    };
    Room* room = known ? context.rooms.known(known->ente) : nullptr;
    if (room == nullptr || !has(*room))
        room = whereIs(context, has);
    if (room == nullptr)
        return std::nullopt;
    context.room = room;
    return mostrato;
}

/// Nothing: it lets in; else why it does not.
std::optional<http::Response> byCertificato(const http::Request& request, Context& context)
{
    const std::string impronta = secrets::hashOf(request.certificato);
    const std::string name = "certificato:" + impronta;
    const auto known = context.rooms.conosciuti().find(name);
    if (!known && !mayLogIn(request, context))
        return tooManyLogins();
    auto mostrato = findMostrato(context, impronta, known);
    if (!mostrato) {
        log::info("certificato di un partner non registrato", {{"impronta", impronta}});
        return unknown(kIgnoto);
    }
    if (const auto fault = faultOf(*mostrato, context.now())) {
        sayOnce(context, name, fault->motivo, [&] { actions::refuseCertificato(context, *mostrato, fault->motivo); });
        return unknown(fault->sentence);
    }
    sayOnce(context, name, "", [&] { actions::loginConCertificato(context, *mostrato); });
    context.partner = std::move(mostrato->partner);
    return std::nullopt;
}

std::optional<http::Response> recognise(const http::Request& request, Context& context)
{
    if (request.certificato.empty())
        return byBasic(request, context);
    Room* const asked = context.room;
    auto refused = byCertificato(request, context);
    if (!refused || !request.headers.contains("authorization"))
        return refused;
    // A program may have shown a certificate that is meant for others.
    context.room = asked;
    return byBasic(request, context);
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
