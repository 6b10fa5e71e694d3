#pragma once

#include "core/base/error.h"
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
/// password and a disabled account; TooManyTries where this name had too many wrong ones lately, known or not.
class TooManyTries : public Refusal
{
public:
    TooManyTries() : Refusal("Troppi tentativi con questo nome utente: riprova tra qualche minuto.") {}
};
AccessoOperatore loginOperatore(Context& context, const std::string& username, const std::string& password);
void logoutOperatore(Context& context);

/// Adds an operator with a password; throws Invalid where the password or username is not good enough or taken.
void addOperatore(store::Transaction& transaction, const Operatore& operatore, const std::string& password);

}
