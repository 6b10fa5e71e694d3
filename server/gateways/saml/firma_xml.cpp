#include "server/gateways/saml/firma_xml.h"

#include "server/gateways/saml/openssl.h"
#include "server/gateways/saml/rifiutata.h"
#include "server/gateways/saml/xml.h"

#include <libxml/valid.h>
#include <xmlsec/crypto.h>
#include <xmlsec/templates.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include <algorithm>
#include <array>
#include <optional>

namespace sdc::gateways::saml {
namespace {

constexpr const char* kExclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr const char* kXades = "http://uri.etsi.org/01903/v1.3.2#";
constexpr const char* kEnveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

constexpr std::array<std::string_view, 3> kSignatures{kRsaSha256, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
                                                      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"};
constexpr std::array<std::string_view, 3> kDigests{"http://www.w3.org/2001/04/xmlenc#sha256",
                                                   "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                                   "http://www.w3.org/2001/04/xmlenc#sha512"};

using Context = std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)>;

const xmlChar* x(const std::string& text)
{
    return reinterpret_cast<const xmlChar*>(text.c_str());
}

[[noreturn]] void refuse(const std::string& reason)
{
    throw Rifiutata(Motivo::Firma, reason);
}

/// An ID that names one element alone, for as long as a signature is made or checked.
class KnownId
{
public:
    explicit KnownId(xmlNode* element, const char* name = "ID")
        : doc_(element->doc),
          attribute_(xmlHasNsProp(element, x(name), nullptr))
    {
        const std::string id = xml::attribute(element, name);
        if (id.empty() || xmlAddID(nullptr, doc_, x(id), attribute_) == nullptr)
            refuse("l'elemento firmato non ha un ID suo");
    }
    ~KnownId() { xmlRemoveID(doc_, attribute_); }
    KnownId(const KnownId&) = delete;
    KnownId& operator=(const KnownId&) = delete;

private:
    xmlDoc* doc_;
    xmlAttr* attribute_;
};

std::vector<xmlNode*> exactly(const xmlNode* parent, const std::vector<const char*>& names)
{
    auto nodes = xml::elements(parent);
    const bool fits = std::equal(nodes.begin(), nodes.end(), names.begin(), names.end(),
                                 [](const xmlNode* n, const char* name) { return xml::is(n, xml::kSignature, name); });
    // xmlsec reads attributes by their local names alone.
    const bool plain = std::none_of(nodes.begin(), nodes.end(), xml::hasForeignAttributes);
    if (!fits || !plain)
        refuse("la firma contiene elementi o attributi che non le servono, o gliene mancano");
    return nodes;
}

template <std::size_t N>
void checkAlgorithm(const xmlNode* node, const std::array<std::string_view, N>& allowed)
{
    const std::string algorithm = xml::attribute(node, "Algorithm");
    if (std::find(allowed.begin(), allowed.end(), algorithm) == allowed.end())
        refuse("la firma usa l'algoritmo " + algorithm.substr(0, 100) + ", che non è ammesso");
}

/// XML signatures can say much more than that one element is signed; only this is let in.
void checkShape(const xmlNode* signature, const std::string& id)
{
    auto names = std::vector<const char*>{"SignedInfo", "SignatureValue"};
    if (xml::child(signature, xml::kSignature, "KeyInfo") != nullptr)
        names.push_back("KeyInfo");
    const xmlNode* info = exactly(signature, names).front();
    const auto parts = exactly(info, {"CanonicalizationMethod", "SignatureMethod", "Reference"});
    checkAlgorithm(parts[0], std::array<std::string_view, 1>{kExclusive});
    checkAlgorithm(parts[1], kSignatures);
    if (xml::attribute(parts[2], "URI") != "#" + id)
        refuse("la firma riguarda un altro elemento");
    const auto reference = exactly(parts[2], {"Transforms", "DigestMethod", "DigestValue"});
    const auto transforms = exactly(reference[0], {"Transform", "Transform"});
    checkAlgorithm(transforms[0], std::array<std::string_view, 1>{kEnveloped});
    checkAlgorithm(transforms[1], std::array<std::string_view, 1>{kExclusive});
    checkAlgorithm(reference[1], kDigests);
}

/// The signature where it must stand; one elsewhere in the element is as bad as none.
xmlNode* signatureOf(const xmlNode* element, bool first)
{
    const auto all = xml::elements(element);
    const std::size_t place = first ? 0 : 1;
    const bool stands = all.size() > place && xml::is(all[place], xml::kSignature, "Signature") &&
                        (first || xml::is(all[0], xml::kAssertion, "Issuer"));
    if (!stands || xml::elements(element, xml::kSignature, "Signature").size() != 1)
        refuse("l'elemento " + std::string(xml::nameOf(element)) + " non è firmato");
    return all[place];
}

/// The bytes that were hashed for one of the references, where the key of this certificate made the signature.
std::optional<std::string> signedBytes(xmlNode* signature, const std::string& certificato, xmlSecSize references = 1,
                                       xmlSecSize wanted = 0)
{
    const Context context{xmlSecDSigCtxCreate(nullptr), &xmlSecDSigCtxDestroy};
    context->signKey = xmlSecCryptoAppKeyLoadMemory(reinterpret_cast<const xmlSecByte*>(certificato.data()),
                                                    static_cast<xmlSecSize>(certificato.size()),
                                                    xmlSecKeyDataFormatCertPem, nullptr, nullptr, nullptr);
    context->flags |= XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
    context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
    if (references > 1)
        context->enabledReferenceUris |= xmlSecTransformUriTypeEmpty;
    const bool done = context->signKey != nullptr && xmlSecDSigCtxVerify(context.get(), signature) == 0 &&
                      context->status == xmlSecDSigStatusSucceeded;
    ERR_clear_error();
    if (!done || xmlSecPtrListGetSize(&context->signedInfoReferences) != references)
        return std::nullopt;
    auto* reference =
        static_cast<xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(&context->signedInfoReferences, wanted));
    xmlSecBuffer* buffer = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
    if (buffer == nullptr)
        return std::nullopt;
    return std::string(reinterpret_cast<const char*>(xmlSecBufferGetData(buffer)), xmlSecBufferGetSize(buffer));
}

/// An empty signature of the element, in its place.
xmlNode* makeTemplate(xmlNode* element, xmlNode* previous)
{
    xmlNode* signature = xmlSecTmplSignatureCreateNsPref(element->doc, xmlSecTransformExclC14NId,
                                                         xmlSecTransformRsaSha256Id, nullptr, x("ds"));
    if (previous != nullptr)
        xmlAddNextSibling(previous, signature);
    else if (element->children != nullptr)
        xmlAddPrevSibling(element->children, signature);
    else
        xmlAddChild(element, signature);
    const std::string uri = "#" + xml::attribute(element, "ID");
    xmlNode* reference = xmlSecTmplSignatureAddReference(signature, xmlSecTransformSha256Id, nullptr, x(uri), nullptr);
    xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId);
    xmlSecTmplReferenceAddTransform(reference, xmlSecTransformExclC14NId);
    xmlNode* data = xmlSecTmplKeyInfoAddX509Data(xmlSecTmplSignatureEnsureKeyInfo(signature, nullptr));
    xmlSecTmplX509DataAddCertificate(data);
    return signature;
}

/// SignedInfo's references: of the document, and of the signature's own properties, in either order.
struct Xades
{
    xmlNode* properties = nullptr;
    xmlSecSize ofDocument = 0;
};

void checkTransforms(const xmlNode* reference, bool enveloped)
{
    const xmlNode* transforms = xml::child(reference, xml::kSignature, "Transforms");
    std::vector<std::string> all;
    if (transforms != nullptr) {
        for (const xmlNode* one : xml::elements(transforms))
            all.push_back(xml::attribute(one, "Algorithm"));
    }
    const bool canonical = !all.empty() && all.back() == kExclusive;
    const bool fits = enveloped ? canonical && all.size() == 2 && all.front() == kEnveloped
                                : all.empty() || (canonical && all.size() == 1);
    if (!fits)
        refuse("la firma trasforma quello che firma");
}

void checkReference(const xmlNode* reference, bool enveloped)
{
    checkTransforms(reference, enveloped);
    checkAlgorithm(xml::need(reference, xml::kSignature, "DigestMethod"), kDigests);
}

xmlNode* propertiesOf(xmlNode* signature, const std::string& uri)
{
    for (xmlNode* object : xml::elements(signature, xml::kSignature, "Object")) {
        for (xmlNode* node : xml::everywhere(object, kXades, "SignedProperties")) {
            if (uri == "#" + xml::attribute(node, "Id"))
                return node;
        }
    }
    refuse("la firma riguarda altro");
}

Xades xadesOf(xmlNode* signature, const std::string& rootId)
{
    const xmlNode* info = xml::need(signature, xml::kSignature, "SignedInfo");
    checkAlgorithm(xml::need(info, xml::kSignature, "CanonicalizationMethod"),
                   std::array<std::string_view, 1>{kExclusive});
    checkAlgorithm(xml::need(info, xml::kSignature, "SignatureMethod"), kSignatures);
    const auto references = xml::elements(info, xml::kSignature, "Reference");
    if (references.size() != 2)
        refuse("la firma non riguarda il documento e le sue proprietà");
    Xades xades;
    for (xmlSecSize i = 0; i < references.size(); ++i) {
        const std::string uri = xml::attribute(references[i], "URI");
        const bool whole = uri.empty() || (!rootId.empty() && uri == "#" + rootId);
        checkReference(references[i], whole);
        if (whole)
            xades.ofDocument = i;
        else
            xades.properties = propertiesOf(signature, uri);
    }
    if (xades.properties == nullptr)
        refuse("la firma non riguarda le sue proprietà");
    return xades;
}

const EVP_MD* digestOf(const std::string& algorithm)
{
    const std::array<const EVP_MD*, kSignatures.size()> digests{EVP_sha256(), EVP_sha384(), EVP_sha512()};
    const auto* found = std::find(kSignatures.begin(), kSignatures.end(), algorithm);
    return found == kSignatures.end() ? nullptr : digests.at(static_cast<std::size_t>(found - kSignatures.begin()));
}

using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* u(const std::string& bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}

void sign(xmlNode* element, xmlNode* previous, const CoppiaChiave& chiave)
{
    xml::start();
    const KnownId id(element);
    xmlNode* signature = makeTemplate(element, previous);
    const Context context{xmlSecDSigCtxCreate(nullptr), &xmlSecDSigCtxDestroy};
    const auto bytes = [](const std::string& pem) { return reinterpret_cast<const xmlSecByte*>(pem.data()); };
    context->signKey = xmlSecCryptoAppKeyLoadMemory(bytes(chiave.chiave), static_cast<xmlSecSize>(chiave.chiave.size()),
                                                    xmlSecKeyDataFormatPem, nullptr, nullptr, nullptr);
    check(context->signKey != nullptr);
    check(xmlSecCryptoAppKeyCertLoadMemory(context->signKey, bytes(chiave.certificato),
                                           static_cast<xmlSecSize>(chiave.certificato.size()),
                                           xmlSecKeyDataFormatPem) == 0);
    check(xmlSecDSigCtxSign(context.get(), signature) == 0);
}

Firmato verifySignature(xmlNode* element, const std::vector<std::string>& certificati, bool first)
{
    xml::start();
    xmlNode* signature = signatureOf(element, first);
    checkShape(signature, xml::attribute(element, "ID"));
    const KnownId id(element);
    for (const std::string& certificato : certificati) {
        if (auto bytes = signedBytes(signature, certificato))
            return {*std::move(bytes), certificato};
    }
    refuse("la firma dell'elemento " + std::string(xml::nameOf(element)) + " non è valida");
}

Firmato verifyXades(xmlNode* root, const std::vector<std::string>& certificati)
{
    xml::start();
    const auto signatures = xml::elements(root, xml::kSignature, "Signature");
    if (signatures.size() != 1 || xml::everywhere(root, xml::kSignature, "Signature").size() != 1)
        refuse("il documento non ha una firma sola");
    const std::string rootId = xml::attribute(root, "Id");
    const Xades xades = xadesOf(signatures.front(), rootId);
    const KnownId ofProperties(xades.properties, "Id");
    std::optional<KnownId> ofRoot;
    if (!rootId.empty())
        ofRoot.emplace(root, "Id");
    for (const std::string& certificato : certificati) {
        if (auto bytes = signedBytes(signatures.front(), certificato, 2, xades.ofDocument))
            return {*std::move(bytes), certificato};
    }
    refuse("la firma dell'elenco non è valida");
}

std::string signBytes(const std::string& bytes, const std::string& chiave)
{
    const Bio pem = memory(chiave);
    const Key key{PEM_read_bio_PrivateKey(pem.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
    const Digest context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    check(key != nullptr);
    check(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()));
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())), '\0');
    std::size_t size = signature.size();
    check(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, u(bytes),
                         bytes.size()));
    signature.resize(size);
    return signature;
}

bool verifyBytes(const std::string& bytes, const std::string& algorithm, const std::string& signature,
                 const std::vector<std::string>& certificati)
{
    const EVP_MD* digest = digestOf(algorithm);
    for (const std::string& certificato : certificati) {
        const Certificate certificate = certificateFromPem(certificato);
        const Digest context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
        const bool fits =
            digest != nullptr && certificate &&
            EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, X509_get0_pubkey(certificate.get())) == 1 &&
            EVP_DigestVerify(context.get(), u(signature), signature.size(), u(bytes), bytes.size()) == 1;
        ERR_clear_error();
        if (fits)
            return true;
    }
    return false;
}

}
