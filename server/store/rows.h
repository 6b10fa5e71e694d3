#pragma once

#include "server/store/session.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

/// A table and its columns, in the order in which they were made.
struct Table
{
    std::string name;
    std::vector<std::string> columns;

    bool operator==(const Table&) const = default;
};

// The tables have the same columns in both databases, texts and whole numbers: rows go over as texts, and SQLite's
// columns make numbers of them again. Millions of them do, so neither side builds a statement for each.

class Prepared;

/// Adds rows to SQLite's table, in the transaction under way.
class RowsInto
{
public:
    RowsInto(Session& sqlite, const Table& table);
    ~RowsInto();

    /// A row: a value for each column, in their order.
    void add(const std::vector<std::optional<std::string>>& values);

private:
    std::unique_ptr<Prepared> insert_;
};

/// Adds the rows of PostgreSQL's table to SQLite's, in the transactions under way.
void rowsToSqlite(Session& postgresql, Session& sqlite, const Table& table);
/// Adds the rows of SQLite's table to PostgreSQL's.
void rowsToPostgresql(Session& sqlite, Session& postgresql, const Table& table);

}
