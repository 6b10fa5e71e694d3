#include "core/api/operatori_json.h"

#include "core/api/json_support.h"

namespace sdc::api {

void to_json(nlohmann::json& json, const ContoOperatore& conto)
{
    json = {{"username", conto.username},
            {"nome", conto.nome},
            {"cognome", conto.cognome},
            {"email", conto.email},
            {"ruolo", conto.amministratore ? "amministratore" : "operatore"},
            {"attivo", conto.attivo},
            {"tutti_servizi", conto.tuttiServizi},
            {"servizi", conto.servizi},
            {"secondo_fattore", conto.secondoFattore}};
    if (!conto.id.empty())
        json["id"] = conto.id.text();
}

void from_json(const nlohmann::json& json, ContoOperatore& conto)
{
    const auto ruolo = required<std::string>(json, "ruolo");
    if (ruolo != "amministratore" && ruolo != "operatore")
        throw MalformedJson("ruolo is neither operatore nor amministratore");
    conto.id = Id<sdc::Operatore>{optional<std::string>(json, "id").value_or("")};
    conto.username = optional<std::string>(json, "username").value_or("");
    conto.nome = required<std::string>(json, "nome");
    conto.cognome = required<std::string>(json, "cognome");
    conto.email = required<std::string>(json, "email");
    conto.amministratore = ruolo == "amministratore";
    conto.attivo = optional<bool>(json, "attivo").value_or(true);
    conto.tuttiServizi = required<bool>(json, "tutti_servizi");
    conto.servizi = optional<std::vector<std::string>>(json, "servizi").value_or(std::vector<std::string>{});
    conto.secondoFattore = optional<bool>(json, "secondo_fattore").value_or(false);
}

void to_json(nlohmann::json& json, const ElencoOperatori& elenco)
{
    json = {{"operatori", elenco.operatori}};
}

void from_json(const nlohmann::json& json, ElencoOperatori& elenco)
{
    elenco.operatori = required<std::vector<ContoOperatore>>(json, "operatori");
}

void to_json(nlohmann::json& json, const ConfermaAccesso& conferma)
{
    json = {{"password", conferma.password}};
    if (!conferma.codice.empty())
        json["codice"] = conferma.codice;
    if (!conferma.nuova.empty())
        json["nuova"] = conferma.nuova;
}

void from_json(const nlohmann::json& json, ConfermaAccesso& conferma)
{
    conferma.password = optional<std::string>(json, "password").value_or("");
    conferma.codice = optional<std::string>(json, "codice").value_or("");
    conferma.nuova = optional<std::string>(json, "nuova").value_or("");
}

void to_json(nlohmann::json& json, const ChiaveConferma& chiave)
{
    json = {{"chiave", chiave.chiave}, {"scade", toIso(chiave.scade)}};
}

void from_json(const nlohmann::json& json, ChiaveConferma& chiave)
{
    chiave.chiave = required<std::string>(json, "chiave");
    chiave.scade = requiredInstant(json, "scade");
}

void to_json(nlohmann::json& json, const MioAccesso& accesso)
{
    json = {{"secondo_fattore", accesso.secondoFattore},
            {"codici_rimasti", accesso.codiciRimasti},
            {"altre_sessioni", accesso.altreSessioni}};
}

void from_json(const nlohmann::json& json, MioAccesso& accesso)
{
    accesso.secondoFattore = required<bool>(json, "secondo_fattore");
    accesso.codiciRimasti = requiredCount(json, "codici_rimasti");
    accesso.altreSessioni = requiredCount(json, "altre_sessioni");
}

void to_json(nlohmann::json& json, const NuovoFattore& fattore)
{
    json = {{"segreto", fattore.segreto}, {"uri", fattore.uri}};
}

void from_json(const nlohmann::json& json, NuovoFattore& fattore)
{
    fattore.segreto = required<std::string>(json, "segreto");
    fattore.uri = required<std::string>(json, "uri");
}

void to_json(nlohmann::json& json, const CodiciRecupero& codici)
{
    json = {{"codici", codici.codici}};
}

void from_json(const nlohmann::json& json, CodiciRecupero& codici)
{
    codici.codici = required<std::vector<std::string>>(json, "codici");
}

}
