#include "server/gateways/saml/trasporto.h"

#include "server/gateways/saml/codifica.h"

#include <algorithm>
#include <map>

namespace sdc::gateways::saml {
namespace {

/// Ten times what a real message has, before base64.
constexpr std::size_t kLargestMessage = 256UL * 1024;
constexpr std::size_t kLargestEncoded = 384UL * 1024;

const char* fieldOf(Verso verso)
{
    return verso == Verso::Richiesta ? "SAMLRequest" : "SAMLResponse";
}

[[noreturn]] void refuse(const char* reason)
{
    throw Rifiutata(Motivo::Formato, reason);
}

Invio wrapInAddress(const xml::Doc& doc, const Busta& busta, const std::string& chiave)
{
    const std::string& address = busta.indirizzo;
    const std::string xml = xml::bytes(doc);
    std::string query = std::string(fieldOf(busta.verso)) + "=" + urlEncode(toBase64(deflate(xml)));
    if (!busta.relayState.empty())
        query += "&RelayState=" + urlEncode(busta.relayState);
    query += "&SigAlg=" + urlEncode(kRsaSha256);
    query += "&Signature=" + urlEncode(toBase64(signBytes(query, chiave)));
    return {Binding::Redirect, address + (address.find('?') == std::string::npos ? "?" : "&") + query, {}, xml};
}

/// The parameters as they came, still encoded; one that comes twice could be read in two ways.
std::map<std::string, std::string> rawParameters(const std::string& query)
{
    std::map<std::string, std::string> all;
    for (std::size_t at = 0; at < query.size();) {
        const std::size_t end = std::min(query.find('&', at), query.size());
        const std::string pair = query.substr(at, end - at);
        const std::size_t equal = std::min(pair.find('='), pair.size());
        if (!all.emplace(pair.substr(0, equal), equal < pair.size() ? pair.substr(equal + 1) : "").second)
            refuse("un parametro compare due volte");
        at = end + 1;
    }
    return all;
}

std::string decoded(const std::string& raw)
{
    const auto value = urlDecode(raw);
    if (!value)
        refuse("un parametro non è codificato come si deve");
    return *value;
}

Aperto unwrapAddress(const std::string& query, Verso verso)
{
    auto raw = rawParameters(query);
    const auto deflated = fromBase64(decoded(raw[fieldOf(verso)]));
    const auto xml = deflated ? inflate(*deflated, kLargestMessage) : std::nullopt;
    if (!xml)
        refuse("non è un messaggio compresso leggibile");
    Aperto aperto;
    aperto.coperto = std::string(fieldOf(verso)) + "=" + raw[fieldOf(verso)];
    if (raw.contains("RelayState"))
        aperto.coperto += "&RelayState=" + raw["RelayState"];
    aperto.coperto += "&SigAlg=" + raw["SigAlg"];
    aperto.relayState = decoded(raw["RelayState"]);
    aperto.algoritmo = decoded(raw["SigAlg"]);
    aperto.firma = fromBase64(decoded(raw["Signature"])).value_or("");
    aperto.doc = xml::parse(*xml);
    aperto.xml = *xml;
    xml::checkTree(xml::root(aperto.doc));
    return aperto;
}

}

Invio wrap(const xml::Doc& doc, const Busta& busta, const CoppiaChiave& chiave)
{
    if (busta.binding == Binding::Redirect)
        return wrapInAddress(doc, busta, chiave.chiave);
    xmlNode* root = xml::root(doc);
    sign(root, root->children, chiave);
    const std::string xml = xml::bytes(doc);
    Invio invio{Binding::Post, busta.indirizzo, {{fieldOf(busta.verso), toBase64(xml)}}, xml};
    if (!busta.relayState.empty())
        invio.campi.emplace_back("RelayState", busta.relayState);
    return invio;
}

Aperto unwrap(const Ricevuto& ricevuto, Verso verso)
{
    if (ricevuto.messaggio.size() > kLargestEncoded || ricevuto.query.size() > kLargestEncoded)
        refuse("è troppo grande");
    if (ricevuto.binding == Binding::Redirect)
        return unwrapAddress(ricevuto.query, verso);
    auto xml = fromBase64(ricevuto.messaggio);
    if (!xml)
        refuse("non è base64");
    Aperto aperto;
    aperto.doc = xml::parse(*xml);
    aperto.xml = *std::move(xml);
    aperto.relayState = ricevuto.relayState;
    xml::checkTree(xml::root(aperto.doc));
    return aperto;
}

xml::Doc verified(const Aperto& aperto, Binding binding, const std::vector<std::string>& certificati)
{
    if (binding == Binding::Post)
        return xml::parse(verifySignature(xml::root(aperto.doc), certificati).bytes);
    if (!verifyBytes(aperto.coperto, aperto.algoritmo, aperto.firma, certificati))
        throw Rifiutata(Motivo::Firma, "la firma dell'indirizzo non è valida");
    return xml::parse(aperto.xml);
}

xml::Doc makeMessage(const Testata& testata)
{
    xml::Doc doc = xml::make("samlp", testata.nome, {{"samlp", xml::kProtocol}, {"saml", xml::kAssertion}});
    xmlNode* root = xml::root(doc);
    xml::set(root, "ID", testata.id);
    xml::set(root, "Version", "2.0");
    xml::set(root, "IssueInstant", toIso(testata.ora));
    xml::set(root, "Destination", testata.destinazione);
    xmlNode* issuer = xml::add(root, "saml", "Issuer", testata.emittente);
    xml::set(issuer, "Format", xml::kEntity);
    xml::set(issuer, "NameQualifier", testata.emittente);
    return doc;
}

void checkIssuer(const xmlNode* message, const ProviderSpid& provider)
{
    const xmlNode* issuer = xml::need(message, xml::kAssertion, "Issuer");
    if (xml::text(issuer) != provider.entityId)
        throw Rifiutata(Motivo::Emittente, "viene da un provider diverso da " + provider.entityId);
    if (xml::hasAttribute(issuer, "Format") && xml::attribute(issuer, "Format") != xml::kEntity)
        throw Rifiutata(Motivo::Emittente, "il Format dell'Issuer non è quello previsto");
}

void checkHeader(const xmlNode* message, const ProviderSpid& provider, const std::string& address, Instant since,
                 Instant now)
{
    if (xml::attribute(message, "ID").empty() || xml::attribute(message, "Version") != "2.0")
        throw Rifiutata(Motivo::Struttura, "manca l'ID, o la versione non è la 2.0");
    checkIssuer(message, provider);
    if (xml::attribute(message, "Destination") != address)
        throw Rifiutata(Motivo::Destinatario, "è destinata a un altro indirizzo");
    const auto issued = instantFromSaml(xml::attribute(message, "IssueInstant"));
    if (!issued || *issued < since - kSkew || *issued > now + kSkew)
        throw Rifiutata(Motivo::Tempi, "l'IssueInstant manca o è fuori dal tempo ammesso");
}

}
