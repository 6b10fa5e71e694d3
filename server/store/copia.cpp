#include "server/store/copia.h"

#include "server/store/attivita.h"
#include "server/store/snapshot.h"
#include "server/store/sql.h"

#include <algorithm>
#include <set>

namespace sdc::store {
namespace {

constexpr const char* kUnfinished = "stanza: ripristino incompiuto";

std::vector<std::string> texts(Sql& sql)
{
    std::vector<std::string> all;
    std::string one;
    sql.into(one);
    while (sql.next())
        all.push_back(one);
    return all;
}

std::vector<std::string> texts(Reader& reader, const char* text)
{
    Sql sql(reader, text);
    return texts(sql);
}

/// The tables that this one refers to.
std::vector<std::string> neededBy(Reader& sqlite, const std::string& name)
{
    Sql sql(sqlite, R"(SELECT DISTINCT "table" FROM pragma_foreign_key_list(:name))");
    return texts(sql.use("name", name));
}

std::vector<std::string> columnsOf(Reader& sqlite, const std::string& name)
{
    Sql sql(sqlite, "SELECT name FROM pragma_table_info(:name) ORDER BY cid");
    return texts(sql.use("name", name));
}

std::string quoted(const std::string& name)
{
    return "\"" + name + "\"";
}

/// What migrations put into new tables goes: the copy has it too.
void empty(Transaction& transaction, const std::vector<Table>& tables)
{
    for (auto table = tables.rbegin(); table != tables.rend(); ++table)
        Sql(transaction, ("DELETE FROM " + quoted(table->name)).c_str()).run();
}

/// A new file, written without a journal: it counts for nothing before it is whole.
std::unique_ptr<Database> newFile(const std::filesystem::path& file)
{
    auto database = openFile(file);
    const Lease lease = database->lease();
    for (const char* pragma : {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF",
                               "PRAGMA cache_size = -65536"})
        lease.session().execute(pragma);
    return database;
}

/// Afterwards one file holds all, and can be read where nothing can be written.
void seal(Database& file)
{
    file.lease().session().execute("PRAGMA journal_mode = DELETE");
}

/// A snapshot whose tables stay as they are while it lives. On PostgreSQL a migration that writes a table anew leaves
/// older snapshots nothing of it: a copy under way would get no row, and no error. The locks that pg_dump takes keep
/// migrations out, nobody else; the snapshot begins when they are had, for LOCK alone begins none.
std::unique_ptr<Snapshot> steadySnapshot(Database& database, Tables which)
{
    while (true) {
        const int version = appliedVersion(database);
        auto snapshot = std::make_unique<Snapshot>(database);
        if (database.kind() == Kind::Sqlite)
            return snapshot;
        std::string names;
        for (const Table& table : expectedTables(which, version))
            names += (names.empty() ? "" : ", ") + quoted(table.name);
        snapshot->lease().session().execute("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
        // One that was under way is done now, and there may be other tables.
        if (appliedVersion(*snapshot) == version)
            return snapshot;
    }
}

void copyFromPostgresql(Database& database, const std::filesystem::path& to, Instant now)
{
    const auto steady = steadySnapshot(database, Tables::Ente);
    Snapshot& snapshot = *steady;
    const int version = appliedVersion(snapshot);
    const auto file = newFile(to);
    {
        Transaction transaction(*file);
        makeTables(transaction, Tables::Ente, version, now);
        const auto indexes = dropIndexes(transaction);
        const auto all = tablesOf(transaction);
        empty(transaction, all);
        for (const Table& table : all)
            rowsToSqlite(snapshot.lease().session(), transaction.lease().session(), table);
        for (const std::string& index : indexes)
            transaction.lease().session().execute(index);
        transaction.commit();
    }
    seal(*file);
}

/// The column that says which ente a row of the catalogue belongs to; "" where it is everybody's.
std::string enteColumn(const Table& table)
{
    if (table.name == "enti")
        return "slug";
    const auto found = std::find(table.columns.begin(), table.columns.end(), "ente");
    return found == table.columns.end() ? "" : "ente";
}

struct Testi
{
    std::string select;
    std::string insert;
};

Testi textsFor(const Table& table, bool filtered)
{
    std::string columns;
    std::string places;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        columns += (i == 0 ? "" : ", ") + quoted(table.columns[i]);
        places += (i == 0 ? ":v" : ", :v") + std::to_string(i);
    }
    Testi testi;
    testi.select = "SELECT " + columns + " FROM " + quoted(table.name);
    if (filtered)
        testi.select += " WHERE " + quoted(enteColumn(table)) + " = :ente";
    testi.insert =
        "INSERT INTO " + quoted(table.name) + " (" + columns + ") VALUES (" + places + ") ON CONFLICT DO NOTHING";
    return testi;
}

/// Few rows: the statements of every day will do.
void copySome(Reader& from, Transaction& to, const Table& table, const std::optional<std::string>& ente)
{
    const Testi testi = textsFor(table, ente.has_value());
    std::vector<std::optional<std::string>> values(table.columns.size());
    Sql select(from, testi.select.c_str());
    if (ente)
        select.use("ente", *ente);
    for (auto& value : values)
        select.into(value);
    while (select.next()) {
        Sql insert(to, testi.insert.c_str());
        for (std::size_t i = 0; i < values.size(); ++i)
            insert.use(("v" + std::to_string(i)).c_str(), values[i]);
        insert.run();
    }
}

}

std::vector<Table> tablesOf(Reader& sqlite)
{
    std::vector<std::string> waiting =
        texts(sqlite, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE "
                      "'sqlite%' ORDER BY name");
    std::set<std::string> done;
    std::vector<Table> ordered;
    while (!waiting.empty()) {
        const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const std::string& name) {
            const auto needed = neededBy(sqlite, name);
            return std::all_of(needed.begin(), needed.end(),
                               [&](const std::string& one) { return one == name || done.contains(one); });
        });
        if (ready == waiting.end())
            throw std::runtime_error("le tabelle si riferiscono l'una all'altra in cerchio");
        ordered.push_back({*ready, columnsOf(sqlite, *ready)});
        done.insert(*ready);
        waiting.erase(ready);
    }
    return ordered;
}

std::vector<Table> expectedTables(Tables which, int version)
{
    const auto database = openFile(":memory:");
    Transaction transaction(*database);
    makeTables(transaction, which, version, Instant{});
    return tablesOf(transaction);
}

bool hasForeignObjects(Reader& sqlite)
{
    int found = 0;
    Sql(sqlite, "SELECT COUNT(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')").into(found).next();
    return found > 0;
}

std::vector<std::string> dropIndexes(Transaction& sqlite)
{
    auto made = texts(sqlite, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
    const auto names = texts(sqlite, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
    for (const std::string& name : names)
        sqlite.lease().session().execute("DROP INDEX " + quoted(name));
    return made;
}

std::map<std::string, long long> countRows(Reader& reader, const std::vector<Table>& tables)
{
    std::map<std::string, long long> counts;
    for (const Table& table : tables) {
        long long& count = counts[table.name];
        Sql(reader, ("SELECT COUNT(*) FROM " + quoted(table.name)).c_str()).into(count).next();
    }
    return counts;
}

std::map<int, long long> lastNumbers(Reader& reader)
{
    std::map<int, long long> numbers;
    int anno = 0;
    long long numero = 0;
    Sql sql(reader, "SELECT anno, MAX(numero) FROM registro GROUP BY anno ORDER BY anno");
    sql.into(anno).into(numero);
    while (sql.next())
        numbers[anno] = numero;
    return numbers;
}

std::pair<long long, std::string> lastAttivita(Reader& reader)
{
    std::pair<long long, std::string> last{0, ""};
    Sql sql(reader, "SELECT numero, hash FROM attivita ORDER BY numero DESC LIMIT 1");
    sql.into(last.first).into(last.second).next();
    return last;
}

long long bytesOfTables(Reader& reader)
{
    long long bytes = 0;
    Sql(reader, reader.kind() == Kind::Sqlite
                    ? "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
                    : "SELECT CAST(COALESCE(SUM(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c "
                      "WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace)")
        .into(bytes)
        .next();
    return bytes;
}

long long bytesOfFiles(Reader& reader)
{
    long long bytes = 0;
    Sql(reader, R"(SELECT CAST(COALESCE((SELECT SUM(dimensione) FROM allegati), 0) +
                          COALESCE((SELECT SUM(dimensione) FROM documenti), 0) AS BIGINT))")
        .into(bytes)
        .next();
    return bytes;
}

void copyEnte(Database& database, const std::filesystem::path& to, Instant now)
{
    if (database.kind() == Kind::Postgresql)
        return copyFromPostgresql(database, to, now);
    // One read from begin to end: the backup interface would begin anew at every write of somebody else.
    Sql(database, "VACUUM INTO :file").use("file", to.string()).run();
}

void copyCatalogo(Database& database, const std::filesystem::path& to, const std::optional<std::string>& only,
                  Instant now)
{
    const auto steady = steadySnapshot(database, Tables::Catalogo);
    Snapshot& snapshot = *steady;
    const auto file = newFile(to);
    {
        Transaction transaction(*file);
        makeTables(transaction, Tables::Catalogo, appliedVersion(snapshot), now);
        const auto all = tablesOf(transaction);
        empty(transaction, all);
        for (const Table& table : all) {
            const bool shared = table.name == "migrazioni";
            if (shared || !only || !enteColumn(table).empty())
                copySome(snapshot, transaction, table, shared ? std::nullopt : only);
        }
        transaction.commit();
    }
    seal(*file);
}

void restoreEnte(Transaction& postgresql, Reader& copy, int version, Instant now)
{
    postgresql.lease().session().execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    makeTables(postgresql, Tables::Ente, version, now);
    const auto all = tablesOf(copy);
    empty(postgresql, all);
    for (const Table& table : all) {
        const Lease from = copy.lease();
        rowsToPostgresql(from.session(), postgresql.lease().session(), table);
    }
    makeTables(postgresql, Tables::Ente, newestVersion(Tables::Ente), now);
}

void restoreCatalogo(Transaction& catalogo, Reader& copy, const std::string& ente)
{
    for (const Table& table : tablesOf(copy)) {
        if (table.name == "migrazioni")
            continue;
        const bool own = !enteColumn(table).empty();
        copySome(copy, catalogo, table, own ? std::optional{ente} : std::nullopt);
    }
}

void beginAgain(Transaction& transaction, const std::string& ente, Instant copied, Instant now)
{
    for (const char* statement :
         {"DELETE FROM sessioni", "DELETE FROM parcheggi", "DELETE FROM tentativi", "DELETE FROM richieste_idp",
          "DELETE FROM sessioni_idp", "DELETE FROM accessi_carta", "DELETE FROM accessi_falliti",
          "DELETE FROM nuove_password",
          "UPDATE jobs SET stato = 'pronto', preso_da = '', preso_fino = NULL WHERE stato = 'in_corso'"})
        Sql(transaction, statement).run();
    log(transaction, {"sistema", "", "dati ripristinati", "ente:" + ente, "copia del " + toIso(copied)}, now);
}

bool hasSchema(Reader& schemi, const std::string& name)
{
    int found = 0;
    Sql sql(schemi, "SELECT COUNT(*) FROM pg_namespace WHERE nspname = :nome");
    return sql.use("nome", name).into(found).next() && found > 0;
}

Schema schemaState(Reader& schemi, const std::string& ente)
{
    std::string comment;
    long long tables = 0;
    Sql sql(schemi, R"(SELECT COALESCE(obj_description(n.oid, 'pg_namespace'), ''),
                              (SELECT COUNT(*) FROM pg_class c WHERE c.relnamespace = n.oid)
                       FROM pg_namespace n WHERE n.nspname = :nome)");
    if (!sql.use("nome", schemaOf(ente)).into(comment).into(tables).next())
        return Schema::Vuoto;
    if (comment == kUnfinished)
        return Schema::Incompiuto;
    return tables == 0 ? Schema::Vuoto : Schema::Pieno;
}

void markUnfinished(Transaction& transaction, const std::string& ente)
{
    transaction.lease().session().execute("COMMENT ON SCHEMA " + quoted(schemaOf(ente)) + " IS '" + kUnfinished + "'");
}

void markFinished(Transaction& transaction, const std::string& ente)
{
    transaction.lease().session().execute("COMMENT ON SCHEMA " + quoted(schemaOf(ente)) + " IS NULL");
}

void dropSchema(Database& schemi, const std::string& ente)
{
    schemi.lease().session().execute("DROP SCHEMA IF EXISTS " + quoted(schemaOf(ente)) + " CASCADE");
}

bool lockRestore(const Lease& lease)
{
    int locked = 0;
    lease.session().soci() << "SELECT CASE WHEN pg_try_advisory_lock(hashtext('stanza:ripristino')) THEN 1 ELSE 0 END",
        soci::into(locked);
    return locked == 1;
}

}
