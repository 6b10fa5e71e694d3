#pragma once

#include "core/base/error.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sdc::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A file that disappears with this object, unless it was moved away.
class TempFile
{
public:
    TempFile() = default;
    explicit TempFile(std::filesystem::path path) : path_(std::move(path)) {}
    TempFile(TempFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    TempFile& operator=(TempFile&& other) noexcept
    {
        std::swap(path_, other.path_);
        return *this;
    }
    ~TempFile();

    const std::filesystem::path& path() const { return path_; }
    /// It stays: somebody else deletes it.
    void release() { path_.clear(); }

private:
    std::filesystem::path path_;
};

/// A file of a multipart body, already on disk.
struct Upload
{
    std::string field;
    /// As the browser sent it: never a path of ours.
    std::string fileName;
    TempFile file;
    std::int64_t size = 0;
    /// SHA-256 of the content, lower-case hex.
    std::string sha256;
    /// The beginning of the content, enough to recognise its kind.
    std::string firstBytes;
};

/// What a client asked, as plain values.
struct Request
{
    std::string method;
    /// Percent-decoded, without query.
    std::string path;
    std::string queryText;
    Fields query;
    std::map<std::string, std::string, std::less<>> headers; // names in lower case
    std::map<std::string, std::string, std::less<>> cookies;
    /// Who sent it: the peer's address, or what a trusted proxy says of it.
    std::string address;
    bool loopback = false;
    /// Whether it came by TLS to this server itself.
    bool cifrata = false;
    /// Whether a proxy of ours passed it on, and `address` is whom it names.
    bool perProxy = false;
    /// DER of the certificate that the client showed, and has the key of; empty where it showed none, or the door asks
    /// for none. Nobody has looked yet at what it is worth.
    std::string certificato;
    /// The {names} of the route.
    std::map<std::string, std::string, std::less<>> params;
    Fields form;
    std::vector<Upload> uploads;
    std::string body;

    const std::string& param(std::string_view name) const;
    /// The first value of a query or form field; empty where there is none.
    std::string queryField(std::string_view name) const;
    std::string formField(std::string_view name) const;
    bool hasFormField(std::string_view name) const;
    std::string header(std::string_view name) const;
    const Upload* upload(std::string_view field) const;
    /// Path with its query: what to come back to.
    std::string target() const;
};

/// A file sent as it lies on disk.
struct FileBody
{
    std::filesystem::path path;
    /// It is deleted as soon as it is open: made for this answer alone.
    bool passing = false;
};

/// A text kept by somebody else, sent to many.
using SharedText = std::shared_ptr<const std::string>;

/// A stream of server-sent events about one ente; the server feeds it until the client goes.
struct Events
{
    /// What a client knows that must read everything anew, since the changes it missed are no longer remembered.
    static constexpr long long kNothing = -1;

    std::string ente;
    /// The session that listens: of one's streams only the newest few go on.
    std::string owner;
    /// Number of the last change that the client knows, or kNothing.
    long long from = 0;
    /// Whether an event about this service ("": about all) is for the listener.
    std::function<bool(const std::string& servizio)> concerns;
    /// Whether the listener may still listen; asked each `recheck`, so that who has lost the right loses the stream.
    std::function<bool()> stillAllowed = [] { return true; };
    std::chrono::milliseconds recheck{30'000};
};

struct Response
{
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::variant<std::string, FileBody, Events, SharedText> body;
    /// The one other site ("https://idp.esempio.it") that the page's forms may be sent to; empty: none.
    std::string formsTo = {};

    Response& header(std::string name, std::string value);
    /// A cookie for this host alone, that scripts cannot read; `seconds` 0 = until the browser closes, < 0 = erase it.
    Response& cookie(const std::string& name, const std::string& value, long seconds = 0);
    /// The same, but sent back also with what another site's page posts here.
    Response& crossSiteCookie(const std::string& name, const std::string& value, long seconds);
};

/// The text of a body that is one; null for files and events.
const std::string* textOf(const Response& response);

Response html(std::string page, int status = 200);
Response json(std::string text, int status = 200);
/// RFC 9457, with the faults by field where there are any.
Response problem(int status, const std::string& detail, const std::vector<FieldError>& fields = {});
/// 303: look there with GET.
Response seeOther(const std::string& target);
/// 429: who asked too often may come again after so many seconds.
Response later(Response response, int seconds);
/// A stored file for download, under the name that people know it by (RFC 6266).
Response download(std::filesystem::path path, const std::string& name, const std::string& type);

/// What stands for a client where clients are counted: an IPv4 address, or the network (/64) that an IPv6 one is in,
/// for who has one has all of them.
std::string networkOf(const std::string& address);

/// Percent-encodes what may not stand in a path segment or query value.
std::string encodeUrl(std::string_view text);

}
