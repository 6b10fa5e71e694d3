#pragma once

#include "core/cittadino/cittadino.h"
#include "core/ente/operatore.h"
#include "core/pratica/pratica.h"
#include "server/store/database.h"

#include <functional>
#include <string>

namespace sdc::tests {

// Rows as actions would write them, for tests of the store alone.

void addServizio(store::Database& database, const std::string& json);
Cittadino addCittadino(store::Database& database, const Cittadino& cittadino);
Operatore addOperatore(store::Database& database, const Operatore& operatore);

/// A new draft of this citizen for a servizio that is there.
Pratica addBozza(store::Database& database, const Cittadino& cittadino, const std::string& servizio, Instant creata);
/// Loads, changes and saves; the pratica as it then is.
Pratica change(store::Database& database, const Id<Pratica>& id, const std::function<void(Pratica&)>& verb);
/// Sends a draft, with what the lists show of it.
Pratica send(store::Database& database, const Id<Pratica>& id, const Cittadino& cittadino, Instant when);
/// Gives it the next number of the built-in register.
Pratica registerIt(store::Database& database, const Id<Pratica>& id, Instant when);

/// One number out of the database: SELECT COUNT(*) and the like.
long long numberOf(store::Reader& reader, const char* sql);

}
