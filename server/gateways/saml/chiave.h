#pragma once

#include "core/base/time.h"

#include <string>

namespace sdc::gateways::saml {

/// The key of one side and its certificate, both in PEM.
struct CoppiaChiave
{
    std::string chiave;
    std::string certificato;
};

/// Whom a service provider's certificate names.
struct Intestatario
{
    std::string entityId;
    std::string nome;       ///< of the ente
    std::string nomeComune; ///< what the certificate is for: "stanza.comune.rovereto.tn.it"
    std::string localita;
    std::string codiceIpa;
};

/// A new key (RSA of 3072 bits) and a certificate signed by itself, with AgID's profile for public service providers
/// (Avviso SPID 29). Throws Invalid where a field is empty or longer than a certificate takes.
CoppiaChiave makeCoppiaChiave(const Intestatario& intestatario, Instant now, std::chrono::days durata);

}
