#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace sdc {

struct Operatore;

}

namespace sdc::api {

/// What an operator types to enter.
struct Credenziali
{
    std::string username;
    std::string password;
    /// Of the second factor; empty where none was asked for.
    std::string codice = {};

    bool operator==(const Credenziali&) const = default;
};

/// An operator as the desktop knows them.
struct Operatore
{
    Id<sdc::Operatore> id;
    std::string username;
    std::string nome;
    std::string cognome;
    bool amministratore = false;

    bool operator==(const Operatore&) const = default;
};

struct Ente
{
    std::string slug;
    std::string nome;

    bool operator==(const Ente&) const = default;
};

/// An open session; the token is there only in the answer to the login.
struct Accesso
{
    std::optional<std::string> token;
    Instant scade;
    Operatore operatore;
    Ente ente;

    bool operator==(const Accesso&) const = default;
};

void to_json(nlohmann::json& json, const Credenziali& credenziali);
void from_json(const nlohmann::json& json, Credenziali& credenziali);
void to_json(nlohmann::json& json, const Operatore& operatore);
void from_json(const nlohmann::json& json, Operatore& operatore);
void to_json(nlohmann::json& json, const Ente& ente);
void from_json(const nlohmann::json& json, Ente& ente);
void to_json(nlohmann::json& json, const Accesso& accesso);
void from_json(const nlohmann::json& json, Accesso& accesso);

}
