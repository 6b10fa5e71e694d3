#include "server/store/faults.h"

#include "core/base/error.h"
#include "server/store/database.h"
#include "server/unavailable.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace sdc::store {
namespace {

std::string sqlstateOf(const soci::soci_error& error)
{
    const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&error);
    const std::string state = postgresql == nullptr ? std::string{} : postgresql->sqlstate();
    // Without an answer of the server there is no state, but blanks.
    return state.find_first_not_of(' ') == std::string::npos ? std::string{} : state;
}

bool isDuplicate(const soci::soci_error& error)
{
    return sqlstateOf(error) == "23505" ||
           std::string_view{error.what()}.find("UNIQUE constraint failed") != std::string_view::npos;
}

/// PostgreSQL broke a tie between two transactions, or a row that this one names is gone.
bool lostRace(const soci::soci_error& error)
{
    constexpr std::array kStates = {"40P01", "40001", "55P03", "23503"};
    return std::find(kStates.begin(), kStates.end(), sqlstateOf(error)) != kStates.end();
}

bool isUnavailable(const std::string& sqlstate)
{
    // No resources (disk, memory, connections), the line broke, the server stops or starts, its disk fails, it may only
    // be read, an idle transaction was ended.
    constexpr std::array<std::string_view, 6> kBeginnings = {"53", "08", "57P0", "58", "25006", "25P03"};
    return std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](auto begin) { return sqlstate.starts_with(begin); });
}

bool isUnavailable(const soci::soci_error& error)
{
    const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    if (sqlite == nullptr)
        return isUnavailable(sqlstateOf(error));
    constexpr std::array kResults = {SQLITE_FULL,  SQLITE_IOERR,    SQLITE_BUSY, SQLITE_LOCKED,
                                     SQLITE_NOMEM, SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN};
    // The first byte is the kind, what stands above it the detail.
    return std::find(kResults.begin(), kResults.end(), sqlite->result() & 0xFF) != kResults.end();
}

}

// SOCI's own text repeats the values of the statement, and PostgreSQL's details those of the row: neither may reach a
// log.
void throwFault(const soci::soci_error& error, bool connected)
{
    if (isDuplicate(error))
        throw Duplicate("la riga esiste già");
    if (lostRace(error))
        throw Conflict("Qualcun altro ha modificato gli stessi dati in questo momento: riprova.");
    const std::string sqlstate = sqlstateOf(error);
    const std::string what = sqlstate.empty() ? error.get_error_message().substr(0, 200) : "SQLSTATE " + sqlstate;
    if (!connected)
        throw Unavailable("il database non risponde più: " + what);
    if (isUnavailable(error))
        throw Unavailable("il database non può eseguire la richiesta: " + what);
    throw std::runtime_error("il database non ha eseguito la richiesta: " + what);
}

}
