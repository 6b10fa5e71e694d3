#pragma once

#include "core/base/error.h"
#include "server/actions/secondo_fattore.h"

namespace sdc::actions {

/// What an operator may do with the accounts of others only after showing, again, who they are: a session's token may
/// have been stolen, and so opens nobody else's account by itself.
class ServeConferma : public Forbidden
{
public:
    ServeConferma() : Forbidden("Per questa operazione conferma chi sei: scrivi di nuovo la tua password.") {}
};

/// That the operator of a session has just confirmed who they are. The program keeps it in its memory alone: who has
/// the session's token has not this.
struct ChiaveConferma
{
    std::string chiave;
    Instant scade;
};

/// Password, and code where there is a second factor, for a key of this session's that lasts five minutes. Throws
/// Forbidden, ServeCodice, TooManyTries: wrong ones count as logins that did not succeed.
ChiaveConferma confirmIdentita(Context& context, const Conferma& conferma);
/// Throws ServeConferma where the key is none of this session's, or is over.
void requireConferma(const Context& context, const std::string& chiave);

}
