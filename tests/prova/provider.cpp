#include "tests/prova/provider.h"

#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/trasporto.h"
#include "server/gateways/saml/uscita.h"
#include "tests/support/risposte_saml.h"

#include <algorithm>

namespace sdc::prova {
namespace {

using namespace gateways::saml;

std::vector<std::string> certificatesIn(xmlNode* role)
{
    std::vector<std::string> all;
    for (const xmlNode* node : xml::everywhere(role, xml::kSignature, "X509Certificate"))
        all.push_back("-----BEGIN CERTIFICATE-----\n" + xml::text(node) + "\n-----END CERTIFICATE-----\n");
    return all;
}

std::vector<Endpoint> logoutsIn(const xmlNode* role)
{
    std::vector<Endpoint> all;
    for (const xmlNode* node : xml::elements(role, xml::kMetadata, "SingleLogoutService")) {
        const Binding binding = xml::attribute(node, "Binding") == xml::kPost ? Binding::Post : Binding::Redirect;
        all.push_back({binding, xml::attribute(node, "Location"), xml::attribute(node, "ResponseLocation")});
    }
    return all;
}

std::map<int, std::vector<std::string>> setsIn(const xmlNode* role)
{
    std::map<int, std::vector<std::string>> all;
    for (const xmlNode* set : xml::elements(role, xml::kMetadata, "AttributeConsumingService")) {
        auto& names = all[std::stoi("0" + xml::attribute(set, "index"))];
        for (const xmlNode* attribute : xml::elements(set, xml::kMetadata, "RequestedAttribute"))
            names.push_back(xml::attribute(attribute, "Name"));
    }
    return all;
}

/// What is answered: the level asked, or the next where a higher one is wanted.
std::string levelIn(const xmlNode* request)
{
    const xmlNode* context = xml::need(request, xml::kProtocol, "RequestedAuthnContext");
    std::string uri = xml::text(xml::need(context, xml::kAssertion, "AuthnContextClassRef"));
    if (xml::attribute(context, "Comparison") == "better" && !uri.empty() && uri.back() < '3')
        ++uri.back();
    return uri;
}

/// The code of the comune of birth and the sex are in a codice fiscale; of a county our people know one.
std::map<std::string, std::string> attributesOf(const Identita& persona)
{
    const std::string& cf = persona.codiceFiscale;
    const std::string nascita = persona.dataNascita ? toIso(*persona.dataNascita) : "";
    const bool home = !persona.residenza.via.empty();
    return {{"spidCode", "PROVA" + cf.substr(6, 10)},
            {"name", persona.nome},
            {"familyName", persona.cognome},
            {"fiscalNumber", "TINIT-" + cf},
            {"dateOfBirth", nascita},
            {"placeOfBirth", cf.substr(11, 4)},
            {"countyOfBirth", "TN"},
            {"gender", cf.at(9) >= '4' ? "F" : "M"},
            {"email", persona.email},
            {"mobilePhone", persona.cellulare},
            {"address", home ? oneLine(persona.residenza) : ""},
            {"domicileStreetAddress", persona.residenza.via},
            {"domicilePostalCode", persona.residenza.cap},
            {"domicileMunicipality", persona.residenza.citta},
            {"domicileProvince", persona.residenza.provincia},
            {"domicileNation", home ? "IT" : ""}};
}

tests::RispostaIdp answerTo(const AccessoChiesto& chiesto, const std::string& issuer, Instant now)
{
    tests::RispostaIdp risposta;
    risposta.issuer = issuer;
    risposta.acs = chiesto.sp.acs;
    risposta.audience = chiesto.sp.parte.entityId;
    risposta.inResponseTo = chiesto.id;
    risposta.ora = now;
    risposta.id = newId();
    risposta.assertionId = newId();
    risposta.nameId = newId();
    risposta.sessionIndex = newId();
    risposta.livello = chiesto.livello;
    risposta.formatOfIssuer = !chiesto.cie;
    return risposta;
}

}

ProviderDiProva::ProviderDiProva(std::string base, CoppiaChiave chiave, Fetch fetch)
    : base_(std::move(base)),
      chiave_(std::move(chiave)),
      fetch_(std::move(fetch))
{
}

std::string ProviderDiProva::entityId(bool cie) const
{
    return address("/metadata", cie);
}

std::string ProviderDiProva::address(const char* path, bool cie) const
{
    return base_ + (cie ? "/cie" : "/spid") + path;
}

std::string ProviderDiProva::metadata(bool cie) const
{
    return tests::idpMetadata(entityId(cie), cie ? "CIE dimostrativa" : "IdP dimostrativo", address("/sso", cie),
                              address("/slo", cie), chiave_.certificato);
}

Servizi ProviderDiProva::servizi(const std::string& entityId) const
{
    const xml::Doc doc = xml::parse(fetch_(entityId));
    xmlNode* role = xml::need(xml::root(doc), xml::kMetadata, "SPSSODescriptor");
    Servizi sp;
    sp.parte.entityId = entityId;
    sp.parte.certificati = certificatesIn(role);
    sp.parte.uscita = logoutsIn(role);
    sp.acs = xml::attribute(xml::need(role, xml::kMetadata, "AssertionConsumerService"), "Location");
    sp.insiemi = setsIn(role);
    // Who altered the metadata would not be able to sign them.
    verifySignature(xml::root(doc), sp.parte.certificati, true);
    return sp;
}

AccessoChiesto ProviderDiProva::readRichiesta(const Ricevuto& ricevuto, bool cie) const
{
    const Aperto aperto = unwrap(ricevuto, Verso::Richiesta);
    const std::string issuer = xml::text(xml::need(xml::root(aperto.doc), xml::kAssertion, "Issuer"));
    AccessoChiesto chiesto{servizi(issuer), "", aperto.relayState, "", {}, cie};
    const xml::Doc doc = verified(aperto, ricevuto.binding, chiesto.sp.parte.certificati);
    const xmlNode* request = xml::root(doc);
    chiesto.id = xml::attribute(request, "ID");
    chiesto.livello = levelIn(request);
    const int insieme = std::stoi("0" + xml::attribute(request, "AttributeConsumingServiceIndex"));
    const bool fits = xml::is(request, xml::kProtocol, "AuthnRequest") &&
                      xml::attribute(request, "Destination") == address("/sso", cie) &&
                      xml::attribute(request, "AssertionConsumerServiceURL") == chiesto.sp.acs &&
                      chiesto.sp.insiemi.contains(insieme) && !chiesto.relayState.empty();
    if (!fits)
        throw Rifiutata(Motivo::Struttura, "la richiesta non corrisponde ai metadata di chi la fa");
    chiesto.attributi = chiesto.sp.insiemi.at(insieme);
    return chiesto;
}

std::string ProviderDiProva::accept(const AccessoChiesto& chiesto, const Identita& persona, Instant now) const
{
    tests::RispostaIdp risposta = answerTo(chiesto, entityId(chiesto.cie), now);
    const std::vector<std::string> card{"name", "familyName", "dateOfBirth", "fiscalNumber"};
    const auto known = attributesOf(persona);
    for (const std::string& name : chiesto.attributi) {
        const auto found = known.find(name);
        const bool given = !chiesto.cie || std::find(card.begin(), card.end(), name) != card.end();
        if (given && found != known.end() && !found->second.empty())
            risposta.attributi.insert(*found);
    }
    return toBase64(tests::signXml(tests::unsignedXml(risposta), chiave_));
}

std::string ProviderDiProva::refuse(const AccessoChiesto& chiesto, int errore, Instant now) const
{
    tests::RispostaIdp risposta = answerTo(chiesto, entityId(chiesto.cie), now);
    risposta.errore = errore;
    return toBase64(tests::signXml(tests::unsignedXml(risposta), chiave_));
}

Invio ProviderDiProva::logout(const Ricevuto& ricevuto, bool cie, Instant now) const
{
    ServiceProvider we;
    we.entityId = entityId(cie);
    we.chiave = chiave_;
    const auto provider = [this](const std::string& id) { return std::optional{servizi(id).parte}; };
    const UscitaChiesta chiesta = readRichiestaUscita(ricevuto, address("/slo", cie), provider, now);
    return makeRispostaUscita(we, servizi(chiesta.idp).parte, chiesta, EsitoUscita::Completa, now);
}

}
