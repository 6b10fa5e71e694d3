#include "server/http/ready.h"

#include "core/base/text.h"

#include <Poco/DeflatingStream.h>
#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

#include <algorithm>
#include <sstream>

namespace sdc::http {
namespace {

std::string gzip(const std::string& text, int effort)
{
    std::ostringstream output;
    Poco::DeflatingOutputStream deflater(output, Poco::DeflatingStreamBuf::STREAM_GZIP, effort);
    deflater << text;
    deflater.close();
    return output.str();
}

std::string digestOf(const std::string& text)
{
    Poco::SHA1Engine engine;
    engine.update(text);
    return Poco::DigestEngine::digestToHex(engine.digest()).substr(0, 16);
}

/// Takes the first word of a list off it.
std::string_view nextOf(std::string_view& list, char separator)
{
    const auto end = std::min(list.find(separator), list.size());
    std::string_view word = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (!word.empty() && (word.front() == ' ' || word.front() == '\t'))
        word.remove_prefix(1);
    while (!word.empty() && (word.back() == ' ' || word.back() == '\t'))
        word.remove_suffix(1);
    return word;
}

/// "q=0", "q=0.00": not at all.
bool isRefusal(std::string_view parameters)
{
    while (!parameters.empty()) {
        const std::string_view parameter = nextOf(parameters, ';');
        if (parameter.starts_with("q=") || parameter.starts_with("Q="))
            return parameter.find_first_not_of("0.", 2) == std::string_view::npos;
    }
    return false;
}

}

Ready makeReady(std::string type, std::string text, int effort)
{
    const std::string digest = digestOf(text);
    Ready ready{std::move(type), nullptr, nullptr, '"' + digest + '"', '"' + digest + "-gz\""};
    if (effort > 0) {
        std::string shorter = gzip(text, effort);
        if (shorter.size() < text.size())
            ready.gzipped = std::make_shared<const std::string>(std::move(shorter));
    }
    ready.plain = std::make_shared<const std::string>(std::move(text));
    return ready;
}

Response answerWith(const Request& request, const Ready& ready, const Keeping& keeping)
{
    const bool zipped = ready.gzipped != nullptr && takesGzip(request.header("accept-encoding"));
    const std::string& etag = zipped ? ready.gzippedEtag : ready.etag;
    Response response;
    response.header("Cache-Control", keeping.cacheControl).header("ETag", etag).header("Vary", keeping.vary);
    if (names(request.header("if-none-match"), etag)) {
        response.status = 304;
        return response;
    }
    response.header("Content-Type", ready.type);
    if (zipped)
        response.header("Content-Encoding", "gzip");
    response.body = zipped ? ready.gzipped : ready.plain;
    return response;
}

bool takesGzip(std::string_view acceptEncoding)
{
    bool any = false;
    while (!acceptEncoding.empty()) {
        std::string_view coding = nextOf(acceptEncoding, ',');
        const std::string name = asciiUpper(nextOf(coding, ';'));
        if (name == "GZIP" || name == "X-GZIP")
            return !isRefusal(coding);
        any = any || (name == "*" && !isRefusal(coding));
    }
    return any;
}

bool names(std::string_view ifNoneMatch, std::string_view etag)
{
    while (!ifNoneMatch.empty()) {
        std::string_view one = nextOf(ifNoneMatch, ',');
        if (one.starts_with("W/"))
            one.remove_prefix(2);
        if (one == etag || one == "*")
            return true;
    }
    return false;
}

}
