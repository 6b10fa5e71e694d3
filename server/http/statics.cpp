#include "server/http/statics.h"

#include <Poco/DeflatingStream.h>
#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace sdc::http {
namespace {

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

std::string gzip(const std::string& content)
{
    std::ostringstream output;
    Poco::DeflatingOutputStream deflater(output, Poco::DeflatingStreamBuf::STREAM_GZIP, 9);
    deflater << content;
    deflater.close();
    return output.str();
}

std::string etagOf(const std::string& content)
{
    Poco::SHA1Engine engine;
    engine.update(content);
    return "\"" + Poco::DigestEngine::digestToHex(engine.digest()).substr(0, 16) + "\"";
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
        std::ifstream stream(entry.path(), std::ios::binary);
        File file;
        file.type = typeOf(entry.path().extension().string());
        file.content.assign(std::istreambuf_iterator<char>(stream), {});
        file.gzipped = isText(file.type) ? gzip(file.content) : "";
        file.etag = etagOf(file.content);
        files_.emplace(entry.path().lexically_relative(folder).generic_string(), std::move(file));
    }
}

Response Statics::respond(const Request& request, const std::string& path) const
{
    const auto found = files_.find(path);
    if (found == files_.end())
        return {404, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string{"Il file richiesto non esiste."}};
    const File& file = found->second;
    const bool versioned = !request.queryField("v").empty();
    const bool zipped = !file.gzipped.empty() && request.header("accept-encoding").find("gzip") != std::string::npos;
    Response response;
    response.header("Cache-Control", versioned ? "public, max-age=31536000, immutable" : "public, no-cache");
    response.header("ETag", file.etag).header("Vary", "Accept-Encoding");
    if (request.header("if-none-match") == file.etag) {
        response.status = 304;
        return response;
    }
    response.header("Content-Type", file.type);
    if (zipped)
        response.header("Content-Encoding", "gzip");
    response.body = zipped ? file.gzipped : file.content;
    return response;
}

}
