#pragma once

#include "server/store/migrations.h"
#include "server/store/rows.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

// What a backup needs of the databases. The copy of a database is a SQLite file, whichever the database is: one format
// to check, to read for years and to restore from, to either kind.

/// The tables of a SQLite database, those that others refer to before them; not the index of the search, which is each
/// database's own and can be made anew.
std::vector<Table> tablesOf(Reader& sqlite);
/// The tables that the migrations up to `version` make.
std::vector<Table> expectedTables(Tables which, int version);
/// Whether a SQLite database holds what runs by itself: triggers and views are never ours.
bool hasForeignObjects(Reader& sqlite);

/// Drops the indexes of a SQLite database; the statements that make them again when the rows are there, in a fraction
/// of the time.
std::vector<std::string> dropIndexes(Transaction& sqlite);

/// How many rows each table holds.
std::map<std::string, long long> countRows(Reader& reader, const std::vector<Table>& tables);
/// The last number given in each year.
std::map<int, long long> lastNumbers(Reader& reader);
/// The newest row of the activity log: its number and hash; 0 and "" where there is none.
std::pair<long long, std::string> lastAttivita(Reader& reader);
/// About how many bytes the tables take, and how many the files that they name.
long long bytesOfTables(Reader& reader);
long long bytesOfFiles(Reader& reader);

/// Writes what an ente's database holds at one moment into the new file `to`; no writer waits for it.
void copyEnte(Database& database, const std::filesystem::path& to, Instant now);
/// The same for the catalogue; with `only`, no row of another ente.
void copyCatalogo(Database& database, const std::filesystem::path& to, const std::optional<std::string>& only,
                  Instant now);

/// Fills an ente's PostgreSQL schema, that is empty, from a copy whose tables are of `version`, in the transaction
/// under way; its tables are the newest afterwards, the index of the search is to be made.
void restoreEnte(Transaction& postgresql, Reader& copy, int version, Instant now);
/// Adds to the catalogue what the copy's says of this ente; both have the newest tables.
void restoreCatalogo(Transaction& catalogo, Reader& copy, const std::string& ente);
/// Drops what does not outlive the server that was copied (sessions, parked posts, counts of logins) and gives back the
/// jobs that its workers had in hand; says in the activity log that the data are those of `copied`.
void beginAgain(Transaction& transaction, const std::string& ente, Instant copied, Instant now);

/// PostgreSQL: whether the ente's schema has tables, and whether they are the rest of a restore that was cut off.
enum class Schema { Vuoto, Pieno, Incompiuto };
bool hasSchema(Reader& schemi, const std::string& name);
Schema schemaState(Reader& schemi, const std::string& ente);
void markUnfinished(Transaction& transaction, const std::string& ente);
void markFinished(Transaction& transaction, const std::string& ente);
void dropSchema(Database& schemi, const std::string& ente);
/// Keeps other restores out as long as the lease lives; false where one is under way.
bool lockRestore(const Lease& lease);

}
