#include "server/gateways/saml/elenco_fiducia.h"

#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/firma_xml.h"
#include "server/gateways/saml/rifiutata.h"
#include "server/gateways/saml/xml.h"

#include <algorithm>
#include <charconv>

namespace sdc::gateways::saml {
namespace {

constexpr const char* kTsl = "http://uri.etsi.org/02231/v2#";
/// "Identity verification services": who issues cards with which citizens are recognised.
constexpr std::string_view kIdv = "http://uri.etsi.org/TrstSvc/Svctype/IdV";
constexpr std::string_view kRecognised = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/recognisedatnationallevel";
constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

std::vector<std::string> eachOf(const std::string& pem)
{
    std::vector<std::string> all;
    for (auto at = pem.find(kBegin); at != std::string::npos; at = pem.find(kBegin, at + 1)) {
        const auto end = pem.find(kEnd, at);
        if (end != std::string::npos)
            all.push_back(pem.substr(at, end + kEnd.size() - at) + "\n");
    }
    return all;
}

long long numberOf(const std::string& text)
{
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Rifiutata(Motivo::Struttura, "il numero dell'elenco non è un numero");
    return number;
}

Instant nextOf(const xmlNode* scheme)
{
    const xmlNode* next = xml::need(scheme, kTsl, "NextUpdate");
    const auto instant = instantFromSaml(xml::text(xml::need(next, kTsl, "dateTime")));
    if (!instant)
        throw Rifiutata(Motivo::Struttura, "l'elenco non dice quando viene il prossimo");
    return *instant;
}

std::string derFrom(std::string base64)
{
    std::erase_if(base64, [](char c) { return std::string_view(" \t\r\n").find(c) != std::string_view::npos; });
    const auto der = fromBase64(base64);
    if (!der)
        throw Rifiutata(Motivo::Struttura, "un certificato dell'elenco non si può leggere");
    return *der;
}

bool isOfCards(const xmlNode* information)
{
    const xmlNode* type = xml::need(information, kTsl, "ServiceTypeIdentifier");
    const xmlNode* status = xml::need(information, kTsl, "ServiceStatus");
    return xml::text(type) == kIdv && xml::text(status) == kRecognised;
}

void addFrom(xmlNode* information, std::vector<std::string>& all)
{
    xmlNode* identity = xml::need(information, kTsl, "ServiceDigitalIdentity");
    for (const xmlNode* certificate : xml::everywhere(identity, kTsl, "X509Certificate")) {
        std::string der = derFrom(xml::text(certificate));
        if (std::find(all.begin(), all.end(), der) == all.end())
            all.push_back(std::move(der));
    }
}

}

ElencoFiducia readElencoFiducia(const std::string& bytes, const std::string& certificati)
{
    const xml::Doc received = xml::parseFederazione(bytes);
    xml::checkTree(xml::root(received));
    const Firmato firmato = verifyXades(xml::root(received), eachOf(certificati));
    const xml::Doc doc = xml::parseFederazione(firmato.bytes);
    xmlNode* root = xml::root(doc);
    if (!xml::is(root, kTsl, "TrustServiceStatusList"))
        throw Rifiutata(Motivo::Struttura, "non è un elenco di fiducia");
    const xmlNode* scheme = xml::need(root, kTsl, "SchemeInformation");
    ElencoFiducia elenco;
    elenco.numero = numberOf(xml::text(xml::need(scheme, kTsl, "TSLSequenceNumber")));
    elenco.prossimo = nextOf(scheme);
    // A service's history, with what it once was, has another element.
    for (xmlNode* information : xml::everywhere(root, kTsl, "ServiceInformation")) {
        if (isOfCards(information))
            addFrom(information, elenco.autorita);
    }
    return elenco;
}

}
