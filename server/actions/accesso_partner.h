#pragma once

#include "server/actions/tentativi.h"
#include "server/store/partner.h"

#include <string>

namespace sdc::actions {

/// What a partner's program brings to enter.
struct TentativoPartner
{
    std::string username;
    std::string password;
    /// The network that it comes from (http::networkOf).
    std::string rete;
};

/// The partner of the context's ente with this name and password. Throws Forbidden with the same words for an unknown
/// name, a wrong password and a disabled account; TooManyTries.
store::CredenzialiPartner loginPartner(Context& context, const TentativoPartner& tentativo);
/// Says in the log that the partner entered with one of its certificates.
void loginConCertificato(Context& context, const store::MostratoPartner& mostrato);

}
