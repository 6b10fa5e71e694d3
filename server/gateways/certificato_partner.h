#pragma once

#include "core/ente/partner.h"

#include <string>

namespace sdc::gateways {

/// Reads the first certificate of a PEM file that a partner gave: it may come from any authority, or none, since it is
/// known by its fingerprint. Throws Invalid where it is none, is not made for clients, or its key is too short.
CertificatoPartner readCertificatoPartner(const std::string& pem);

}
