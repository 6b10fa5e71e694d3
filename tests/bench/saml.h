#pragma once

namespace sdc::bench {

/// What a login by SAML costs, in milliseconds of CPU.
struct CostoSaml
{
    double richiesta = 0;
    double accettata = 0;
    double rifiutata = 0; ///< signed by somebody else
};

CostoSaml measureSaml(int giri);

}
