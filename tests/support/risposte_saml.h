#pragma once

#include "core/base/time.h"
#include "server/gateways/saml/chiave.h"

#include <map>
#include <optional>
#include <string>

namespace sdc::tests {

/// An identity provider's answer, as its templates are filled in.
struct RispostaIdp
{
    std::string issuer;
    std::string acs;
    std::string audience;
    std::string inResponseTo;
    Instant ora;
    std::string id = "_risposta-1";
    std::string assertionId = "_asserzione-1";
    std::string nameId = "_persona-1";
    std::string sessionIndex = "_sessione-1";
    std::string livello = "https://www.spid.gov.it/SpidL2";
    std::map<std::string, std::string> attributi;
    /// SPID's number of an error: then there is no assertion.
    std::optional<int> errore;
    bool formatOfIssuer = true; ///< CIE leaves it out in the assertion
};

/// An identity provider's metadata, unsigned; its logout takes both bindings.
std::string idpMetadata(const std::string& entityId, const std::string& nome, const std::string& sso,
                        const std::string& slo, const std::string& certificato);
/// Signs the element with this tag, behind its Issuer or, where it has none, before all else.
std::string signElement(const std::string& xml, const std::string& tag, const gateways::saml::CoppiaChiave& chiave);

/// The answer before it is signed.
std::string unsignedXml(const RispostaIdp& risposta);

/// With what an answer is signed; a good one has these.
struct AlgoritmiFirma
{
    std::string firma = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    std::string impronta = "http://www.w3.org/2001/04/xmlenc#sha256";
    std::string forma = "http://www.w3.org/2001/10/xml-exc-c14n#";
    bool response = true;
    bool assertion = true;
};

/// Signs the assertion, where there is one, and then the response around it: with xmlsec alone, none of our own code.
std::string signXml(const std::string& xml, const gateways::saml::CoppiaChiave& chiave,
                    const AlgoritmiFirma& algoritmi = {});
/// The same, with another key for the assertion.
std::string signXml(const std::string& xml, const gateways::saml::CoppiaChiave& response,
                    const gateways::saml::CoppiaChiave& assertion, const AlgoritmiFirma& algoritmi);

}
