#pragma once

#include "server/context.h"

#include <string>
#include <vector>

namespace sdc::actions {

/// Uses up a code of the operator's second factor, of the program or a recovery code; false where it is none, or was
/// used already.
bool takeCodice(const Context& context, store::Transaction& transaction, const Id<Operatore>& id,
                const std::string& codice);

/// What an authenticator program is told, once.
struct NuovoFattore
{
    /// Base32, to be typed.
    std::string segreto;
    /// otpauth://totp/..., to be shown as a QR code.
    std::string uri;
};

/// Who asks, once more: what guards the account is changed by its owner alone, not by who found the desk open.
struct Conferma
{
    std::string password;
    std::string codice;
    /// The address that asks.
    std::string indirizzo;
};

/// Begins a second factor, which is not asked for yet. Throws Forbidden where the password is wrong, Conflict where one
/// is active, TooManyTries.
NuovoFattore beginSecondoFattore(Context& context, const Conferma& conferma);
/// Makes it active with its first code; the recovery codes are told this once. Throws Invalid, Conflict, TooManyTries.
std::vector<std::string> confirmSecondoFattore(Context& context, const std::string& codice);
/// Takes it away, by password and code. Throws Forbidden, Conflict, TooManyTries.
void dropSecondoFattore(Context& context, const Conferma& conferma);

}
