#include "server/gateways/certificato_partner.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/gateways/carte/openssl.h"
#include "server/secrets/token.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <algorithm>

namespace sdc::gateways {
namespace {

using carte::Certificato;
using Memoria = std::unique_ptr<BIO, decltype(&BIO_free)>;

/// As NIST SP 800-57 measures strength: RSA of 2048 bits, curves of 224.
constexpr int kSecurityBits = 112;
constexpr std::size_t kLongestSoggetto = 300;

Certificato certificatoFromPem(const std::string& pem)
{
    const Memoria memory{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
    Certificato certificate{PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), &X509_free};
    ERR_clear_error();
    if (!certificate)
        throw Invalid("Il file non è un certificato PEM.");
    return certificate;
}

std::string derOf(X509* certificate)
{
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    if (size < 0)
        throw Invalid("Il certificato non si può leggere.");
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

/// "CN=giscom.example,O=Esempio": RFC 2253, in UTF-8.
std::string soggettoOf(const X509* certificate)
{
    const Memoria memory{BIO_new(BIO_s_mem()), &BIO_free};
    X509_NAME_print_ex(memory.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    std::string soggetto(text, static_cast<std::size_t>(std::max(size, 0L)));
    return soggetto.size() <= kLongestSoggetto && isCleanUtf8(soggetto) ? soggetto : std::string{};
}

/// A use that it does not name is not forbidden, here: partners have what their authority gives them.
void checkUse(X509* certificate)
{
    if (X509_check_purpose(certificate, X509_PURPOSE_SSL_CLIENT, 0) != 1)
        throw Invalid("Il certificato non è fatto per farsi riconoscere da un server (clientAuth).");
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr || EVP_PKEY_get_security_bits(key) < kSecurityBits)
        throw Invalid("La chiave del certificato è troppo corta: servono almeno 2048 bit RSA, o 224 di una curva.");
}

}

CertificatoPartner readCertificatoPartner(const std::string& pem)
{
    const Certificato certificate = certificatoFromPem(pem);
    checkUse(certificate.get());
    const auto da = carte::instantOf(X509_get0_notBefore(certificate.get()));
    const auto scade = carte::instantOf(X509_get0_notAfter(certificate.get()));
    if (!da || !scade)
        throw Invalid("Il certificato non dice quando vale.");
    return {secrets::hashOf(derOf(certificate.get())), soggettoOf(certificate.get()), *da, *scade};
}

}
