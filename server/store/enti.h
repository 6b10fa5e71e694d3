#pragma once

#include "core/base/time.h"
#include "core/ente/ente.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

/// How many enti there are, a space, and when the last was added.
std::string versioneEnti(Reader& reader);
/// All enti of the catalogue, by name.
std::vector<Ente> enti(Reader& reader);
std::optional<Ente> findEnte(Reader& reader, const std::string& slug);
/// Adds an ente, or updates the data of the one with its slug.
void save(Transaction& transaction, const Ente& ente, Instant now);

}
