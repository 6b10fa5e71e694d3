#include "core/base/error.h"
#include "core/base/text.h"
#include "core/cittadino/profilo.h"
#include "core/servizio/ammissione.h"
#include "server/doors/doors.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/store/cittadini.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"
#include "server/store/sessions.h"
#include "server/store/termini.h"
#include "server/unavailable.h"

#include <algorithm>
#include <utility>

namespace sdc::doors {
namespace {

constexpr std::chrono::seconds kExtendAfter{60};
constexpr std::size_t kLongestReturn = 2000;

std::string base(const Context& context)
{
    return "/" + context.ente().slug;
}

http::Response leadTo(const std::string& page, const http::Request& request, const Context& context)
{
    // What was posted cannot be posted again by a link: come back to the page before it.
    const bool reads = request.method == "GET" || request.method == "HEAD";
    const std::string target = reads ? request.target() : request.path;
    const char* joint = page.find('?') == std::string::npos ? "?" : "&";
    return http::seeOther(base(context) + page + joint + "ritorno=" + http::encodeUrl(target));
}

/// To what is missing before any service can be used: terms and profile (L2, L3).
/// The page of what the citizen has to do first; null: nothing.
const char* missing(Context& context)
{
    if (!store::termineDaAccettare(context.database(), context.cittadino().id).empty())
        return "/termini";
    return isComplete(context.cittadino()) ? nullptr : "/profilo";
}

std::optional<http::Response> leadToMissing(const http::Request& request, Context& context)
{
    const char* page = missing(context);
    return page != nullptr ? std::optional{leadTo(page, request, context)} : std::nullopt;
}

std::shared_ptr<const Definizione> definizioneOf(Context& context, const Id<Pratica>& id, const std::string& cittadino)
{
    const auto pratica = store::findPratica(context.database(), id);
    // What was sent is read, not filled in; and somebody else's does not exist.
    const bool draft = pratica && !pratica->fields().inviata && pratica->fields().cittadino.text() == cittadino;
    return draft ? store::newestDefinizione(context.database(), *pratica) : nullptr;
}

/// Of the service that the address is about, by its name or by a draft of it; null where it is about none.
std::shared_ptr<const Definizione> definizioneOf(const http::Request& request, Context& context)
{
    if (const std::string& pratica = request.param("pratica"); !pratica.empty())
        return definizioneOf(context, Id<Pratica>{pratica}, rememberedCittadino(request, context));
    const auto attuale = store::findServizio(context.database(), request.param("servizio"));
    return attuale ? attuale->definizione : nullptr;
}

Ammissione admitTo(const Servizio& servizio, const Context& context)
{
    const Date today = romeDate(context.now());
    return admit(servizio, context.accesso->livello, latestBirth(context.cittadino(), today), today);
}

/// To a login that is strong enough. Who is out anyway, and asks for the usual one, needs no more to be told.
http::Response leadToLogin(const http::Request& request, const Context& context, int livello)
{
    const bool usual = !context.accesso && livello <= Servizio{}.livelloAccesso;
    return leadTo(usual ? "/accesso" : "/accesso?livello=" + std::to_string(livello), request, context);
}

/// Moves the end of a session that is in use, as far as its longest life lets it; not at every request, for each is a
/// write.
void extend(const store::Sessione& session, Context& context)
{
    const Instant now = context.now();
    const std::chrono::seconds idle{context.config.durataSessione};
    if (now - session.vista < std::min(kExtendAfter, idle / 4))
        return;
    try {
        const Instant ends = std::min(now + idle, context.accesso->scadeComunque);
        store::Transaction transaction(context.database());
        store::extend(transaction, session, now, ends);
        transaction.commit();
        context.accesso->scade = ends;
        context.rooms.misure().guasti.over("sessioni non prolungate", context.ente().slug);
    } catch (const Unavailable& error) {
        // Who only reads goes on reading where nothing can be saved; what is to be saved says so by itself.
        context.rooms.misure().guasti.met("sessioni non prolungate", context.ente().slug, error.what());
    }
}

/// A notice tells of what has just happened: whoever comes back later must not read it again.
std::string withoutNotice(const std::string& target)
{
    const auto question = std::min(target.find('?'), target.size());
    std::string kept = target.substr(0, question);
    char joint = '?';
    for (auto at = question; at < target.size();) {
        const auto end = std::min(target.find('&', at + 1), target.size());
        const std::string field = target.substr(at + 1, end - at - 1);
        if (!field.empty() && !field.starts_with("avviso="))
            kept += std::exchange(joint, '&') + field;
        at = end;
    }
    return kept;
}

}

std::string cookieName(const Context& context)
{
    return "__Host-stanza-" + context.ente().slug;
}

std::string safeReturn(const Context& context, const std::string& wished)
{
    const std::string own = base(context) + "/";
    const std::string wish = withoutNotice(wished);
    const bool clean = wish.size() <= kLongestReturn && std::all_of(wish.begin(), wish.end(), [](char c) {
                           return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '\\';
                       });
    const std::string path = asciiUpper(wish.substr(0, wish.find_first_of("?#")));
    // A browser reads %2E as a dot, too. What stands in the query leads nowhere else.
    const bool stays = path.find("//") == std::string::npos && path.find("..") == std::string::npos &&
                       path.find("%2E") == std::string::npos;
    return clean && stays && wish.starts_with(own) ? wish : own + "stanza";
}

std::optional<http::Response> chiunque(const http::Request&, Context&)
{
    return std::nullopt;
}

std::optional<http::Response> pubblico(const http::Request& request, Context& context)
{
    if (context.room == nullptr)
        return std::nullopt;
    const auto cookie = request.cookies.find(cookieName(context));
    if (cookie == request.cookies.end() || cookie->second.size() > 200)
        return std::nullopt;
    const std::string hash = secrets::hashOf(cookie->second);
    const auto session = store::findSessione(context.database(), hash, store::TipoSessione::Cittadino, context.now());
    const std::chrono::seconds longest{context.config.durataMassimaSessione};
    if (!session || session->creata + longest <= context.now())
        return std::nullopt;
    auto cittadino = store::findCittadino(context.database(), Id<Cittadino>{session->soggetto});
    if (!cittadino)
        return std::nullopt;
    context.accesso = AccessoCittadino{
        std::move(*cittadino),     secrets::csrfOf(hash), hash, std::min(session->scade, session->creata + longest),
        session->creata + longest, session->livello};
    extend(*session, context);
    return std::nullopt;
}

std::optional<http::Response> sessione(const http::Request& request, Context& context)
{
    pubblico(request, context);
    return context.accesso ? std::nullopt : std::optional{leadTo("/accesso", request, context)};
}

std::optional<http::Response> cittadino(const http::Request& request, Context& context)
{
    if (auto turnedAway = sessione(request, context))
        return turnedAway;
    return leadToMissing(request, context);
}

std::optional<http::Response> servizio(const http::Request& request, Context& context)
{
    pubblico(request, context);
    const auto definizione = definizioneOf(request, context);
    const Servizio any;
    const Servizio& servizio = definizione ? definizione->servizio : any;
    // Terms and profile come after a login that is strong enough.
    if (!context.accesso || context.accesso->livello < servizio.livelloAccesso)
        return leadToLogin(request, context, servizio.livelloAccesso);
    if (auto turnedAway = leadToMissing(request, context))
        return turnedAway;
    switch (admitTo(servizio, context)) {
    case Ammissione::TroppoGiovane:
        throw Conflict(
            "Questo servizio è riservato a chi ha compiuto " + std::to_string(servizio.etaMinima) + " anni." +
            (!mayDeclareBirth(context.cittadino()) ? ""
                                                   : " Se li hai compiuti, accedi con SPID o CIE, che dicono la "
                                                     "tua data di nascita: la carta non la dice."));
    case Ammissione::LivelloBasso:
        return leadToLogin(request, context, servizio.livelloAccesso);
    case Ammissione::Ammesso:
        break;
    }
    return std::nullopt;
}

bool mayFill(Context& context, const Id<Pratica>& id)
{
    // As it is now: the profile may have been completed by this very request.
    if (auto now = store::findCittadino(context.database(), context.cittadino().id))
        context.accesso->cittadino = std::move(*now);
    const auto definizione = definizioneOf(context, id, context.cittadino().id.text());
    return missing(context) == nullptr &&
           (!definizione || admitTo(definizione->servizio, context) == Ammissione::Ammesso);
}

bool mayTry(const http::Request& request, Context& context)
{
    const Instant now = context.now();
    const Instant since = now - std::chrono::minutes{1};
    const std::string key = "indirizzo:" + http::networkOf(request.address);
    // Whoever is over the limit costs a look, not a write.
    if (store::attempts(context.database(), key, since) >= context.config.accessiPerMinuto)
        return false;
    store::Transaction transaction(context.database());
    const auto tries = store::countAttempt(transaction, key, now, since);
    transaction.commit();
    return tries <= context.config.accessiPerMinuto;
}

bool mayDo(Context& context, const char* what, std::size_t times, int limit)
{
    const Instant now = context.now();
    const Instant since = now - std::chrono::hours{1};
    const std::string key = std::string{what} + ":" + context.cittadino().id.text();
    if (times == 0)
        return true;
    const auto done = static_cast<std::size_t>(store::attempts(context.database(), key, since));
    if (done + times > static_cast<std::size_t>(limit))
        return false;
    store::Transaction transaction(context.database());
    for (std::size_t i = 0; i < times; ++i)
        store::countAttempt(transaction, key, now, since);
    transaction.commit();
    return true;
}

}
