#include "tests/support/autorita_carte.h"

#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace sdc::tests {
namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Cert = std::unique_ptr<X509, void (*)(X509*)>;
using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

void need(bool done)
{
    if (!done)
        throw std::runtime_error("OpenSSL cannot make a certificate");
}

Bio memory()
{
    return {BIO_new(BIO_s_mem()), &BIO_free};
}

Bio memoryOf(const std::string& text)
{
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

std::string taken(const Bio& bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pemOf(X509* certificate)
{
    const Bio bio = memory();
    need(PEM_write_bio_X509(bio.get(), certificate) == 1);
    return taken(bio);
}

std::string pemOf(EVP_PKEY* key)
{
    const Bio bio = memory();
    need(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return taken(bio);
}

Cert certificateFrom(const std::string& pem)
{
    Cert certificate{PEM_read_bio_X509(memoryOf(pem).get(), nullptr, nullptr, nullptr), &X509_free};
    need(certificate != nullptr);
    return certificate;
}

Key keyFrom(const std::string& pem)
{
    Key key{PEM_read_bio_PrivateKey(memoryOf(pem).get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
    need(key != nullptr);
    return key;
}

void add(X509_NAME* name, const char* field, const std::string& value)
{
    need(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1);
}

struct Estensione
{
    int nid;
    std::string value;
};

void extend(X509* certificate, X509* issuer, const std::vector<Estensione>& estensioni)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    // Policies want to know where their notices would be.
    const std::unique_ptr<CONF, void (*)(CONF*)> empty{NCONF_new(nullptr), &NCONF_free};
    X509V3_set_nconf(&context, empty.get());
    for (const auto& [nid, value] : estensioni) {
        const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension{
            X509V3_EXT_nconf_nid(empty.get(), &context, nid, value.c_str()), &X509_EXTENSION_free};
        need(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
    }
}

Cert begin(EVP_PKEY* key, Instant da, Instant fino)
{
    Cert certificate{X509_new(), &X509_free};
    std::uint64_t serial = 0;
    need(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    need(X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1U) == 1 &&
         ASN1_TIME_set(X509_getm_notBefore(certificate.get()), da.time_since_epoch().count()) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate.get()), fino.time_since_epoch().count()) != nullptr &&
         X509_set_pubkey(certificate.get(), key) == 1);
    return certificate;
}

Key newKey()
{
    return {EVP_RSA_gen(2048), &EVP_PKEY_free};
}

}

AutoritaCarte::AutoritaCarte(const std::string& nome, Instant now)
    : key_(newKey()),
      certificate_(begin(key_.get(), now - std::chrono::days{365}, now + std::chrono::days{10950}))
{
    X509_NAME* name = X509_get_subject_name(certificate_.get());
    add(name, "C", "IT");
    add(name, "O", "Prova");
    add(name, "CN", nome);
    need(X509_set_issuer_name(certificate_.get(), name) == 1);
    extend(certificate_.get(), certificate_.get(),
           {{NID_basic_constraints, "critical,CA:TRUE"},
            {NID_key_usage, "critical,keyCertSign,cRLSign"},
            {NID_subject_key_identifier, "hash"}});
    need(X509_sign(certificate_.get(), key_.get(), EVP_sha256()) > 0);
}

AutoritaCarte::AutoritaCarte(const CoppiaPem& coppia)
    : key_(keyFrom(coppia.chiave)),
      certificate_(certificateFrom(coppia.certificato))
{
}

AutoritaCarte::~AutoritaCarte() = default;

std::string AutoritaCarte::certificato() const
{
    return pemOf(certificate_.get());
}

CoppiaPem AutoritaCarte::pem() const
{
    return {certificato(), pemOf(key_.get())};
}

CoppiaPem AutoritaCarte::issue(const Tessera& tessera) const
{
    const Key key = newKey();
    const Cert certificate = begin(key.get(), tessera.da, tessera.fino);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    add(name, "C", "IT");
    add(name, "O", "Prova");
    for (const std::string& nomeComune : tessera.nomiComuni)
        add(name, "CN", nomeComune);
    add(name, "GN", tessera.nome);
    add(name, "SN", tessera.cognome);
    need(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get())) == 1);
    std::vector<Estensione> all{{NID_basic_constraints, "critical,CA:FALSE"},
                                {NID_key_usage, "critical,digitalSignature"},
                                {NID_authority_key_identifier, "keyid"}};
    if (!tessera.policy.empty())
        all.push_back({NID_certificate_policies, tessera.policy});
    if (!tessera.uso.empty())
        all.push_back({NID_ext_key_usage, tessera.uso});
    if (!tessera.revoche.empty())
        all.push_back({NID_crl_distribution_points, "URI:" + tessera.revoche});
    extend(certificate.get(), certificate_.get(), all);
    need(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0);
    return {pemOf(certificate.get()), pemOf(key.get())};
}

CoppiaPem AutoritaCarte::issueServer(Instant da, Instant fino) const
{
    const Key key = newKey();
    const Cert certificate = begin(key.get(), da, fino);
    add(X509_get_subject_name(certificate.get()), "CN", "localhost");
    need(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get())) == 1);
    extend(certificate.get(), certificate_.get(),
           {{NID_basic_constraints, "critical,CA:FALSE"},
            {NID_key_usage, "critical,digitalSignature,keyEncipherment"},
            {NID_ext_key_usage, "serverAuth"},
            {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"}});
    need(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0);
    return {pemOf(certificate.get()), pemOf(key.get())};
}

std::string AutoritaCarte::revoche(const std::vector<std::string>& revocati, Instant fatta, Instant prossima) const
{
    const std::unique_ptr<X509_CRL, void (*)(X509_CRL*)> lista{X509_CRL_new(), &X509_CRL_free};
    const std::unique_ptr<ASN1_TIME, void (*)(ASN1_TIME*)> when{
        ASN1_TIME_set(nullptr, fatta.time_since_epoch().count()), &ASN1_TIME_free};
    const std::unique_ptr<ASN1_TIME, void (*)(ASN1_TIME*)> next{
        ASN1_TIME_set(nullptr, prossima.time_since_epoch().count()), &ASN1_TIME_free};
    need(X509_CRL_set_version(lista.get(), X509_CRL_VERSION_2) == 1 &&
         X509_CRL_set_issuer_name(lista.get(), X509_get_subject_name(certificate_.get())) == 1 &&
         X509_CRL_set1_lastUpdate(lista.get(), when.get()) == 1 &&
         X509_CRL_set1_nextUpdate(lista.get(), next.get()) == 1);
    for (const std::string& pem : revocati) {
        X509_REVOKED* revoked = X509_REVOKED_new();
        need(X509_REVOKED_set_serialNumber(revoked, X509_get_serialNumber(certificateFrom(pem).get())) == 1 &&
             X509_REVOKED_set_revocationDate(revoked, when.get()) == 1 &&
             X509_CRL_add0_revoked(lista.get(), revoked) == 1);
    }
    X509_CRL_sort(lista.get());
    need(X509_CRL_sign(lista.get(), key_.get(), EVP_sha256()) > 0);
    const Bio bio = memory();
    need(i2d_X509_CRL_bio(bio.get(), lista.get()) == 1);
    return taken(bio);
}

std::string pkcs12Of(const CoppiaPem& coppia, const std::string& autorita, const std::string& password)
{
    const Cert certificate = certificateFrom(coppia.certificato);
    const Cert authority = certificateFrom(autorita);
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> chain{sk_X509_new_null(),
                                                                           [](STACK_OF(X509) * s) { sk_X509_free(s); }};
    sk_X509_push(chain.get(), authority.get());
    const std::unique_ptr<PKCS12, void (*)(PKCS12*)> bag{PKCS12_create(password.c_str(), "Carta di prova",
                                                                       keyFrom(coppia.chiave).get(), certificate.get(),
                                                                       chain.get(), 0, 0, 0, 0, 0),
                                                         &PKCS12_free};
    const Bio bio = memory();
    need(bag && i2d_PKCS12_bio(bio.get(), bag.get()) == 1);
    return taken(bio);
}

}
