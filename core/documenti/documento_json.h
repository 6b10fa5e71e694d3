#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/documenti/documento.h"

namespace sdc {

void to_json(nlohmann::json& json, const Documento& documento);
/// Throws nlohmann::json::exception or std::invalid_argument when the JSON does not describe a document.
void from_json(const nlohmann::json& json, Documento& documento);

}
