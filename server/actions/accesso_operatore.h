#pragma once

#include "server/context.h"

#include <string>

namespace sdc::actions {

/// An operator's open session.
struct AccessoOperatore
{
    Operatore operatore;
    std::string token;
    Instant scade;
};

/// Checks username and password and opens a session. Throws Forbidden with the same words for an unknown name, a wrong
/// password and a disabled account.
AccessoOperatore loginOperatore(Context& context, const std::string& username, const std::string& password);
void logoutOperatore(Context& context);

/// Adds an operator with a password; throws Invalid where the password or username is not good enough or taken.
void addOperatore(store::Transaction& transaction, const Operatore& operatore, const std::string& password);

}
