#pragma once

#include "server/http/message.h"

#include <filesystem>
#include <map>
#include <string>

namespace sdc::http {

/// The static files, in memory since the start, the texts of them gzipped as well.
class Statics
{
public:
    explicit Statics(const std::filesystem::path& folder);

    /// The file at `path` below /static/; 404 where there is none. An address with ?v= may be kept for a year.
    Response respond(const Request& request, const std::string& path) const;

private:
    struct File
    {
        std::string type;
        std::string content;
        std::string gzipped;
        std::string etag;
    };

    std::map<std::string, File> files_;
};

}
