#pragma once

#include "server/context.h"

namespace sdc::actions {

// What administrators do with the accounts of the ente. Each throws Forbidden where who asks is no administrator any
// more, NotFound where there is no such account.

/// A new account, without a password: its owner sets one by the link that is mailed to them. Throws Invalid.
Operatore createOperatore(Context& context, Operatore nuovo);
/// Name, e-mail, role and services. Throws Invalid; Conflict where nobody would be left to administer, or one would
/// take away one's own role.
Operatore changeOperatore(Context& context, const Operatore& changed);
/// Ends the account's sessions and voids its links. Throws Conflict as above.
void disableOperatore(Context& context, const Id<Operatore>& id);
void enableOperatore(Context& context, const Id<Operatore>& id);
/// Mails a link to set a password. Throws Conflict where the account is not active or has no address.
void inviteOperatore(Context& context, const Id<Operatore>& id);
/// Takes an account's second factor away, for who has lost theirs. Throws Conflict where it has none, or is one's own.
void dropSecondoFattoreOf(Context& context, const Id<Operatore>& id);

/// The same for who runs the server's machine. Throws NotFound, Invalid.
void disableByName(store::Database& database, const std::string& username, Instant now);
void enableByName(store::Database& database, const std::string& username, Instant now);
void setPasswordByName(store::Database& database, const std::string& username, const std::string& password,
                       Instant now);

}
