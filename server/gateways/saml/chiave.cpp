#include "server/gateways/saml/chiave.h"

#include "core/base/error.h"
#include "server/gateways/saml/openssl.h"

#include <openssl/conf.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

namespace sdc::gateways::saml {
namespace {

constexpr unsigned kBits = 3072;

/// AgID's policies: its root, its certificates, public service providers; each with its name as a notice.
constexpr const char* kExtensions = R"(
[ext]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
certificatePolicies = @root, @cert, @pub
[root]
policyIdentifier = 1.3.76.16
userNotice.1 = @root_notice
[cert]
policyIdentifier = 1.3.76.16.6
userNotice.1 = @cert_notice
[pub]
policyIdentifier = 1.3.76.16.4.2.1
userNotice.1 = @pub_notice
[root_notice]
explicitText = UTF8:AgIDroot
[cert_notice]
explicitText = UTF8:agIDcert
[pub_notice]
explicitText = UTF8:cert_SP_Pub
)";

void add(X509_NAME* name, const char* oid, const std::string& value)
{
    const std::unique_ptr<ASN1_OBJECT, void (*)(ASN1_OBJECT*)> object{OBJ_txt2obj(oid, 1), &ASN1_OBJECT_free};
    const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
    const int size = static_cast<int>(value.size());
    if (value.empty() || X509_NAME_add_entry_by_OBJ(name, object.get(), MBSTRING_UTF8, bytes, size, -1, 0) != 1) {
        ERR_clear_error();
        throw Invalid("Il certificato non può contenere il valore \"" + value + "\".");
    }
}

void name(X509* certificate, const Intestatario& who)
{
    X509_NAME* subject = X509_get_subject_name(certificate);
    add(subject, "2.5.4.10", who.nome);
    add(subject, "2.5.4.3", who.nomeComune);
    add(subject, "2.5.4.83", who.entityId);             // uri
    add(subject, "2.5.4.97", "PA:IT-" + who.codiceIpa); // organizationIdentifier
    add(subject, "2.5.4.6", "IT");
    add(subject, "2.5.4.7", who.localita);
    check(X509_set_issuer_name(certificate, subject));
}

void number(X509* certificate)
{
    std::array<unsigned char, 16> random{};
    check(RAND_bytes(random.data(), static_cast<int>(random.size())));
    random[0] &= 0x7fU; // not negative
    const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> big{
        BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr), &BN_free};
    check(BN_to_ASN1_INTEGER(big.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void extend(X509* certificate)
{
    const Bio text{BIO_new_mem_buf(kExtensions, -1), &BIO_free_all};
    const std::unique_ptr<CONF, void (*)(CONF*)> conf{NCONF_new(nullptr), &NCONF_free};
    long line = 0;
    check(NCONF_load_bio(conf.get(), text.get(), &line));
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509V3_set_nconf(&context, conf.get());
    check(X509V3_EXT_add_nconf(conf.get(), &context, "ext", certificate));
}

std::string taken(const Bio& bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

}

CoppiaChiave makeCoppiaChiave(const Intestatario& intestatario, Instant now, std::chrono::days durata)
{
    if (intestatario.codiceIpa.empty())
        throw Invalid("Il certificato ha bisogno del codice IPA dell'ente.");
    const Key key{EVP_RSA_gen(kBits), &EVP_PKEY_free};
    const Certificate certificate{X509_new(), &X509_free};
    check(key && certificate);
    check(X509_set_version(certificate.get(), X509_VERSION_3));
    number(certificate.get());
    name(certificate.get(), intestatario);
    check(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now.time_since_epoch().count()) != nullptr);
    check(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), (now + durata).time_since_epoch().count()) != nullptr);
    check(X509_set_pubkey(certificate.get(), key.get()));
    extend(certificate.get());
    check(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    const Bio keyOut{BIO_new(BIO_s_mem()), &BIO_free_all};
    const Bio certificateOut{BIO_new(BIO_s_mem()), &BIO_free_all};
    check(PEM_write_bio_PrivateKey(keyOut.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr));
    check(PEM_write_bio_X509(certificateOut.get(), certificate.get()));
    return {taken(keyOut), taken(certificateOut)};
}

}
