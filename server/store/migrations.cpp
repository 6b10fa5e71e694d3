#include "server/store/migrations.h"

#include "server/store/conteggi.h"
#include "server/store/migrations_sql.h"
#include "server/store/sql.h"

#include <array>
#include <span>
#include <stdexcept>
#include <string_view>

namespace sdc::store {
namespace {

struct Migration
{
    int version;
    std::string_view name;
    std::string_view sql;
    /// What SQL alone cannot do to the rows that are there.
    void (*then)(Transaction&) = nullptr;
};

// To add one: its file in migrations/, its row here and in CMakeLists.txt. One that was published is never edited.
constexpr std::array kCatalogo = {Migration{1, "catalogo", sql::k0001_catalogo}};
constexpr std::array kEnte = {Migration{1, "ente", sql::k0001_ente},
                              Migration{2, "bozze_esito", sql::k0002_bozze_esito},
                              Migration{3, "elenchi", sql::k0003_elenchi, rebuildElenchi},
                              Migration{4, "code", sql::k0004_code},
                              Migration{5, "spid", sql::k0005_spid},
                              Migration{6, "carte", sql::k0006_carte},
                              Migration{7, "operatori", sql::k0007_operatori},
                              Migration{8, "profilo", sql::k0008_profilo},
                              Migration{9, "traccia", sql::k0009_traccia},
                              Migration{10, "partner", sql::k0010_partner},
                              Migration{11, "livello", sql::k0011_livello}};

constexpr bool strictlyIncreasing(std::span<const Migration> migrations)
{
    for (std::size_t i = 1; i < migrations.size(); ++i) {
        if (migrations[i].version <= migrations[i - 1].version)
            return false;
    }
    return true;
}
static_assert(strictlyIncreasing(kCatalogo));
static_assert(strictlyIncreasing(kEnte));

/// Whether a statement is for this database: one for SQLite alone begins with /* only: sqlite */.
bool isFor(Kind kind, std::string_view statement)
{
    const auto mark = statement.find("/* only: ");
    return mark == std::string_view::npos ||
           statement.substr(mark + 9).starts_with(kind == Kind::Sqlite ? "sqlite" : "postgresql");
}

/// Runs the statements of a script one by one; none of ours holds a semicolon in a text or comment.
void runScript(Transaction& transaction, std::string_view script)
{
    while (!script.empty()) {
        const auto end = script.find(';');
        const std::string_view statement = script.substr(0, end);
        if (statement.find_first_not_of(" \n\t") != std::string_view::npos && isFor(transaction.kind(), statement))
            transaction.lease().session().execute(std::string{statement});
        script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
    }
}

/// Two programs may start at once. On SQLite the transaction itself keeps the other one out.
void lockSchema(Transaction& transaction)
{
    if (transaction.kind() == Kind::Postgresql)
        transaction.lease().session().execute("SELECT pg_advisory_xact_lock(hashtext('stanza:' || current_schema()))");
}

int currentVersion(Transaction& transaction)
{
    transaction.lease().session().execute("CREATE TABLE IF NOT EXISTS migrazioni (versione BIGINT PRIMARY KEY, nome "
                                          "TEXT NOT NULL, quando TEXT NOT NULL)");
    int version = 0;
    Sql sql(transaction, "SELECT COALESCE(MAX(versione), 0) FROM migrazioni");
    sql.into(version);
    sql.next();
    return version;
}

void apply(Transaction& transaction, const Migration& migration, Instant now)
{
    runScript(transaction, migration.sql);
    if (migration.then != nullptr)
        migration.then(transaction);
    Sql(transaction, "INSERT INTO migrazioni (versione, nome, quando) VALUES (:versione, :nome, :quando)")
        .use("versione", migration.version)
        .use("nome", std::string{migration.name})
        .use("quando", now)
        .run();
}

int migrate(Database& database, std::span<const Migration> migrations, Instant now)
{
    int applied = 0;
    for (const Migration& migration : migrations) {
        Transaction transaction(database);
        lockSchema(transaction);
        const int current = currentVersion(transaction);
        if (current > migrations.back().version)
            throw std::runtime_error("le tabelle sono di una versione più recente di questo programma (" +
                                     std::to_string(current) + "): aggiornalo");
        if (current < migration.version) {
            apply(transaction, migration, now);
            ++applied;
        }
        transaction.commit();
    }
    return applied;
}

std::span<const Migration> migrationsOf(Tables tables)
{
    if (tables == Tables::Catalogo)
        return kCatalogo;
    return kEnte;
}

}

int newestVersion(Tables tables)
{
    return migrationsOf(tables).back().version;
}

int appliedVersion(Reader& reader)
{
    int found = 0;
    Sql(reader, reader.kind() == Kind::Sqlite
                    ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrazioni'"
                    : "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrazioni'")
        .into(found)
        .next();
    int version = 0;
    if (found > 0)
        Sql(reader, "SELECT COALESCE(MAX(versione), 0) FROM migrazioni").into(version).next();
    return version;
}

void makeTables(Transaction& transaction, Tables tables, int version, Instant now)
{
    lockSchema(transaction);
    const int current = currentVersion(transaction);
    for (const Migration& migration : migrationsOf(tables)) {
        if (migration.version > current && migration.version <= version)
            apply(transaction, migration, now);
    }
}

int migrateCatalogo(Database& database, Instant now)
{
    return migrate(database, kCatalogo, now);
}

int migrateEnte(Database& database, Instant now)
{
    return migrate(database, kEnte, now);
}

}
