#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

#include <optional>
#include <string>

namespace sdc::store {

/// A login by card under way. All its tokens are hashes.
struct AccessoCarta
{
    /// What the browser brings to the card's door.
    std::string richiesta;
    /// What this browser alone has, in its cookie.
    std::string browser;
    /// The page of the ente that was first asked for.
    std::string ritorno;
    Instant scade;
    /// What the card said, sealed; empty until it did.
    std::string identita;
};

void insert(Transaction& transaction, const AccessoCarta& accesso);
/// One that waits for its card, and has not expired.
std::optional<AccessoCarta> findAccessoCarta(Reader& reader, const std::string& richiesta, Instant now);
/// Notes what the card said, to be fetched with `gettone` until `scade`; false where the login no longer waits for it.
struct Riconosciuto
{
    std::string richiesta;
    std::string gettone;
    std::string identita;
    Instant scade;
};
bool recognise(Transaction& transaction, const Riconosciuto& riconosciuto, Instant now);
/// Takes the login of this token away, so that nobody else can: the first who asks has it.
std::optional<AccessoCarta> takeAccessoCarta(Transaction& transaction, const std::string& gettone, Instant now);
/// Ends one that waits for its card; false where there was none.
bool removeAccessoCarta(Transaction& transaction, const std::string& richiesta);
void removeExpiredAccessiCarta(Transaction& transaction, Instant now);

}
