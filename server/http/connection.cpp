#include "server/http/connection.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/http/form.h"
#include "server/log.h"

#include <Poco/FileStream.h>
#include <Poco/Net/HTTPStream.h>
#include <Poco/Net/NetException.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>

namespace sdc::http {
namespace {

constexpr std::size_t kLongestTarget = 4096;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// The client's address: the peer's, or the one that a trusted proxy added last.
std::string addressOf(const Poco::Net::HTTPServerRequest& request, const Config& config)
{
    std::string peer = request.clientAddress().host().toString();
    const auto& trusted = config.proxyFidati;
    if (std::find(trusted.begin(), trusted.end(), peer) == trusted.end())
        return peer;
    // A proxy may add a line of its own instead of lengthening the client's: the last word of the last line is its.
    std::string forwarded = peer;
    for (const auto& [name, value] : request) {
        if (lower(name) == "x-forwarded-for")
            forwarded = value;
    }
    const auto comma = forwarded.rfind(',');
    return trim(comma == std::string::npos ? forwarded : forwarded.substr(comma + 1));
}

void takeCookies(const Poco::Net::HTTPServerRequest& source, Request& request)
{
    Poco::Net::NameValueCollection cookies;
    source.getCookies(cookies);
    for (const auto& [name, value] : cookies)
        request.cookies.emplace(name, value);
}

/// Takes over what Poco read. Throws Invalid for a target that no address of ours has, with the path only where it is
/// readable.
void takeOver(const Poco::Net::HTTPServerRequest& source, const Config& config, Request& request)
{
    request.method = source.getMethod();
    request.address = addressOf(source, config);
    request.loopback = source.clientAddress().host().isLoopback();
    for (const auto& [name, value] : source)
        request.headers.emplace(lower(name), value);
    takeCookies(source, request);
    const std::string& target = source.getURI();
    if (target.size() > kLongestTarget || target.empty() || target[0] != '/')
        throw Invalid("L'indirizzo della richiesta non è valido.");
    const auto question = target.find('?');
    std::string path;
    Poco::URI::decode(target.substr(0, question), path);
    if (!isCleanUtf8(path))
        throw Invalid("L'indirizzo della richiesta non è valido.");
    request.path = path;
    request.queryText = question == std::string::npos ? "" : target.substr(question + 1);
    request.query = parseQuery(request.queryText);
}

/// A person reads a page, a program problem+json.
Response badRequest(const Shop& shop, const Request& request, Context& context, const std::string& message)
{
    if (request.path.find("/api/") != std::string::npos || request.path.starts_with("/static/"))
        return problem(400, message);
    try {
        return shop.table.page(request, context, 400, message);
    } catch (const std::exception& error) {
        log::error("pagina di errore non riuscita", {{"causa", error.what()}});
        return problem(400, message);
    }
}

/// Poco would read "1,0" as ten.
bool isLength(const std::string& text)
{
    return !text.empty() && text.size() <= 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What a proxy and we could read differently (RFC 9112, 6.1): both lengths at once, a coding other than chunked, a
/// length that is no number. A request names its host once.
bool isAmbiguous(const Poco::Net::HTTPServerRequest& request)
{
    const auto times = [&](const std::string& name) {
        return std::count_if(request.begin(), request.end(), [&](const auto& h) { return lower(h.first) == name; });
    };
    const auto codings = times("transfer-encoding");
    const auto lengths = times("content-length");
    if (codings > 1 || lengths > 1 || codings + lengths > 1 || times("host") != 1 || request.get("Host").empty())
        return true;
    return (codings == 1 && lower(request.get("Transfer-Encoding")) != "chunked") ||
           (lengths == 1 && !isLength(request.get("Content-Length")));
}

void addSecurityHeaders(Response& answer, bool https)
{
    answer.header("X-Content-Type-Options", "nosniff");
    answer.header("X-Frame-Options", "DENY");
    answer.header("Referrer-Policy", "same-origin");
    answer.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    answer.header("Cross-Origin-Opener-Policy", "same-origin");
    answer.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'");
    if (https)
        answer.header("Strict-Transport-Security", "max-age=31536000");
    const bool cached = std::any_of(answer.headers.begin(), answer.headers.end(),
                                    [](const auto& h) { return h.first == "Cache-Control"; });
    if (!cached)
        answer.header("Cache-Control", "no-store");
}

std::int64_t lengthOf(const Response& answer)
{
    if (const auto* file = std::get_if<FileBody>(&answer.body))
        return static_cast<std::int64_t>(std::filesystem::file_size(file->path));
    return static_cast<std::int64_t>(textOf(answer)->size());
}

void sendFile(Poco::Net::HTTPServerResponse& response, const FileBody& file, bool head)
{
    Poco::FileInputStream stream(file.path.string(), std::ios::in | std::ios::binary);
    response.setContentLength64(static_cast<Poco::Int64>(std::filesystem::file_size(file.path)));
    std::ostream& out = response.send();
    if (!head)
        Poco::StreamCopier::copyStream(stream, out, 65536);
    out.flush();
}

void sendText(Poco::Net::HTTPServerResponse& response, const std::string& text, bool head)
{
    // Headers and text in one packet; Poco sends it when the response goes.
    if (!head && response.getKeepAlive())
        return response.sendBuffer(text.data(), text.size());
    if (!text.empty() || !head)
        response.setContentLength64(static_cast<Poco::Int64>(text.size()));
    std::ostream& out = response.send();
    if (!head)
        out << text;
    out.flush();
}

/// Reads away what a client still sends, for at most five seconds: closing at once would reset the connection before a
/// plain client has read the answer.
void discard(Poco::Net::StreamSocket& socket)
{
    std::array<char, 65536> buffer{};
    const auto until = Clock::now() + std::chrono::seconds{5};
    socket.shutdownSend();
    socket.setReceiveTimeout(Poco::Timespan(1, 0));
    try {
        while (Clock::now() < until && socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size())) > 0) {
        }
    } catch (const Poco::Exception&) {
        // It stopped sending, or is gone: either way there is nothing more to wait for.
        return;
    }
}

}

Connection::Connection(const Poco::Net::StreamSocket& socket, Shop& shop) : TCPServerConnection(socket), shop_(shop) {}

void Connection::run()
{
    const std::string address = socket().peerAddress().host().toString();
    Watched watched(socket());
    if (!shop_.watchdog.add(watched, address))
        return;
    try {
        Poco::Net::HTTPServerSession session(socket(), shop_.params);
        while (session.hasMoreRequests()) {
            if (!serve(session, watched))
                break;
            watched.enter(Watched::Phase::Idle);
        }
    } catch (const Poco::Net::NetException&) {
        // The client went away, or was too slow: no answer would arrive.
        watched.enter(Watched::Phase::Idle);
    } catch (const Poco::TimeoutException&) {
        watched.enter(Watched::Phase::Idle);
    } catch (const std::exception& error) {
        log::error("connessione interrotta", {{"causa", error.what()}});
    }
    shop_.watchdog.remove(watched, address);
}

bool Connection::serve(Poco::Net::HTTPServerSession& session, Watched& watched)
{
    watched.enter(Watched::Phase::Headers);
    PocoResponse response(session);
    try {
        PocoRequest request(response, session, shop_.params.get());
        watched.enter(Watched::Phase::Body);
        response.setVersion(request.getVersion());
        response.setKeepAlive(shop_.params->getKeepAlive() && request.getKeepAlive() && session.canKeepAlive());
        const bool more = answer(request, response, watched);
        session.setKeepAlive(more && response.getKeepAlive());
        return more && response.getKeepAlive();
    } catch (const Poco::Net::NoMessageException&) {
        return false;
    } catch (const Poco::Net::MessageException&) {
        refuse(session);
        return false;
    }
}

void Connection::refuse(Poco::Net::HTTPServerSession& session)
{
    PocoResponse response(session);
    response.setStatusAndReason(Poco::Net::HTTPResponse::HTTP_BAD_REQUEST);
    response.setVersion(Poco::Net::HTTPMessage::HTTP_1_1);
    response.setKeepAlive(false);
    response.setContentLength(0);
    response.send().flush();
    session.setKeepAlive(false);
    discard(session.socket());
}

bool Connection::answer(PocoRequest& source, PocoResponse& response, Watched& watched)
{
    if (isAmbiguous(source)) {
        Response bad = problem(400, "La richiesta è ambigua.");
        return deliver(source, response, bad, watched, false);
    }
    PocoBody body(source, watched.received);
    watched.announced = body.length();
    Context context = shop_.context;
    Request request;
    Response answer;
    try {
        takeOver(source, context.config, request);
        if (source.getExpectContinue() && body.length() <= largest(Carries::Files))
            response.sendContinue();
        answer = request.path.starts_with("/static/") ? shop_.statics.respond(request, request.path.substr(8))
                                                      : respond(shop_.table, request, context, body);
    } catch (const Refusal& refusal) {
        answer = badRequest(shop_, request, context, refusal.what());
    } catch (const Poco::SyntaxException&) {
        answer = badRequest(shop_, request, context, "L'indirizzo della richiesta non è valido.");
    }
    const bool bodyRead = body.finished();
    watched.enter(Watched::Phase::Work);
    return deliver(source, response, answer, watched, bodyRead);
}

bool Connection::deliver(PocoRequest& request, PocoResponse& response, Response& answer, Watched& watched,
                         bool bodyRead)
{
    if (const auto* file = std::get_if<FileBody>(&answer.body); file != nullptr && !std::filesystem::exists(file->path))
    {
        log::error("file mancante", {{"file", file->path.filename().string()}});
        answer = problem(500, "Il file non è al momento disponibile: il comune è stato avvisato.");
    }
    addSecurityHeaders(answer, shop_.context.config.indirizzoPubblico.starts_with("https"));
    response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(answer.status));
    for (const auto& [name, value] : answer.headers)
        response.add(name, value);
    if (const auto* events = std::get_if<Events>(&answer.body)) {
        beginEvents(request, response, *events);
        return false;
    }
    if (!bodyRead)
        response.setKeepAlive(false);
    watched.enter(Watched::Phase::Answer);
    watched.announced = lengthOf(answer);
    const bool head = request.getMethod() == "HEAD";
    if (const auto* file = std::get_if<FileBody>(&answer.body))
        sendFile(response, *file, head);
    else
        sendText(response, *textOf(answer), head || answer.status == 304 || answer.status == 204);
    if (bodyRead)
        return true;
    discard(request.socket());
    return false;
}

void Connection::beginEvents(PocoRequest& request, PocoResponse& response, const Events& events)
{
    response.setKeepAlive(false);
    response.setContentType("text/event-stream");
    response.send().flush();
    shop_.events.add(events, request.detachSocket());
}

}
