#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

namespace sdc::store {

/// Brings the catalogue's tables to the newest version; how many migrations were needed.
int migrateCatalogo(Database& database, Instant now);
/// The same for one ente's tables.
int migrateEnte(Database& database, Instant now);

}
