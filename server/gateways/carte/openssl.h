#pragma once

#include "core/base/time.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What is seen of OpenSSL where certificates are read; only .cpp files of the gateways include this.
namespace sdc::gateways::carte {

using Certificato = std::unique_ptr<X509, decltype(&X509_free)>;
using Lista = std::unique_ptr<X509_CRL, decltype(&X509_CRL_free)>;
using Magazzino = std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)>;

/// Null where the bytes are none, or more than one.
Certificato certificatoFromDer(const std::string& der);
/// Nothing where it is no time.
std::optional<Instant> instantOf(const ASN1_TIME* time);
/// DER or PEM; null where the bytes are no list of revocations.
Lista listaFrom(const std::string& bytes);
/// The http addresses where a certificate says that its revocations are told.
std::vector<std::string> puntiDi(const X509* certificato);

}
