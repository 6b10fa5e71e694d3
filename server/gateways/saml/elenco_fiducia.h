#pragma once

#include "core/base/time.h"

#include <string>
#include <vector>

namespace sdc::gateways::saml {

/// What a trust list (ETSI TS 119 612) says of the authorities that issue cards for recognising citizens.
struct ElencoFiducia
{
    /// Grows with each list.
    long long numero = 0;
    /// When the next one comes at the latest.
    Instant prossimo;
    /// The certificates of the authorities recognised at national level, as DER.
    std::vector<std::string> autorita;
};

/// Reads a list: the key of one of these certificates (PEM, one behind the other) must have signed the whole of it.
/// Only what is signed is read. Throws Rifiutata.
ElencoFiducia readElencoFiducia(const std::string& bytes, const std::string& certificati);

}
