#include "server/store/rows.h"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace sdc::store {
namespace {

using sqlite_api::sqlite3_stmt;

PGconn* postgresqlOf(Session& session)
{
    return static_cast<soci::postgresql_session_backend*>(session.soci().get_backend())->conn_;
}

sqlite_api::sqlite3* sqliteOf(Session& session)
{
    return static_cast<soci::sqlite3_session_backend*>(session.soci().get_backend())->conn_;
}

/// PostgreSQL's own text may hold the row's values: no more than the state goes on.
[[noreturn]] void failed(const std::string& table, const PGresult* result)
{
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    throw std::runtime_error("le righe di \"" + table + "\" non si sono potute copiare: SQLSTATE " +
                             (state == nullptr ? "sconosciuto" : state));
}

[[noreturn]] void failed(const std::string& table, sqlite_api::sqlite3* sqlite)
{
    throw std::runtime_error("le righe di \"" + table +
                             "\" non si sono potute copiare: " + sqlite_api::sqlite3_errmsg(sqlite));
}

struct Result
{
    explicit Result(PGresult* made) : result(made, &PQclear) {}
    std::unique_ptr<PGresult, decltype(&PQclear)> result;
};

std::string columnsOf(const Table& table)
{
    std::string text;
    for (const std::string& column : table.columns)
        text += (text.empty() ? "\"" : ", \"") + column + "\"";
    return text;
}

std::string insertOf(const Table& table)
{
    std::string places;
    for (std::size_t i = 1; i <= table.columns.size(); ++i)
        places += (i == 1 ? "?" : ", ?") + std::to_string(i);
    return "INSERT INTO \"" + table.name + "\" (" + columnsOf(table) + ") VALUES (" + places + ")";
}

}

/// A kept statement of SQLite's own interface.
class Prepared
{
public:
    Prepared(Session& session, const Table& table, const std::string& text)
        : sqlite_(sqliteOf(session)),
          table_(table.name)
    {
        if (sqlite_api::sqlite3_prepare_v2(sqlite_, text.c_str(), -1, &statement_, nullptr) != SQLITE_OK)
            failed(table_, sqlite_);
    }
    ~Prepared() { sqlite_api::sqlite3_finalize(statement_); }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;

    /// Whether there is a row.
    bool step()
    {
        const int code = sqlite_api::sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            failed(table_, sqlite_);
        return code == SQLITE_ROW;
    }
    void bind(int place, const std::optional<std::string>& value)
    {
        const int code = value ? sqlite_api::sqlite3_bind_text(statement_, place, value->data(),
                                                               static_cast<int>(value->size()), SQLITE_STATIC)
                               : sqlite_api::sqlite3_bind_null(statement_, place);
        if (code != SQLITE_OK)
            failed(table_, sqlite_);
    }
    void reset() { sqlite_api::sqlite3_reset(statement_); }
    std::optional<std::string_view> text(int column)
    {
        const auto* bytes = sqlite_api::sqlite3_column_text(statement_, column);
        if (bytes == nullptr)
            return std::nullopt;
        return std::string_view{reinterpret_cast<const char*>(bytes),
                                static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite_api::sqlite3* sqlite_;
    std::string table_;
    sqlite3_stmt* statement_ = nullptr;
};

namespace {

char unescaped(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    default:
        return c;
    }
}

/// A line of COPY's text form, without its end, into values; how many they are.
std::size_t split(std::string_view line, std::vector<std::optional<std::string>>& values)
{
    std::size_t at = 0;
    for (std::size_t field = 0;; ++field) {
        if (field == values.size())
            return field + 1;
        if (line.substr(at).starts_with("\\N")) {
            values[field].reset();
            at += 2;
        } else {
            values[field].emplace();
            for (; at < line.size() && line[at] != '\t'; ++at) {
                const bool escape = line[at] == '\\' && at + 1 < line.size();
                at += escape ? 1 : 0;
                *values[field] += escape ? unescaped(line[at]) : line[at];
            }
        }
        if (at == line.size())
            return field + 1;
        ++at;
    }
}

void appendEscaped(std::string& line, std::string_view value)
{
    for (const char c : value) {
        switch (c) {
        case '\\':
            line += "\\\\";
            break;
        case '\n':
            line += "\\n";
            break;
        case '\r':
            line += "\\r";
            break;
        case '\t':
            line += "\\t";
            break;
        default:
            line += c;
        }
    }
}

/// Each line that PostgreSQL sends.
void readCopy(PGconn* connection, const std::string& table, const std::function<void(std::string_view)>& take)
{
    char* data = nullptr;
    for (int size = 0; (size = PQgetCopyData(connection, &data, 0)) > 0;) {
        const std::unique_ptr<char, decltype(&PQfreemem)> line(data, &PQfreemem);
        const std::string_view text{line.get(), static_cast<std::size_t>(size)};
        take(text.substr(0, text.size() - (text.ends_with('\n') ? 1 : 0)));
    }
    const Result end{PQgetResult(connection)};
    if (PQresultStatus(end.result.get()) != PGRES_COMMAND_OK)
        failed(table, end.result.get());
    while (PGresult* more = PQgetResult(connection))
        PQclear(more);
}

}

RowsInto::RowsInto(Session& sqlite, const Table& table)
    : insert_(std::make_unique<Prepared>(sqlite, table, insertOf(table)))
{
}

RowsInto::~RowsInto() = default;

void RowsInto::add(const std::vector<std::optional<std::string>>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i)
        insert_->bind(static_cast<int>(i) + 1, values[i]);
    insert_->step();
    insert_->reset();
}

void rowsToSqlite(Session& postgresql, Session& sqlite, const Table& table)
{
    RowsInto rows(sqlite, table);
    const std::string columns = columnsOf(table);
    PGconn* connection = postgresqlOf(postgresql);
    const Result begin{PQexec(connection, ("COPY \"" + table.name + "\" (" + columns + ") TO STDOUT").c_str())};
    if (PQresultStatus(begin.result.get()) != PGRES_COPY_OUT)
        failed(table.name, begin.result.get());
    std::vector<std::optional<std::string>> values(table.columns.size());
    readCopy(connection, table.name, [&](std::string_view line) {
        if (split(line, values) != values.size())
            throw std::runtime_error("una riga di \"" + table.name + "\" non ha i valori attesi");
        rows.add(values);
    });
}

void rowsToPostgresql(Session& sqlite, Session& postgresql, const Table& table)
{
    const std::string columns = columnsOf(table);
    Prepared select(sqlite, table, "SELECT " + columns + " FROM \"" + table.name + "\"");
    PGconn* connection = postgresqlOf(postgresql);
    const Result begin{PQexec(connection, ("COPY \"" + table.name + "\" (" + columns + ") FROM STDIN").c_str())};
    if (PQresultStatus(begin.result.get()) != PGRES_COPY_IN)
        failed(table.name, begin.result.get());
    std::string line;
    while (select.step()) {
        line.clear();
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            line += i == 0 ? "" : "\t";
            if (const auto value = select.text(static_cast<int>(i)))
                appendEscaped(line, *value);
            else
                line += "\\N";
        }
        line += '\n';
        if (PQputCopyData(connection, line.data(), static_cast<int>(line.size())) != 1)
            break;
    }
    PQputCopyEnd(connection, nullptr);
    const Result end{PQgetResult(connection)};
    if (PQresultStatus(end.result.get()) != PGRES_COMMAND_OK)
        failed(table.name, end.result.get());
    while (PGresult* more = PQgetResult(connection))
        PQclear(more);
}

}
