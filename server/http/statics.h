#pragma once

#include "server/http/ready.h"

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
    std::map<std::string, Ready, std::less<>> files_;
};

}
