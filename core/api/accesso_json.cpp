#include "core/api/accesso_json.h"

#include "core/api/json_support.h"

namespace sdc::api {
namespace {

constexpr const char* kAmministratore = "amministratore";
constexpr const char* kOperatore = "operatore";

}

void to_json(nlohmann::json& json, const Credenziali& credenziali)
{
    json = {{"username", credenziali.username}, {"password", credenziali.password}};
    if (!credenziali.codice.empty())
        json["codice"] = credenziali.codice;
}

void from_json(const nlohmann::json& json, Credenziali& credenziali)
{
    credenziali.username = required<std::string>(json, "username");
    credenziali.password = required<std::string>(json, "password");
    credenziali.codice = optional<std::string>(json, "codice").value_or(std::string());
}

void to_json(nlohmann::json& json, const Operatore& operatore)
{
    json = {{"id", operatore.id.text()},
            {"username", operatore.username},
            {"nome", operatore.nome},
            {"cognome", operatore.cognome},
            {"ruolo", operatore.amministratore ? kAmministratore : kOperatore}};
}

void from_json(const nlohmann::json& json, Operatore& operatore)
{
    const auto ruolo = required<std::string>(json, "ruolo");
    if (ruolo != kAmministratore && ruolo != kOperatore)
        throw MalformedJson("ruolo is neither operatore nor amministratore");
    operatore.id = requiredId<sdc::Operatore>(json, "id");
    operatore.username = required<std::string>(json, "username");
    operatore.nome = required<std::string>(json, "nome");
    operatore.cognome = required<std::string>(json, "cognome");
    operatore.amministratore = ruolo == kAmministratore;
}

void to_json(nlohmann::json& json, const Ente& ente)
{
    json = {{"slug", ente.slug}, {"nome", ente.nome}};
}

void from_json(const nlohmann::json& json, Ente& ente)
{
    ente.slug = required<std::string>(json, "slug");
    ente.nome = required<std::string>(json, "nome");
}

void to_json(nlohmann::json& json, const Accesso& accesso)
{
    json = {{"scade", toIso(accesso.scade)}, {"operatore", accesso.operatore}, {"ente", accesso.ente}};
    if (accesso.token)
        json["token"] = *accesso.token;
}

void from_json(const nlohmann::json& json, Accesso& accesso)
{
    accesso.token = optional<std::string>(json, "token");
    accesso.scade = requiredInstant(json, "scade");
    accesso.operatore = json.at("operatore").get<Operatore>();
    accesso.ente = json.at("ente").get<Ente>();
}

}
