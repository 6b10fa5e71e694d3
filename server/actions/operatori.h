#pragma once

#include "server/context.h"

namespace sdc::actions {

// What administrators do with the accounts of the ente. Each throws Forbidden where who asks is no administrator any
// more, NotFound where there is no such account. What could give an account to somebody else asks for the `chiave` of
// confirmIdentita, and throws ServeConferma without it; taking an account's access away is never held up.

/// A new account, without a password: its owner sets one by the link that is mailed to them. Throws Invalid.
Operatore createOperatore(Context& context, const Operatore& asked, const std::string& chiave);
/// Name, e-mail, role and services. Throws Invalid; Conflict where nobody would be left to administer, or one would
/// take away one's own role; ServeConferma unless all that changes is that less is allowed than before.
Operatore changeOperatore(Context& context, const Operatore& changed, const std::string& chiave);
/// Ends the account's sessions and voids its links. Throws Conflict as above.
void disableOperatore(Context& context, const Id<Operatore>& id);
void enableOperatore(Context& context, const Id<Operatore>& id, const std::string& chiave);
/// Mails a link to set a password. Throws Conflict where the account is not active or has no address.
void inviteOperatore(Context& context, const Id<Operatore>& id, const std::string& chiave);
/// Takes an account's second factor away, for who has lost theirs. Throws Conflict where it has none, or is one's own.
void dropSecondoFattoreOf(Context& context, const Id<Operatore>& id, const std::string& chiave);

/// The same for who runs the server's machine. Throws NotFound, Invalid.
void disableByName(store::Database& database, const std::string& username, Instant now);
void enableByName(store::Database& database, const std::string& username, Instant now);
void setPasswordByName(store::Database& database, const std::string& username, const std::string& password,
                       Instant now);

}
