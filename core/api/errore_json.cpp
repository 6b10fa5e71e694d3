#include "core/api/errore_json.h"

#include "core/api/json_support.h"

namespace sdc::api {

void to_json(nlohmann::json& json, const Problema& problema)
{
    json = {
        {"type", "about:blank"}, {"title", problema.title}, {"status", problema.status}, {"detail", problema.detail}};
    for (const FieldError& error : problema.errori)
        json["errori"].push_back({{"campo", error.field}, {"messaggio", error.message}});
    if (problema.serveCodice)
        json["serve_codice"] = true;
    if (problema.serveConferma)
        json["serve_conferma"] = true;
}

void from_json(const nlohmann::json& json, Problema& problema)
{
    problema.title = required<std::string>(json, "title");
    problema.status = required<int>(json, "status");
    problema.detail = optional<std::string>(json, "detail").value_or(std::string());
    problema.serveCodice = optional<bool>(json, "serve_codice").value_or(false);
    problema.serveConferma = optional<bool>(json, "serve_conferma").value_or(false);
    problema.errori.clear();
    const auto errori = json.find("errori");
    if (errori == json.end())
        return;
    for (const nlohmann::json& error : *errori)
        problema.errori.push_back({required<std::string>(error, "campo"), required<std::string>(error, "messaggio")});
}

}
