#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

namespace sdc::store {

/// Which tables: those of the catalogue, or those of one ente.
enum class Tables { Catalogo, Ente };

/// The newest version that this program knows.
int newestVersion(Tables tables);
/// The version of the tables that are there; 0 where there are none.
int appliedVersion(Reader& reader);
/// Brings the tables to `version` in the transaction under way; nothing changes where they are there already.
void makeTables(Transaction& transaction, Tables tables, int version, Instant now);

/// Brings the catalogue's tables to the newest version; how many migrations were needed.
int migrateCatalogo(Database& database, Instant now);
/// The same for one ente's tables.
int migrateEnte(Database& database, Instant now);

}
