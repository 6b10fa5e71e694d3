#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace sdc {

struct Operatore;

}

namespace sdc::api {

/// An operator's account as an administrator sees it, and as it is created (without id) or changed.
struct ContoOperatore
{
    Id<sdc::Operatore> id;
    std::string username;
    std::string nome;
    std::string cognome;
    std::string email;
    bool amministratore = false;
    bool attivo = true;
    bool tuttiServizi = false;
    std::vector<std::string> servizi;
    bool secondoFattore = false;

    bool operator==(const ContoOperatore&) const = default;
};

struct ElencoOperatori
{
    std::vector<ContoOperatore> operatori;

    bool operator==(const ElencoOperatori&) const = default;
};

/// Password and code with which an operator confirms what they change of their own access; `nuova` where it is the
/// password.
struct ConfermaAccesso
{
    std::string password;
    std::string codice;
    std::string nuova;

    bool operator==(const ConfermaAccesso&) const = default;
};

/// That an operator confirmed who they are, for this session and until then.
struct ChiaveConferma
{
    std::string chiave;
    Instant scade;

    bool operator==(const ChiaveConferma&) const = default;
};

/// The state of one's own second factor and sessions.
struct MioAccesso
{
    bool secondoFattore = false;
    std::int64_t codiciRimasti = 0;
    std::int64_t altreSessioni = 0;

    bool operator==(const MioAccesso&) const = default;
};

/// A second factor that was begun, to be shown once.
struct NuovoFattore
{
    std::string segreto;
    std::string uri;

    bool operator==(const NuovoFattore&) const = default;
};

/// Recovery codes, shown once.
struct CodiciRecupero
{
    std::vector<std::string> codici;

    bool operator==(const CodiciRecupero&) const = default;
};

void to_json(nlohmann::json& json, const ContoOperatore& conto);
void from_json(const nlohmann::json& json, ContoOperatore& conto);
void to_json(nlohmann::json& json, const ElencoOperatori& elenco);
void from_json(const nlohmann::json& json, ElencoOperatori& elenco);
void to_json(nlohmann::json& json, const ConfermaAccesso& conferma);
void from_json(const nlohmann::json& json, ConfermaAccesso& conferma);
void to_json(nlohmann::json& json, const ChiaveConferma& chiave);
void from_json(const nlohmann::json& json, ChiaveConferma& chiave);
void to_json(nlohmann::json& json, const MioAccesso& accesso);
void from_json(const nlohmann::json& json, MioAccesso& accesso);
void to_json(nlohmann::json& json, const NuovoFattore& fattore);
void from_json(const nlohmann::json& json, NuovoFattore& fattore);
void to_json(nlohmann::json& json, const CodiciRecupero& codici);
void from_json(const nlohmann::json& json, CodiciRecupero& codici);

}
