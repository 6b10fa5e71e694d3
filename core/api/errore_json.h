#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace sdc::api {

/// An error of the API: application/problem+json (RFC 9457). The detail is an Italian sentence to show.
struct Problema
{
    std::string title;
    int status = 0;
    std::string detail;
    std::vector<FieldError> errori;
    /// The password was right; the second factor's code is to come with it.
    bool serveCodice = false;
    /// Who asks is to confirm who they are, and to ask again with the key.
    bool serveConferma = false;

    bool operator==(const Problema&) const = default;
};

void to_json(nlohmann::json& json, const Problema& problema);
void from_json(const nlohmann::json& json, Problema& problema);

}
