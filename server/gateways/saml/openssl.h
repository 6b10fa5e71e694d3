#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>
#include <string>

/// What the room sees of OpenSSL's memory; only its own .cpp files include this.
namespace sdc::gateways::saml {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

inline void check(bool done)
{
    if (done)
        return;
    ERR_clear_error();
    throw std::runtime_error("OpenSSL non riesce a lavorare con una chiave o con un certificato");
}

inline void check(int done)
{
    check(done == 1);
}

inline Bio memory(const std::string& bytes)
{
    return {BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), &BIO_free_all};
}

/// Null where the text is no certificate.
inline Certificate certificateFromPem(const std::string& pem)
{
    Certificate certificate{PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr), &X509_free};
    ERR_clear_error();
    return certificate;
}

}
