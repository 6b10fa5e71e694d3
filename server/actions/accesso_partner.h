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

/// The name under which a partner's tries are counted: no operator's has a colon, so the two are never taken for one.
std::string nomeAccesso(const std::string& username);

/// The partner of the context's ente with this name and password. Throws Forbidden with the same words for an unknown
/// name, a wrong password and a disabled account; TooManyTries.
store::CredenzialiPartner loginPartner(Context& context, const TentativoPartner& tentativo);
/// Says in the log that the partner entered with one of its certificates, or that it did not, and why.
void loginConCertificato(Context& context, const store::MostratoPartner& mostrato);
void refuseCertificato(Context& context, const store::MostratoPartner& mostrato, const std::string& why);

}
