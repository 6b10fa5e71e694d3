#pragma once

#include "core/pratica/pratica.h"
#include "server/store/database.h"

namespace sdc::actions {

/// Saves a pratica with what follows from its news: the citizen's mail for each state that sends one.
void record(store::Transaction& transaction, const Pratica& pratica, Instant now);

/// The citizen's own pratica; for anybody else's it does not exist.
Pratica ownPratica(store::Reader& reader, const Id<Pratica>& id, const Id<Cittadino>& cittadino);

}
