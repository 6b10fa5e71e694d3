#include "server/gateways/saml/provider.h"

#include "core/base/error.h"
#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/firma_xml.h"
#include "server/gateways/saml/openssl.h"
#include "server/gateways/saml/xml.h"

#include <algorithm>
#include <iterator>

namespace sdc::gateways::saml {
namespace {

constexpr std::size_t kMostCertificates = 8;
constexpr int kFewestBits = 2048;
/// What the hosts of these two providers are named, in trial and in earnest.
constexpr std::string_view kCie = "idserver.servizicie.interno.gov.it";
constexpr std::string_view kEidas = "sp-proxy.eid.gov.it";

/// Citizens are sent there: in clear only to one's own machine.
bool isAddress(const std::string& url)
{
    const auto begins = [&](std::string_view with) { return url.starts_with(with); };
    const bool safe = begins("https://") || begins("http://localhost:") || begins("http://127.0.0.1:");
    return safe && url.find_first_of(" \t\r\n\"<>") == std::string::npos;
}

std::string pemFrom(const std::string& base64)
{
    std::string plain;
    std::copy_if(base64.begin(), base64.end(), std::back_inserter(plain),
                 [](char c) { return std::string_view(" \t\r\n").find(c) == std::string_view::npos; });
    std::string pem = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t at = 0; at < plain.size(); at += 64)
        pem += plain.substr(at, 64) + "\n";
    return pem + "-----END CERTIFICATE-----\n";
}

/// Its dates do not matter: who signed the metadata vouches for it, and providers go on with certificates run out.
bool isUsable(const std::string& pem)
{
    const Certificate certificate = certificateFromPem(pem);
    const EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    ERR_clear_error();
    return key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= kFewestBits;
}

std::vector<std::string> certificatesOf(xmlNode* role)
{
    std::vector<std::string> all;
    for (xmlNode* key : xml::elements(role, xml::kMetadata, "KeyDescriptor")) {
        if (xml::attribute(key, "use") == "encryption")
            continue;
        for (const xmlNode* node : xml::everywhere(key, xml::kSignature, "X509Certificate")) {
            const std::string pem = pemFrom(xml::text(node));
            if (isUsable(pem) && all.size() < kMostCertificates)
                all.push_back(pem);
        }
    }
    return all;
}

std::vector<Endpoint> endpointsOf(const xmlNode* role, const char* name)
{
    std::vector<Endpoint> all;
    for (const xmlNode* node : xml::elements(role, xml::kMetadata, name)) {
        const std::string binding = xml::attribute(node, "Binding");
        const std::string address = xml::attribute(node, "Location");
        const std::string answers = xml::attribute(node, "ResponseLocation");
        const bool known = binding == xml::kRedirect || binding == xml::kPost;
        if (known && isAddress(address) && (answers.empty() || isAddress(answers)))
            all.push_back({binding == xml::kPost ? Binding::Post : Binding::Redirect, address, answers});
    }
    return all;
}

/// The name in Italian, else the first, else the entityID.
std::string nameOf(xmlNode* entity)
{
    std::string name;
    for (const char* kind : {"OrganizationDisplayName", "OrganizationName"}) {
        for (const xmlNode* node : xml::everywhere(entity, xml::kMetadata, kind)) {
            const auto* lang =
                xmlGetNsProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>("lang"), XML_XML_NAMESPACE);
            const bool italian = lang != nullptr && std::string_view(reinterpret_cast<const char*>(lang)) == "it";
            xmlFree(const_cast<xmlChar*>(lang));
            if (italian)
                return xml::text(node);
            name = name.empty() ? xml::text(node) : name;
        }
    }
    return name.empty() ? xml::attribute(entity, "entityID") : name;
}

std::string hostOf(const std::string& url)
{
    const std::size_t begin = url.find("://") == std::string::npos ? 0 : url.find("://") + 3;
    return url.substr(begin, url.find_first_of("/:?", begin) - begin);
}

ProviderSpid providerFrom(xmlNode* entity)
{
    const xmlNode* role = xml::need(entity, xml::kMetadata, "IDPSSODescriptor");
    ProviderSpid provider;
    provider.entityId = xml::attribute(entity, "entityID");
    provider.nome = nameOf(entity);
    provider.accesso = endpointsOf(role, "SingleSignOnService");
    provider.uscita = endpointsOf(role, "SingleLogoutService");
    provider.certificati = certificatesOf(const_cast<xmlNode*>(role));
    const std::string host = hostOf(provider.entityId);
    provider.cie =
        host == kCie || host.ends_with("." + std::string(kCie)) || host == "preproduzione." + std::string(kCie);
    provider.eidas = host == kEidas || host.ends_with("." + std::string(kEidas));
    provider.issuerFormatMayBeAbsent = provider.cie;
    if (provider.entityId.empty() || provider.accesso.empty() || provider.certificati.empty())
        throw Invalid("I metadata di " + provider.entityId +
                      " non hanno un indirizzo di accesso o un certificato validi.");
    return provider;
}

std::vector<ProviderSpid> usable(xmlNode* root)
{
    std::vector<ProviderSpid> all;
    for (xmlNode* entity : xml::everywhere(root, xml::kMetadata, "EntityDescriptor")) {
        if (xml::elements(entity, xml::kMetadata, "IDPSSODescriptor").empty())
            continue;
        try {
            all.push_back(providerFrom(entity));
        } catch (const std::runtime_error&) {
            // One provider's fault must not keep the citizens of the others out.
            continue;
        }
    }
    return all;
}

}

const Endpoint* endpointFor(const std::vector<Endpoint>& endpoints, Binding binding)
{
    const auto found =
        std::find_if(endpoints.begin(), endpoints.end(), [&](const Endpoint& e) { return e.binding == binding; });
    return found == endpoints.end() ? nullptr : &*found;
}

std::vector<ProviderSpid> readFederazione(std::string_view xml, const std::vector<std::string>& fidati, Instant now)
{
    try {
        const xml::Doc received = xml::parseFederazione(xml);
        const Firmato firmato = verifySignature(xml::root(received), fidati, true);
        const xml::Doc doc = xml::parseFederazione(firmato.bytes);
        const std::string until = xml::attribute(xml::root(doc), "validUntil");
        const auto end = instantFromSaml(until);
        if (!until.empty() && (!end || *end <= now))
            throw Invalid("I metadata della federazione sono scaduti: " + until + ".");
        auto all = usable(xml::root(doc));
        if (all.empty())
            throw Invalid("I metadata della federazione non contengono alcun provider utilizzabile.");
        return all;
    } catch (const Rifiutata& fault) {
        throw Invalid(std::string("I metadata della federazione non sono validi: ") + fault.what() + ".");
    }
}

ProviderSpid readProvider(std::string_view xml)
{
    try {
        const xml::Doc doc = xml::parseFederazione(xml);
        if (!xml::is(xml::root(doc), xml::kMetadata, "EntityDescriptor"))
            throw Invalid("Il file non contiene i metadata di un provider.");
        return providerFrom(xml::root(doc));
    } catch (const Rifiutata& fault) {
        throw Invalid(std::string("I metadata del provider non sono validi: ") + fault.what() + ".");
    }
}

}
