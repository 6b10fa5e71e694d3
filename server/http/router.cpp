#include "server/http/router.h"

#include "core/base/error.h"
#include "server/http/kept_pages.h"
#include "server/http/stored_file.h"
#include "server/log.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/turn.h"
#include "server/unavailable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace sdc::http {
namespace {

constexpr std::int64_t kForm = 1024 * 1024;
constexpr std::int64_t kFiles = 60LL * 1024 * 1024;

/// A fault that HTTP itself has a number for.
class HttpFault : public Refusal
{
public:
    HttpFault(int status, const std::string& message, std::string allow = {})
        : Refusal(message),
          status_(status),
          allow_(std::move(allow))
    {
    }

    int status() const { return status_; }
    const std::string& allow() const { return allow_; }

private:
    int status_;
    std::string allow_;
};

using Params = std::map<std::string, std::string, std::less<>>;

std::string_view nextSegment(std::string_view& path)
{
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

/// The values of the pattern's names, where the path fits it.
std::optional<Params> match(std::string_view pattern, std::string_view path)
{
    Params params;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view rest = path.substr(1);
        const auto wanted = nextSegment(pattern);
        if (wanted.ends_with("*}")) {
            params.emplace(wanted.substr(1, wanted.size() - 3), rest);
            return params;
        }
        const auto segment = nextSegment(path);
        if (!wanted.starts_with('{') && wanted != segment)
            return std::nullopt;
        if (wanted.starts_with('{')) {
            if (segment.empty())
                return std::nullopt;
            params.emplace(wanted.substr(1, wanted.size() - 2), segment);
        }
    }
    return pattern.empty() && path.empty() ? std::optional{params} : std::nullopt;
}

struct Found
{
    const Route* route = nullptr;
    Params params;
    /// The methods that this path has, as the Allow header names them (RFC 9110, 15.5.6).
    std::string methods;
};

Found find(const Table& table, const std::string& method, const std::string& path)
{
    Found found;
    for (const Route& route : table.routes) {
        auto params = match(route.pattern, path);
        if (!params)
            continue;
        const bool same = method == route.method || (method == "HEAD" && std::string_view{route.method} == "GET");
        if (same)
            return {&route, std::move(*params), {}};
        found.methods += (found.methods.empty() ? "" : ", ") + std::string{route.method};
    }
    return found;
}

bool changes(const Request& request)
{
    return request.method != "GET" && request.method != "HEAD";
}

/// A browser says where a form was; another site's form is none of ours.
void checkOrigin(const Request& request)
{
    const std::string origin = request.header("origin");
    if (origin.empty())
        return;
    const auto scheme = origin.find("://");
    if (scheme == std::string::npos || origin.substr(scheme + 3) != request.header("host"))
        throw Forbidden("La richiesta proviene da un altro sito e non è stata eseguita.");
}

void checkLength(const Route& route, const Body& body)
{
    if (body.length() < 0)
        throw HttpFault(411, "La richiesta non dichiara la sua lunghezza.");
    if (body.length() > largest(route.carries))
        throw HttpFault(413, "Quello che hai inviato è troppo grande: al massimo " +
                                 std::to_string(largest(route.carries) / (1024 * 1024)) + " MB in tutto.");
}

bool isCareful(Carries carries)
{
    return carries == Carries::Passo || carries == Carries::Conferma;
}

void readBody(const Table& table, const Route& route, Request& request, Context& context, Body& body)
{
    if (route.carries == Carries::Messaggio) {
        checkLength(route, body);
        return body.read(request, Carries::Form, context, "");
    }
    checkOrigin(request);
    checkLength(route, body);
    const std::string csrf = context.accesso ? context.accesso->csrf : "";
    // A browser that names our own address has shown that the page is ours: an older one may bring files, too.
    const bool shown = isCareful(route.carries) && !request.header("origin").empty();
    body.read(request, route.carries, context, shown ? "" : csrf);
    const std::string word = request.formField("csrf");
    if (!csrf.empty() && word != csrf && !table.ownsWord(word, context))
        throw Forbidden("La pagina da cui hai inviato i dati era stata aperta con un'altra sessione.");
}

/// Whether the address is one of ours but for its last slash. Its ente must exist: "/\\evil" would lead a browser away.
bool missesSlash(const Table& table, const Request& request, const Context& context)
{
    if (request.path.ends_with('/'))
        return false;
    const Found slashed = find(table, request.method, request.path + "/");
    const auto ente = slashed.params.find("ente");
    return slashed.route != nullptr && ente != slashed.params.end() && context.rooms.find(ente->second) != nullptr;
}

void keep(const Table& table, Request& request, Context& context, Body& body, Response& response)
{
    checkOrigin(request);
    if (body.length() <= kForm || table.remembers(request, context))
        body.read(request, Carries::Form, context, "");
    table.park(request, context, response);
    request.uploads.clear();
}

Response run(const Table& table, Request& request, Context& context, Body& body)
{
    Found found = find(table, request.method, request.path);
    if (found.route == nullptr) {
        if (found.methods.empty() && missesSlash(table, request, context))
            return seeOther(request.path + "/" + (request.queryText.empty() ? "" : "?" + request.queryText));
        if (!found.methods.empty())
            throw HttpFault(405, "Questa pagina non si può usare così.", found.methods);
        throw NotFound("La pagina richiesta non esiste.");
    }
    request.params = std::move(found.params);
    if (const auto ente = request.params.find("ente"); ente != request.params.end()) {
        context.room = context.rooms.find(ente->second);
        if (context.room == nullptr)
            throw NotFound("L'ente richiesto non esiste.");
    }
    if (auto turnedAway = found.route->door(request, context)) {
        if (isCareful(found.route->carries) && changes(request) && body.length() > 0) {
            checkLength(*found.route, body);
            keep(table, request, context, body, *turnedAway);
        }
        return std::move(*turnedAway);
    }
    if (changes(request))
        readBody(table, *found.route, request, context, body);
    return found.route->kept ? keptOrMade(table, *found.route, request, context)
                             : found.route->handler(request, context);
}

bool isApi(const Request& request)
{
    return request.path.find("/api/") != std::string::npos;
}

Response invalid(const Table& table, const Request& request, Context& context, const Invalid& error)
{
    if (isApi(request))
        return problem(422, error.what(), error.fields());
    std::string message = error.what();
    for (const FieldError& field : error.fields())
        message += message == field.message ? "" : " " + field.message;
    return table.page(request, context, 422, message);
}

/// The fault's name in the log: reading may go well while nothing can be saved.
const std::string& guastoOf(const Request& request)
{
    static const std::string kLettura = "richieste di lettura non riuscite";
    static const std::string kSalvataggio = "salvataggi non riusciti";
    return changes(request) ? kSalvataggio : kLettura;
}

std::string enteOf(const Context& context)
{
    return context.room == nullptr ? "" : context.ente().slug;
}

Response unavailable(Fault fault, const Request& request, Context& context, const std::string& causa)
{
    context.rooms.misure().guasti.met(guastoOf(request), enteOf(context), causa);
    const char* sentence = changes(request)
                               ? "Il servizio non può salvare in questo momento: riprova tra qualche minuto."
                               : "Il servizio non è disponibile in questo momento: riprova tra qualche minuto.";
    Response response = fault(request, context, 503, sentence);
    return std::move(response.header("Retry-After", "60"));
}

Response unforeseen(Fault fault, const Request& request, Context& context, const std::exception& error)
{
    // What JSON's own errors repeat may be anybody's answers.
    const auto* json = dynamic_cast<const nlohmann::json::exception*>(&error);
    const std::string causa = json == nullptr ? error.what() : "JSON, errore " + std::to_string(json->id);
    log::error("richiesta non riuscita", {{"metodo", request.method}, {"percorso", request.path}, {"causa", causa}});
    return fault(request, context, 500, kImprevisto);
}

/// What is nobody's fault who asked.
Response broken(Fault fault, const Request& request, Context& context, const std::exception& error)
{
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    const bool passes = system != nullptr && isUnavailable(*system);
    if (passes || dynamic_cast<const Unavailable*>(&error) != nullptr)
        return unavailable(fault, request, context, error.what());
    return unforeseen(fault, request, context, error);
}

/// Whether who asks has asked too often: pages are counted by address, and the calls of programs by their session, too,
/// since many of them may stand behind one address. This machine itself is not counted: where the proxy is not named in
/// the configuration, all would be one.
bool isTooOften(const Request& request, Context& context)
{
    constexpr int kSessionsPerAddress = 25;
    const Config& config = context.config;
    Frequenze& frequenze = context.rooms.frequenze();
    const std::string authorization = request.header("authorization");
    const bool api = isApi(request);
    const bool here = request.address.starts_with("127.") || request.address == "::1";
    const int limit = api ? kSessionsPerAddress * config.richiestePerMinuto : config.paginePerMinuto;
    // First of all the address: who is over its limit must not fill the table with sessions of their invention.
    if (!here && !frequenze.allows((api ? "api:" : "pagine:") + networkOf(request.address), limit))
        return true;
    return api && !authorization.empty() &&
           !frequenze.allows("sessione:" + secrets::hashOf(authorization), config.richiestePerMinuto);
}

Response attempt(const Table& table, Request& request, Context& context, Body& body)
{
    const Fault fault = isApi(request) ? asProblem : table.page;
    try {
        if (isTooOften(request, context))
            return later(fault(request, context, 429, "Troppe richieste in poco tempo: riprova tra un minuto."), 60);
        return run(table, request, context, body);
    } catch (const HttpFault& error) {
        Response response = fault(request, context, error.status(), error.what());
        return error.allow().empty() ? std::move(response) : std::move(response.header("Allow", error.allow()));
    } catch (const NotFound& error) {
        return fault(request, context, 404, error.what());
    } catch (const Forbidden& error) {
        return fault(request, context, 403, error.what());
    } catch (const Conflict& error) {
        return fault(request, context, 409, error.what());
    } catch (const Invalid& error) {
        return invalid(table, request, context, error);
    } catch (const Busy& error) {
        Response response = fault(request, context, 503, error.what());
        return std::move(response.header("Retry-After", "5"));
    } catch (const FileMancante& error) {
        return fault(request, context, 500, error.what());
    } catch (const Refusal& error) {
        return fault(request, context, 400, error.what());
    } catch (const std::exception& error) {
        return broken(fault, request, context, error);
    }
}

}

Response asProblem(const Request&, Context&, int status, const std::string& message)
{
    return problem(status, message);
}

std::int64_t largest(Carries carries)
{
    switch (carries) {
    case Carries::Nothing:
        return 0;
    case Carries::Form:
    case Carries::Conferma:
    case Carries::Json:
    case Carries::Messaggio:
        return kForm;
    case Carries::Files:
    case Carries::Passo:
        return kFiles;
    }
    return 0;
}

Response respond(const Table& table, Request& request, Context& context, Body& body)
{
    Response response;
    try {
        response = attempt(table, request, context, body);
    } catch (const std::exception& error) {
        // The page of a fault asks the database, too.
        response = broken(asProblem, request, context, error);
    }
    Misure& misure = context.rooms.misure();
    misure.answered(response.status);
    // What is not about an ente may have asked no database at all; the list of enti did.
    if (response.status < 400 && (context.room != nullptr || request.path == "/"))
        misure.guasti.over(guastoOf(request), enteOf(context));
    return response;
}

}
