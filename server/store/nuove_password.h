#pragma once

#include "core/base/time.h"
#include "core/ente/operatore.h"
#include "server/store/database.h"

#include <optional>
#include <string>

namespace sdc::store {

/// A link that sets a password, once: known to its bearer alone, kept by its hash.
struct LinkPassword
{
    Id<Operatore> operatore;
    std::string hash;
    Instant creata;
    Instant scade;
};

/// Puts this link in the place of the operator's older one. False, and nothing changed, where the one that is there is
/// newer, or is this very one and was used: work that is done again must not make it valid again.
bool put(Transaction& transaction, const LinkPassword& link);
/// Whose link it is, as long as it can be used.
std::optional<Id<Operatore>> titolareDelLink(Reader& reader, const std::string& hash, Instant now);
/// Takes it: whoever takes it first gets its operator, all others nothing.
std::optional<Id<Operatore>> takeLink(Transaction& transaction, const std::string& hash, Instant now);
/// What was asked for before now sets no password any more.
void voidLink(Transaction& transaction, const Id<Operatore>& operatore);

}
