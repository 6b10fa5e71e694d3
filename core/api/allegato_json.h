#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace sdc {

struct Allegato;
struct Documento;

}

namespace sdc::api {

/// A file that the citizen sent with the pratica.
struct Allegato
{
    Id<sdc::Allegato> id;
    std::string nome;
    std::string descrizione;
    std::string tipo;
    std::int64_t dimensione = 0;

    bool operator==(const Allegato&) const = default;
};

/// A document made by the system: the compiled form, the response.
struct Documento
{
    Id<sdc::Documento> id;
    std::string nome;
    std::int64_t dimensione = 0;
    Instant creato;

    bool operator==(const Documento&) const = default;
};

/// The file that the operator sent with the outcome.
struct FileEsito
{
    Id<sdc::Documento> id;
    std::string nome;
    std::int64_t dimensione = 0;

    bool operator==(const FileEsito&) const = default;
};

void to_json(nlohmann::json& json, const Allegato& allegato);
void from_json(const nlohmann::json& json, Allegato& allegato);
void to_json(nlohmann::json& json, const Documento& documento);
void from_json(const nlohmann::json& json, Documento& documento);
void to_json(nlohmann::json& json, const FileEsito& file);
void from_json(const nlohmann::json& json, FileEsito& file);

}
