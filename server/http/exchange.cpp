#include "server/http/exchange.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/http/form.h"
#include "server/http/reply.h"
#include "server/http/stored_file.h"
#include "server/log.h"

#include <Poco/Exception.h>
#include <Poco/MemoryStream.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/URI.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace sdc::http {
namespace {

constexpr std::size_t kLongestTarget = 4096;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// The text of an IP address as a proxy writes it, with a port and brackets or without; nothing where it is none.
std::optional<std::string> readAddress(std::string text)
{
    text = trim(text);
    if (text.starts_with('['))
        text = text.substr(1, text.find(']') - 1);
    else if (std::count(text.begin(), text.end(), ':') == 1)
        text = text.substr(0, text.find(':'));
    Poco::Net::IPAddress address;
    if (!Poco::Net::IPAddress::tryParse(text, address))
        return std::nullopt;
    // One client, one text: "::FFFF:10.0.0.1" is 10.0.0.1.
    const std::string plain = lower(address.toString());
    return address.isIPv4Mapped() && plain.rfind(':') != std::string::npos ? plain.substr(plain.rfind(':') + 1) : plain;
}

/// The client's address: the peer's, or behind trusted proxies the last one that none of them has. What stands before
/// it, and before what is no address, the client may have made up.
std::string addressOf(const Poco::Net::HTTPRequest& head, const std::string& peer, const Config& config)
{
    const auto isTrusted = [&](const std::string& address) {
        return std::any_of(config.proxyFidati.begin(), config.proxyFidati.end(),
                           [&](const std::string& proxy) { return readAddress(proxy).value_or(proxy) == address; });
    };
    std::string address = readAddress(peer).value_or(peer);
    std::string forwarded;
    // A proxy may add a line of its own instead of lengthening the client's.
    for (const auto& [name, value] : head) {
        if (lower(name) == "x-forwarded-for")
            forwarded += (forwarded.empty() ? "" : ",") + value;
    }
    while (isTrusted(address) && !forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        const auto before = readAddress(comma == std::string::npos ? forwarded : forwarded.substr(comma + 1));
        if (!before)
            break;
        address = *before;
        forwarded.resize(comma == std::string::npos ? 0 : comma);
    }
    return address;
}

/// Reads the target. Throws Invalid for one that no address of ours has, with the path only where it is readable.
void takeTarget(const std::string& target, Request& request)
{
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

/// Whether a list of words, with commas between them, has this one (RFC 9110, 5.6.1).
bool hasWord(const std::string& list, std::string_view word)
{
    std::size_t begin = 0;
    while (begin <= list.size()) {
        const auto end = std::min(list.find(',', begin), list.size());
        if (lower(trim(list.substr(begin, end - begin))) == word)
            return true;
        begin = end + 1;
    }
    return false;
}

/// The target without scheme and host, where a client writes them (RFC 9112, 3.2.2).
std::string originForm(const std::string& target)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (lower(target.substr(0, scheme.size())) != scheme)
            continue;
        const auto path = target.find_first_of("/?", scheme.size());
        if (path == std::string::npos)
            return "/";
        return target[path] == '?' ? "/" + target.substr(path) : target.substr(path);
    }
    return target;
}

/// A person reads a page, a program problem+json.
Response badRequest(const Shop& shop, const Request& request, const std::string& message)
{
    if (request.path.find("/api/") != std::string::npos || request.path.starts_with("/static/"))
        return problem(400, message);
    try {
        Context context = shop.context;
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

bool isToken(std::string_view name)
{
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](unsigned char c) {
        return std::isalnum(c) != 0 || kOthers.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool hasControls(std::string_view line)
{
    return std::any_of(line.begin(), line.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

/// Method, target and version, one space between them (RFC 9112, 3).
bool isRequestLine(std::string_view line)
{
    return std::count(line.begin(), line.end(), ' ') == 2 && line.find('\t') == std::string_view::npos;
}

/// A name and its value. What frames the message is never an encoded word: Poco decodes those of RFC 2047, proxies
/// none.
bool isField(std::string_view line)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return false;
    const std::string name = lower(std::string{line.substr(0, colon)});
    const bool frames = name == "content-length" || name == "transfer-encoding" || name == "host";
    return !frames || line.find("=?") == std::string_view::npos;
}

/// Whether each line of a head is one name and one value: Poco would join lines, end the head at a lone CR, and take
/// "Content-Length " for another name than a proxy does (RFC 9112, 2.2, 5.1 and 5.2).
bool isPlain(std::string_view head)
{
    bool first = true;
    while (!head.empty()) {
        std::string_view line = head.substr(0, head.find('\n'));
        head.remove_prefix(std::min(line.size() + 1, head.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (hasControls(line) || (first && !isRequestLine(line)) || (!first && !line.empty() && !isField(line)))
            return false;
        first = false;
    }
    return true;
}

/// What a proxy and we could read differently (RFC 9112, 6.1): both lengths at once, a coding other than chunked, a
/// length that is no number. A request of HTTP/1.1 names its host once.
bool isAmbiguous(const Poco::Net::HTTPRequest& head)
{
    const auto times = [&](const std::string& name) {
        return std::count_if(head.begin(), head.end(), [&](const auto& h) { return lower(h.first) == name; });
    };
    const auto codings = times("transfer-encoding");
    const auto lengths = times("content-length");
    const auto hosts = times("host");
    if (codings > 1 || lengths > 1 || codings + lengths > 1 || hosts > 1)
        return true;
    if (head.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1 && head.get("Host", "").empty())
        return true;
    return (codings == 1 && lower(head.get("Transfer-Encoding")) != "chunked") ||
           (lengths == 1 && !isLength(head.get("Content-Length")));
}

/// Where the file is gone the answer becomes another one.
Outgoing::Content contentOf(Response& answer)
{
    Outgoing::Content content;
    if (const auto* stored = std::get_if<FileBody>(&answer.body)) {
        struct stat found
        {
        };
        Descriptor file{::open(stored->path.c_str(), O_RDONLY | O_CLOEXEC)};
        if (file && ::fstat(file.get(), &found) == 0) {
            content.file = std::move(file);
            content.fileLength = found.st_size;
            if (stored->passing)
                ::unlink(stored->path.c_str());
            return content;
        }
        // It went since it was looked for, or nothing more can be opened.
        answer = errno == ENOENT ? problem(500, FileMancante().what())
                                 : problem(503, "Il servizio non è disponibile in questo momento: riprova tra qualche "
                                                "minuto.");
    }
    if (auto* shared = std::get_if<SharedText>(&answer.body))
        content.shared = std::move(*shared);
    else
        content.text = std::move(std::get<std::string>(answer.body));
    return content;
}

}

Exchange::Exchange(std::string_view head, std::string peer, std::string certificato, bool cifrata)
    : peer_(std::move(peer)),
      certificato_(std::move(certificato)),
      cifrata_(cifrata)
{
    if (!isPlain(head))
        throw BadHead(400, "La richiesta non è leggibile.");
    Poco::MemoryInputStream stream(head.data(), static_cast<std::streamsize>(head.size()));
    try {
        head_.read(stream);
    } catch (const Poco::Exception&) {
        throw BadHead(400, "La richiesta non è leggibile.");
    }
    if (head_.getVersion() != Poco::Net::HTTPMessage::HTTP_1_1 &&
        head_.getVersion() != Poco::Net::HTTPMessage::HTTP_1_0)
        throw BadHead(505, "La versione di HTTP non è tra quelle che il servizio conosce.");
    if (isAmbiguous(head_))
        throw BadHead(400, "La richiesta è ambigua.");
    if (head_.getChunkedTransferEncoding())
        length_ = -1;
    else
        length_ = head_.hasContentLength() ? head_.getContentLength64() : 0;
}

bool Exchange::staysOpen() const
{
    bool close = false;
    bool keep = head_.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1;
    for (const auto& [name, value] : head_) {
        if (lower(name) != "connection")
            continue;
        close = close || hasWord(value, "close");
        keep = keep || hasWord(value, "keep-alive");
    }
    return keep && !close;
}

std::string Exchange::network(const Config& config) const
{
    return networkOf(client(config));
}

std::string Exchange::client(const Config& config) const
{
    // No proxy stands before a door that ends TLS itself.
    return cifrata_ ? readAddress(peer_).value_or(peer_) : addressOf(head_, peer_, config);
}

bool Exchange::waitsToSend() const
{
    return head_.getExpectContinue() && head_.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1;
}

Request Exchange::takeOver(const Config& config) const
{
    Request request;
    request.method = head_.getMethod();
    request.address = client(config);
    request.perProxy = request.address != readAddress(peer_).value_or(peer_);
    request.certificato = certificato_;
    request.cifrata = cifrata_;
    request.loopback = Poco::Net::IPAddress(peer_).isLoopback();
    for (const auto& [name, value] : head_)
        request.headers.emplace(lower(name), value);
    Poco::Net::NameValueCollection cookies;
    head_.getCookies(cookies);
    for (const auto& [name, value] : cookies)
        request.cookies.emplace(name, value);
    return request;
}

Response Exchange::answer(const Shop& shop, const Spool& body) const
{
    Context context = shop.context;
    Request request = takeOver(context.config);
    try {
        takeTarget(originForm(head_.getURI()), request);
        if (request.path.starts_with("/static/"))
            return shop.statics.respond(request, request.path.substr(8));
        SpooledBody spooled(length_, head_.getContentType(), body);
        return respond(shop.table, request, context, spooled);
    } catch (const Refusal& refusal) {
        return badRequest(shop, request, refusal.what());
    } catch (const Poco::SyntaxException&) {
        return badRequest(shop, request, "L'indirizzo della richiesta non è valido.");
    }
}

Outgoing Exchange::outgoing(Response&& answer, bool last, const Config& config) const
{
    Outgoing::Content content = contentOf(answer);
    const bool noContent = answer.status == 304 || answer.status == 204;
    Reply reply{answer, config.indirizzoPubblico.starts_with("https")};
    if (!noContent)
        reply.length = content.length();
    if (last)
        reply.connection = "close";
    else if (head_.getVersion() == Poco::Net::HTTPMessage::HTTP_1_0)
        reply.connection = "keep-alive";
    std::string head = headOf(reply);
    return noContent || asksForHead() ? Outgoing{std::move(head)} : Outgoing{std::move(head), std::move(content)};
}

std::string Exchange::endlessHead(const Response& answer, const Config& config) const
{
    Reply reply{answer, config.indirizzoPubblico.starts_with("https")};
    reply.connection = "close";
    return headOf(reply);
}

Outgoing refusal(int status, const std::string& message, const Config& config)
{
    Response answer = problem(status, message);
    Outgoing::Content content = contentOf(answer);
    Reply reply{answer, config.indirizzoPubblico.starts_with("https")};
    reply.length = content.length();
    reply.connection = "close";
    return Outgoing{headOf(reply), std::move(content)};
}

}
