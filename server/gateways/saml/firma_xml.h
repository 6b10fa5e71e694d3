#pragma once

#include "server/gateways/saml/chiave.h"

#include <libxml/tree.h>

#include <string>
#include <vector>

namespace sdc::gateways::saml {

/// What a signature covers: the bytes that were hashed, which alone may be believed, and the certificate (PEM) of the
/// key that made it.
struct Firmato
{
    std::string bytes;
    std::string certificato;
};

/// Signs an element that has an ID (rsa-sha256, enveloped), with the signature behind `previous`, or first where that
/// is null.
void sign(xmlNode* element, xmlNode* previous, const CoppiaChiave& chiave);

/// Checks the one signature of an element, which stands right behind its Issuer or, where `first`, before all else.
/// It must cover this element and nothing else, with no other algorithms than RSA with SHA-256, 384 or 512, and come
/// from one of these certificates, whatever it says itself. Throws Rifiutata(Firma).
Firmato verifySignature(xmlNode* element, const std::vector<std::string>& certificati, bool first = false);

/// The same of a whole document signed as ETSI's XAdES does: beside the document the signature covers its own
/// properties, and stands anywhere right below the root.
Firmato verifyXades(xmlNode* root, const std::vector<std::string>& certificati);

/// RSA with SHA-256 of bytes, as the Redirect binding signs.
std::string signBytes(const std::string& bytes, const std::string& chiave);
bool verifyBytes(const std::string& bytes, const std::string& algorithm, const std::string& signature,
                 const std::vector<std::string>& certificati);
inline constexpr const char* kRsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

}
