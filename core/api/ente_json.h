#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sdc::api {

/// The protocol values of one servizio, by their names in the protocol system.
struct RigaProtocollo
{
    std::string servizio;
    std::string servizioSlug;
    std::map<std::string, std::string> valori;

    bool operator==(const RigaProtocollo&) const = default;
};

/// "Configurazione di protocollo".
struct ConfigurazioneProtocollo
{
    std::vector<RigaProtocollo> righe;
    std::string gestore;

    bool operator==(const ConfigurazioneProtocollo&) const = default;
};

struct PraticheAnno
{
    int anno = 0;
    std::int64_t pratiche = 0;

    bool operator==(const PraticheAnno&) const = default;
};

/// "Metriche di utilizzo".
struct Metriche
{
    std::int64_t serviziAttivi = 0;
    std::vector<PraticheAnno> praticheAnno;

    bool operator==(const Metriche&) const = default;
};

void to_json(nlohmann::json& json, const RigaProtocollo& riga);
void from_json(const nlohmann::json& json, RigaProtocollo& riga);
void to_json(nlohmann::json& json, const ConfigurazioneProtocollo& configurazione);
void from_json(const nlohmann::json& json, ConfigurazioneProtocollo& configurazione);
void to_json(nlohmann::json& json, const PraticheAnno& anno);
void from_json(const nlohmann::json& json, PraticheAnno& anno);
void to_json(nlohmann::json& json, const Metriche& metriche);
void from_json(const nlohmann::json& json, Metriche& metriche);

}
