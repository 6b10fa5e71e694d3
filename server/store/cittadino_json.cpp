#include "server/store/cittadino_json.h"

#include <nlohmann/json.hpp>

namespace sdc::store {
namespace {

using nlohmann::json;

json indirizzoToJson(const Indirizzo& i)
{
    return {{"via", i.via}, {"cap", i.cap}, {"citta", i.citta}, {"provincia", i.provincia}, {"stato", i.stato}};
}

Indirizzo indirizzoFromJson(const json& j)
{
    return {j.at("via"), j.at("cap"), j.at("citta"), j.at("provincia"), j.at("stato")};
}

}

std::string toJson(const Cittadino& c)
{
    return json{{"id", c.id.text()},
                {"codiceFiscale", c.codiceFiscale},
                {"nome", c.nome},
                {"cognome", c.cognome},
                {"luogoNascita", c.luogoNascita},
                {"dataNascita", c.dataNascita ? toIso(*c.dataNascita) : ""},
                {"nascitaDichiarata", c.nascitaDichiarata},
                {"email", c.email},
                {"cellulare", c.cellulare},
                {"residenza", indirizzoToJson(c.residenza)},
                {"domicilio", indirizzoToJson(c.domicilio)}}
        .dump();
}

Cittadino cittadinoFromJson(const std::string& text)
{
    const json j = json::parse(text);
    Cittadino c;
    c.id = Id<Cittadino>{j.at("id").get<std::string>()};
    c.codiceFiscale = j.at("codiceFiscale");
    c.nome = j.at("nome");
    c.cognome = j.at("cognome");
    c.luogoNascita = j.at("luogoNascita");
    c.dataNascita = dateFromIso(j.at("dataNascita").get<std::string>());
    c.nascitaDichiarata = j.value("nascitaDichiarata", false);
    c.email = j.at("email");
    c.cellulare = j.at("cellulare");
    c.residenza = indirizzoFromJson(j.at("residenza"));
    c.domicilio = indirizzoFromJson(j.at("domicilio"));
    return c;
}

}
