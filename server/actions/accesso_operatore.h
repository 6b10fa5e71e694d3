#pragma once

#include "core/base/error.h"
#include "server/actions/secondo_fattore.h"
#include "server/actions/tentativi.h"
#include "server/context.h"

#include <chrono>
#include <string>

namespace sdc::actions {

/// An operator's open session.
struct AccessoOperatore
{
    Operatore operatore;
    std::string token;
    Instant scade;
};

/// What somebody types to enter.
struct TentativoOperatore
{
    std::string username;
    std::string password;
    /// Of the second factor; empty where none was asked for yet.
    std::string codice;
    /// The network that it comes from (http::networkOf).
    std::string rete;
};

/// The password is right; the second factor's code is to come with it.
class ServeCodice : public Refusal
{
public:
    ServeCodice() : Refusal("Scrivi il codice del secondo fattore.") {}
};

/// Checks username and password and opens a session. Throws Forbidden with the same words for an unknown name, a wrong
/// password, a wrong code and a disabled account; ServeCodice; TooManyTries.
AccessoOperatore loginOperatore(Context& context, const TentativoOperatore& tentativo);
void logoutOperatore(Context& context);

/// The operator of this session is who they are: password, and code where they have a second factor. Wrong ones count
/// as logins that did not succeed. Throws Forbidden, ServeCodice, TooManyTries.
void confirmPassword(Context& context, const Conferma& conferma);
/// A new password in the place of the present one; the other sessions end. Throws Invalid, and as confirmPassword.
void changePassword(Context& context, const Conferma& conferma, const std::string& nuova);
/// Ends the operator's other sessions; how many there were.
long long endOtherSessions(Context& context);

/// Adds an operator with a password; throws Invalid where the password or username is not good enough or taken.
void addOperatore(store::Transaction& transaction, const Operatore& operatore, const std::string& password);
bool isUsername(const std::string& text);
/// Throws Invalid, about this field, where the password is not good enough for the operator.
void checkPassword(const std::string& password, const Operatore& operatore, const std::string& field);

}
