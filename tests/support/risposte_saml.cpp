#include "tests/support/risposte_saml.h"

#include "server/gateways/saml/xml.h"

#include <libxml/parser.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

#include <memory>
#include <stdexcept>

namespace sdc::tests {
namespace {

using gateways::saml::CoppiaChiave;

std::string escaped(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string attributesOf(const RispostaIdp& r)
{
    std::string all;
    for (const auto& [name, value] : r.attributi) {
        all += R"(<saml:Attribute Name=")" + name + R"("><saml:AttributeValue xsi:type="xs:string">)" + escaped(value) +
               "</saml:AttributeValue></saml:Attribute>";
    }
    return all;
}

std::string issuerOf(const RispostaIdp& r, bool format)
{
    return "<saml:Issuer" + std::string(format ? R"( Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity")" : "") +
           ">" + escaped(r.issuer) + "</saml:Issuer>";
}

std::string assertionOf(const RispostaIdp& r)
{
    const std::string now = toIso(r.ora);
    const std::string end = toIso(r.ora + std::chrono::minutes{5});
    return R"(<saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID=")" +
           r.assertionId + R"(" IssueInstant=")" + now + R"(" Version="2.0">)" + issuerOf(r, r.formatOfIssuer) +
           R"(<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier=")" +
           escaped(r.issuer) + R"(">)" + r.nameId +
           R"(</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo=")" +
           escaped(r.inResponseTo) + R"(" NotOnOrAfter=")" + end + R"(" Recipient=")" + escaped(r.acs) +
           R"("/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore=")" + now +
           R"(" NotOnOrAfter=")" + end + R"("><saml:AudienceRestriction><saml:Audience>)" + escaped(r.audience) +
           R"(</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant=")" + now +
           R"(" SessionIndex=")" + r.sessionIndex + R"("><saml:AuthnContext><saml:AuthnContextClassRef>)" + r.livello +
           "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>" +
           attributesOf(r) + "</saml:AttributeStatement></saml:Assertion>";
}

std::string statusOf(const RispostaIdp& r)
{
    if (!r.errore)
        return R"(<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>)";
    return R"(<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode><samlp:StatusMessage>ErrorCode nr)" +
           std::to_string(*r.errore) + "</samlp:StatusMessage></samlp:Status>";
}

/// An unsigned signature as text, of an element with this ID.
std::string signatureFor(const std::string& id, const AlgoritmiFirma& a)
{
    return R"(<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=")" +
           a.forma + R"("/><ds:SignatureMethod Algorithm=")" + a.firma + R"("/><ds:Reference URI="#)" + id +
           R"("><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm=")" +
           a.forma + R"("/></ds:Transforms><ds:DigestMethod Algorithm=")" + a.impronta +
           R"("/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>)";
}

void check(bool done)
{
    if (!done)
        throw std::runtime_error("la risposta di prova non si lascia firmare");
}

xmlSecKey* keyFrom(const CoppiaChiave& chiave, bool hmac)
{
    const auto* bytes = reinterpret_cast<const xmlSecByte*>(chiave.chiave.data());
    const auto* certificate = reinterpret_cast<const xmlSecByte*>(chiave.certificato.data());
    const auto size = static_cast<xmlSecSize>(chiave.certificato.size());
    if (hmac)
        return xmlSecKeyReadMemory(xmlSecKeyDataHmacId, certificate, size);
    xmlSecKey* key = xmlSecCryptoAppKeyLoadMemory(bytes, static_cast<xmlSecSize>(chiave.chiave.size()),
                                                  xmlSecKeyDataFormatPem, nullptr, nullptr, nullptr);
    check(key != nullptr && xmlSecCryptoAppKeyCertLoadMemory(key, certificate, size, xmlSecKeyDataFormatPem) == 0);
    return key;
}

/// Signs the signature template that stands in the text behind the first Issuer of the element with this ID.
void signElement(std::string& xml, const std::string& tag, const CoppiaChiave& chiave, const AlgoritmiFirma& a)
{
    const std::size_t begin = xml.find("<" + tag + " ");
    const std::size_t idAt = xml.find(" ID=\"", begin) + 5;
    const std::string id = xml.substr(idAt, xml.find('"', idAt) - idAt);
    constexpr std::string_view kIssuerEnd = "</saml:Issuer>";
    const std::size_t issuerEnd = xml.find(kIssuerEnd, begin);
    const std::size_t tagEnd = xml.find('>', begin) + 1;
    const std::string signature = signatureFor(id, a);
    xml.insert(issuerEnd == std::string::npos ? tagEnd : issuerEnd + kIssuerEnd.size(), signature);
    const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> doc{
        xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8", XML_PARSE_NONET), &xmlFreeDoc};
    check(doc != nullptr);
    const xmlChar* ids[] = {reinterpret_cast<const xmlChar*>("ID"), nullptr};
    xmlSecAddIDs(doc.get(), xmlDocGetRootElement(doc.get()), ids);
    // The assertion is signed first, so that its signature is still the only one.
    xmlNode* node = xmlSecFindNode(xmlDocGetRootElement(doc.get()), xmlSecNodeSignature, xmlSecDSigNs);
    const std::unique_ptr<xmlSecDSigCtx, void (*)(xmlSecDSigCtx*)> context{xmlSecDSigCtxCreate(nullptr),
                                                                           &xmlSecDSigCtxDestroy};
    context->signKey = keyFrom(chiave, a.firma.find("hmac") != std::string::npos);
    check(node != nullptr && xmlSecDSigCtxSign(context.get(), node) == 0);
    xmlChar* memory = nullptr;
    int size = 0;
    xmlDocDumpMemoryEnc(doc.get(), &memory, &size, "UTF-8");
    xml.assign(reinterpret_cast<const char*>(memory), static_cast<std::size_t>(size));
    xmlFree(memory);
}

}

std::string idpMetadata(const std::string& entityId, const std::string& nome, const std::string& sso,
                        const std::string& slo, const std::string& certificato)
{
    const std::size_t begin = certificato.find('\n') + 1;
    const std::string body = certificato.substr(begin, certificato.find("-----END") - begin);
    const auto endpoint = [](const char* name, const char* binding, const std::string& address) {
        return "<md:" + std::string(name) + R"( Binding="urn:oasis:names:tc:SAML:2.0:bindings:)" + binding +
               R"(" Location=")" + address + R"("/>)";
    };
    return R"(<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID=")" + entityId +
           R"("><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>)" +
           body + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>" +
           endpoint("SingleLogoutService", "HTTP-Redirect", slo) + endpoint("SingleLogoutService", "HTTP-POST", slo) +
           "<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>" +
           endpoint("SingleSignOnService", "HTTP-Redirect", sso) + endpoint("SingleSignOnService", "HTTP-POST", sso) +
           R"(</md:IDPSSODescriptor><md:Organization><md:OrganizationName xml:lang="en">)" + nome +
           R"( in English</md:OrganizationName><md:OrganizationName xml:lang="it">)" + nome +
           R"(</md:OrganizationName><md:OrganizationDisplayName xml:lang="it">)" + nome +
           R"(</md:OrganizationDisplayName><md:OrganizationURL xml:lang="it">)" + sso +
           "</md:OrganizationURL></md:Organization></md:EntityDescriptor>";
}

std::string signElement(const std::string& xml, const std::string& tag, const CoppiaChiave& chiave)
{
    gateways::saml::xml::start();
    std::string signed_ = xml;
    signElement(signed_, tag, chiave, AlgoritmiFirma{});
    return signed_;
}

std::string unsignedXml(const RispostaIdp& r)
{
    return R"(<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID=")" +
           r.id + R"(" Version="2.0" IssueInstant=")" + toIso(r.ora) + R"(" InResponseTo=")" + escaped(r.inResponseTo) +
           R"(" Destination=")" + escaped(r.acs) + R"(">)" + issuerOf(r, true) + statusOf(r) +
           (r.errore ? "" : assertionOf(r)) + "</samlp:Response>";
}

std::string signXml(const std::string& xml, const CoppiaChiave& chiave, const AlgoritmiFirma& algoritmi)
{
    return signXml(xml, chiave, chiave, algoritmi);
}

std::string signXml(const std::string& xml, const CoppiaChiave& response, const CoppiaChiave& assertion,
                    const AlgoritmiFirma& algoritmi)
{
    gateways::saml::xml::start();
    std::string signed_ = xml;
    if (algoritmi.assertion && xml.find("<saml:Assertion ") != std::string::npos)
        signElement(signed_, "saml:Assertion", assertion, algoritmi);
    if (algoritmi.response)
        signElement(signed_, "samlp:Response", response, algoritmi);
    return signed_;
}

}
