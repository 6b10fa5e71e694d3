#include "server/gateways/identita_saml.h"

#include "core/base/text.h"
#include "core/cittadino/codice_fiscale.h"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace sdc::gateways {
namespace {

using nlohmann::json;

constexpr int kCittadini = 0;
constexpr int kEidas = 100;
/// What a profile takes in one field.
constexpr std::size_t kLongest = 200;

MetodoAccesso metodoOf(saml::Metodo metodo)
{
    switch (metodo) {
    case saml::Metodo::Spid:
        return MetodoAccesso::Spid;
    case saml::Metodo::Cie:
        return MetodoAccesso::Cie;
    case saml::Metodo::Eidas:
        return MetodoAccesso::Eidas;
    }
    throw std::logic_error("metodo");
}

/// What is too long or unclean for a profile is left for the citizen to write.
std::string attribute(const saml::Accesso& accesso, const char* name)
{
    const auto found = accesso.attributi.find(name);
    const std::string value = found == accesso.attributi.end() ? "" : trim(found->second);
    return isCleanUtf8(value) && codePoints(value) <= kLongest ? value : "";
}

/// Avviso SPID 25: the parts of the place where a person lives.
Indirizzo domicilioIn(const saml::Accesso& accesso)
{
    const std::string stato = attribute(accesso, "domicileNation");
    return {attribute(accesso, "domicileStreetAddress"), attribute(accesso, "domicilePostalCode"),
            attribute(accesso, "domicileMunicipality"), attribute(accesso, "domicileProvince"),
            stato == "IT" ? "Italia" : stato};
}

Instant instantIn(const json& value)
{
    return instantFromIso(value.get<std::string>()).value();
}

}

std::vector<saml::InsiemeAttributi> insiemi()
{
    std::vector<saml::InsiemeAttributi> all = saml::insiemiEidas();
    all.insert(all.begin(), {kCittadini,
                             "Stanza del cittadino",
                             {"name", "familyName", "fiscalNumber", "dateOfBirth"},
                             {"placeOfBirth", "email", "mobilePhone", "domicileStreetAddress", "domicilePostalCode",
                              "domicileMunicipality", "domicileProvince", "domicileNation"}});
    return all;
}

int insiemeFor(const saml::ProviderSpid& idp)
{
    return idp.eidas ? kEidas : kCittadini;
}

std::optional<Identita> identitaOf(const saml::Accesso& accesso, const Luoghi& luoghi)
{
    const auto codice = CodiceFiscale::parse(accesso.codiceFiscale);
    if (!codice)
        return std::nullopt;
    Identita identita;
    identita.codiceFiscale = codice->text();
    identita.nome = attribute(accesso, "name");
    identita.cognome = attribute(accesso, "familyName");
    // Those of the card tell no place, but their codice fiscale does.
    const std::string luogo = attribute(accesso, "placeOfBirth");
    identita.luogoNascita = luoghi.nameOf(luogo.empty() ? codice->luogoDiNascita() : luogo);
    identita.dataNascita = dateFromIso(attribute(accesso, "dateOfBirth"));
    const std::string email = attribute(accesso, "email");
    identita.email = isEmailAddress(email) ? email : "";
    const std::string cellulare = attribute(accesso, "mobilePhone");
    identita.cellulare = isPhoneNumber(cellulare) ? cellulare : "";
    identita.residenza = domicilioIn(accesso);
    identita.metodo = metodoOf(accesso.metodo);
    identita.livello = static_cast<int>(accesso.livello);
    return identita;
}

std::string toText(const saml::Pendente& p)
{
    return json{{"id", p.id},
                {"idp", p.idp},
                {"ora", toIso(p.ora)},
                {"livello", static_cast<int>(p.livello)},
                {"confronto", static_cast<int>(p.confronto)},
                {"acs", p.acs},
                {"insieme", p.insieme},
                {"attributi", p.attributi},
                {"relay_state", p.relayState}}
        .dump();
}

saml::Pendente pendenteFromText(const std::string& text)
{
    const json j = json::parse(text);
    saml::Pendente p;
    p.id = j.at("id");
    p.idp = j.at("idp");
    p.ora = instantIn(j.at("ora"));
    p.livello = static_cast<saml::Livello>(j.at("livello").get<int>());
    p.confronto = static_cast<saml::Confronto>(j.at("confronto").get<int>());
    p.acs = j.at("acs");
    p.insieme = j.at("insieme");
    p.attributi = j.at("attributi").get<std::vector<std::string>>();
    p.relayState = j.at("relay_state");
    return p;
}

std::string toText(const saml::PendenteUscita& p)
{
    return json{{"id", p.id}, {"idp", p.idp}, {"ora", toIso(p.ora)}}.dump();
}

saml::PendenteUscita pendenteUscitaFromText(const std::string& text)
{
    const json j = json::parse(text);
    return {j.at("id"), j.at("idp"), instantIn(j.at("ora"))};
}

}
