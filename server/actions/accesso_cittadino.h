#pragma once

#include "core/cittadino/profilo.h"
#include "server/context.h"
#include "server/store/identita.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::actions {

/// A citizen who has just come in.
struct Entrato
{
    Cittadino cittadino;
    /// Of the new session, for the browser's cookie.
    std::string token;
};
/// A citizen whom an identity provider has recognised enters: known by codice fiscale, or new to this ente. `presso` is
/// what the provider calls the session, where it keeps one (its `sessione` is set here).
Entrato login(Context& context, const Identita& identita, std::optional<store::SessioneIdp> presso = std::nullopt);
/// Ends the session of the request on the server; what the identity provider calls it, where it keeps one.
std::optional<store::SessioneIdp> logout(Context& context);

/// Accepts the texts with these ids; Invalid, with a field each, where a mandatory one is missing. All or none.
void acceptTermini(Context& context, const std::vector<std::string>& accepted);

/// Saves what the citizen may change of the own profile, and confirms it. Throws Invalid with the faults by field.
void saveProfilo(Context& context, const Profilo& profilo);

}
