#include "server/http/statics.h"

#include <fstream>
#include <iterator>

namespace sdc::http {
namespace {

constexpr int kEffort = 9;
constexpr Keeping kForEver{"public, max-age=31536000, immutable", "Accept-Encoding"};
constexpr Keeping kAskAgain{"public, no-cache", "Accept-Encoding"};

std::string typeOf(const std::string& extension)
{
    static const std::map<std::string, std::string> kTypes = {{".css", "text/css; charset=utf-8"},
                                                              {".js", "text/javascript; charset=utf-8"},
                                                              {".svg", "image/svg+xml"},
                                                              {".png", "image/png"},
                                                              {".ico", "image/x-icon"},
                                                              {".woff2", "font/woff2"},
                                                              {".txt", "text/plain; charset=utf-8"},
                                                              {".json", "application/json"}};
    const auto found = kTypes.find(extension);
    return found == kTypes.end() ? "application/octet-stream" : found->second;
}

bool isText(const std::string& type)
{
    return type.starts_with("text/") || type == "image/svg+xml";
}

}

Statics::Statics(const std::filesystem::path& folder)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        const std::string type = typeOf(entry.path().extension().string());
        std::ifstream stream(entry.path(), std::ios::binary);
        std::string content{std::istreambuf_iterator<char>(stream), {}};
        Ready file = makeReady(type, std::move(content), isText(type) ? kEffort : 0);
        files_.emplace(entry.path().lexically_relative(folder).generic_string(), std::move(file));
    }
}

Response Statics::respond(const Request& request, const std::string& path) const
{
    const auto found = files_.find(path);
    if (found == files_.end())
        return {404, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string{"Il file richiesto non esiste."}};
    return answerWith(request, found->second, request.queryField("v").empty() ? kAskAgain : kForEver);
}

}
