#include "server/gateways/saml/metadata.h"

#include "core/base/error.h"
#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/firma_xml.h"
#include "server/gateways/saml/xml.h"

#include <algorithm>
#include <set>

namespace sdc::gateways::saml {
namespace {

void demand(bool fits, const char* what)
{
    if (!fits)
        throw Invalid(std::string("I metadata hanno bisogno di ") + what + ".");
}

void checkComplete(const ServiceProvider& sp, Federazione federazione)
{
    const DatiEnte& ente = sp.ente;
    demand(!sp.entityId.empty() && !sp.acs.empty() && !sp.slo.empty(), "entityID, ACS e SLO");
    demand(!sp.insiemi.empty(), "almeno un insieme di attributi");
    demand(!ente.nome.empty() && !ente.nomeVisualizzato.empty() && !ente.sito.empty(), "nome e sito dell'ente");
    demand(!ente.codiceIpa.empty(), "codice IPA");
    demand(!ente.email.empty(), "un indirizzo di posta per i contatti");
    demand(ente.telefono.starts_with("+39") && ente.telefono.find_first_not_of("0123456789", 1) == std::string::npos,
           "un telefono scritto come +390464452111");
    demand(federazione == Federazione::Spid || !ente.codiceComune.empty(), "codice catastale del comune");
    std::set<int> indici;
    for (const InsiemeAttributi& insieme : sp.insiemi)
        demand(indici.insert(insieme.indice).second && !insieme.attributi.empty(),
               "insiemi con indici diversi e pieni");
}

/// What is between PEM's first and last line, as one line.
std::string bodyOf(const std::string& pem)
{
    std::string body;
    for (std::size_t at = 0; at < pem.size();) {
        const std::size_t end = std::min(pem.find('\n', at), pem.size());
        if (!pem.substr(at, end - at).starts_with("-----"))
            body += pem.substr(at, end - at);
        at = end + 1;
    }
    return body;
}

void addKey(xmlNode* role, const std::string& certificato, const char* use)
{
    xmlNode* key = xml::add(role, "md", "KeyDescriptor");
    xml::set(key, "use", use);
    xmlNode* data = xml::add(xml::add(key, "ds", "KeyInfo"), "ds", "X509Data");
    xml::add(data, "ds", "X509Certificate", bodyOf(certificato));
}

void addLogout(xmlNode* role, const std::string& address, const char* binding)
{
    xmlNode* slo = xml::add(role, "md", "SingleLogoutService");
    xml::set(slo, "Binding", binding);
    xml::set(slo, "Location", address);
}

void addInItalian(xmlNode* parent, const char* name, const std::string& text)
{
    xml::set(xml::add(parent, "md", name, text), "xml:lang", "it");
}

void addInsieme(xmlNode* role, const InsiemeAttributi& insieme)
{
    xmlNode* service = xml::add(role, "md", "AttributeConsumingService");
    xml::set(service, "index", std::to_string(insieme.indice));
    addInItalian(service, "ServiceName", insieme.nome);
    for (const auto* names : {&insieme.attributi, &insieme.facoltativi}) {
        for (const std::string& name : *names)
            xml::set(xml::add(service, "md", "RequestedAttribute"), "Name", name);
    }
}

void addRole(xmlNode* root, const ServiceProvider& sp)
{
    xmlNode* role = xml::add(root, "md", "SPSSODescriptor");
    xml::set(role, "protocolSupportEnumeration", xml::kProtocol);
    xml::set(role, "AuthnRequestsSigned", "true");
    xml::set(role, "WantAssertionsSigned", "true");
    addKey(role, sp.chiave.certificato, "signing");
    addKey(role, sp.chiave.certificato, "encryption");
    addLogout(role, sp.slo, xml::kPost);
    addLogout(role, sp.slo, xml::kRedirect);
    xml::add(role, "md", "NameIDFormat", xml::kTransient);
    xmlNode* acs = xml::add(role, "md", "AssertionConsumerService");
    xml::set(acs, "Binding", xml::kPost);
    xml::set(acs, "Location", sp.acs);
    xml::set(acs, "index", "0");
    xml::set(acs, "isDefault", "true");
    for (const InsiemeAttributi& insieme : sp.insiemi)
        addInsieme(role, insieme);
}

void addContact(xmlNode* root, const DatiEnte& ente, Federazione federazione)
{
    const bool cie = federazione == Federazione::Cie;
    const char* prefix = cie ? "cie" : "spid";
    xmlNode* contact = xml::add(root, "md", "ContactPerson");
    xml::set(contact, "contactType", cie ? "administrative" : "other");
    xmlNode* extensions = xml::add(contact, "md", "Extensions");
    xml::add(extensions, prefix, "IPACode", ente.codiceIpa);
    xml::add(extensions, prefix, "Public");
    if (cie) {
        xml::add(extensions, prefix, "Municipality", ente.codiceComune);
        if (!ente.provincia.empty())
            xml::add(extensions, prefix, "Province", ente.provincia);
        xml::add(extensions, prefix, "Country", "IT");
    }
    xml::add(contact, "md", "Company", ente.nome);
    xml::add(contact, "md", "EmailAddress", ente.email);
    xml::add(contact, "md", "TelephoneNumber", ente.telefono);
}

xml::Prefisso extensionsOf(Federazione federazione)
{
    return federazione == Federazione::Cie
               ? xml::Prefisso{"cie", "https://www.cartaidentita.interno.gov.it/saml-extensions"}
               : xml::Prefisso{"spid", "https://spid.gov.it/saml-extensions"};
}

}

std::vector<InsiemeAttributi> insiemiEidas()
{
    const std::vector<std::string> least{"spidCode", "name", "familyName", "dateOfBirth", "fiscalNumber"};
    auto most = least;
    most.insert(most.end(), {"placeOfBirth", "address", "gender"});
    return {{99, "eIDAS Natural Person Minimum Attribute Set", least, {}},
            {100, "eIDAS Natural Person Full Attribute Set", most, {}}};
}

std::string makeMetadata(const ServiceProvider& sp, Federazione federazione)
{
    checkComplete(sp, federazione);
    const xml::Doc doc = xml::make("md", "EntityDescriptor",
                                   {{"md", xml::kMetadata}, {"ds", xml::kSignature}, extensionsOf(federazione)});
    xmlNode* root = xml::root(doc);
    xml::set(root, "ID", newId());
    xml::set(root, "entityID", sp.entityId);
    addRole(root, sp);
    xmlNode* organization = xml::add(root, "md", "Organization");
    addInItalian(organization, "OrganizationName", sp.ente.nome);
    addInItalian(organization, "OrganizationDisplayName", sp.ente.nomeVisualizzato);
    addInItalian(organization, "OrganizationURL", sp.ente.sito);
    addContact(root, sp.ente, federazione);
    sign(root, nullptr, sp.chiave);
    return xml::bytes(doc);
}

}
