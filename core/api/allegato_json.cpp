#include "core/api/allegato_json.h"

#include "core/api/json_support.h"

namespace sdc::api {

void to_json(nlohmann::json& json, const Allegato& allegato)
{
    json = {{"id", allegato.id.text()},
            {"nome", allegato.nome},
            {"descrizione", allegato.descrizione},
            {"tipo", allegato.tipo},
            {"dimensione", allegato.dimensione}};
}

void from_json(const nlohmann::json& json, Allegato& allegato)
{
    allegato.id = requiredId<sdc::Allegato>(json, "id");
    allegato.nome = required<std::string>(json, "nome");
    allegato.descrizione = required<std::string>(json, "descrizione");
    allegato.tipo = required<std::string>(json, "tipo");
    allegato.dimensione = requiredCount(json, "dimensione");
}

void to_json(nlohmann::json& json, const Documento& documento)
{
    json = {{"id", documento.id.text()},
            {"nome", documento.nome},
            {"dimensione", documento.dimensione},
            {"creato", toIso(documento.creato)}};
}

void from_json(const nlohmann::json& json, Documento& documento)
{
    documento.id = requiredId<sdc::Documento>(json, "id");
    documento.nome = required<std::string>(json, "nome");
    documento.dimensione = requiredCount(json, "dimensione");
    documento.creato = requiredInstant(json, "creato");
}

void to_json(nlohmann::json& json, const FileEsito& file)
{
    json = {{"id", file.id.text()}, {"nome", file.nome}, {"dimensione", file.dimensione}};
}

void from_json(const nlohmann::json& json, FileEsito& file)
{
    file.id = requiredId<sdc::Documento>(json, "id");
    file.nome = required<std::string>(json, "nome");
    file.dimensione = requiredCount(json, "dimensione");
}

}
