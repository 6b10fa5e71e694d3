#include "core/api/ente_json.h"

#include "core/api/json_support.h"

namespace sdc::api {
namespace {

/// A protocol value may also come as an array of texts (recipientIDArray): shown as "a, b".
std::string joined(const nlohmann::json& value)
{
    if (value.is_null())
        return {};
    if (!value.is_array())
        return value.is_string() ? value.get<std::string>() : value.dump();
    std::string text;
    for (const nlohmann::json& element : value)
        text += (text.empty() ? "" : ", ") + joined(element);
    return text;
}

}

void to_json(nlohmann::json& json, const RigaProtocollo& riga)
{
    json = {{"servizio", riga.servizio}, {"servizioSlug", riga.servizioSlug}, {"valori", riga.valori}};
}

void from_json(const nlohmann::json& json, RigaProtocollo& riga)
{
    riga.servizio = required<std::string>(json, "servizio");
    riga.servizioSlug = required<std::string>(json, "servizioSlug");
    riga.valori.clear();
    for (const auto& [name, value] : json.at("valori").items())
        riga.valori[name] = joined(value);
}

void to_json(nlohmann::json& json, const ConfigurazioneProtocollo& configurazione)
{
    json = {{"righe", configurazione.righe}, {"gestore", configurazione.gestore}};
}

void from_json(const nlohmann::json& json, ConfigurazioneProtocollo& configurazione)
{
    configurazione.righe = json.at("righe").get<std::vector<RigaProtocollo>>();
    configurazione.gestore = required<std::string>(json, "gestore");
}

void to_json(nlohmann::json& json, const PraticheAnno& anno)
{
    json = {{"anno", anno.anno}, {"pratiche", anno.pratiche}};
}

void from_json(const nlohmann::json& json, PraticheAnno& anno)
{
    anno.anno = required<int>(json, "anno");
    anno.pratiche = requiredCount(json, "pratiche");
}

void to_json(nlohmann::json& json, const Metriche& metriche)
{
    json = {{"serviziAttivi", metriche.serviziAttivi}, {"praticheAnno", metriche.praticheAnno}};
}

void from_json(const nlohmann::json& json, Metriche& metriche)
{
    metriche.serviziAttivi = requiredCount(json, "serviziAttivi");
    metriche.praticheAnno = json.at("praticheAnno").get<std::vector<PraticheAnno>>();
}

}
