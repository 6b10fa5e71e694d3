#include "server/store/database.h"

#include "server/store/definizioni_lette.h"
#include "server/store/session.h"

#include <algorithm>

namespace sdc::store {
namespace {

constexpr std::size_t kSqliteSessions = 16;
constexpr std::size_t kReadOnlySessions = 2;
const std::string kSchemaCatalogo = "catalogo";

std::unique_ptr<Database> openSqlite(const std::filesystem::path& file)
{
    std::filesystem::create_directories(file.parent_path());
    auto pool = std::make_shared<Pool>(Kind::Sqlite, "dbname=\"" + file.string() + "\"", kSqliteSessions);
    return std::make_unique<Database>(std::move(pool), "");
}

std::unique_ptr<Database> openPostgresql(const std::shared_ptr<Pool>& pool, const std::string& schema)
{
    const Lease lease{pool.get(), pool->take("public")};
    // IF NOT EXISTS alone is no protection against another program that does the same at this moment.
    lease.session().execute("BEGIN; SELECT pg_advisory_xact_lock(hashtext('stanza:" + schema +
                            "')); CREATE SCHEMA IF NOT EXISTS \"" + schema + "\"; COMMIT");
    return std::make_unique<Database>(pool, schema);
}

}

std::string schemaOf(const std::string& slug)
{
    std::string schema = "ente_" + slug;
    std::replace(schema.begin(), schema.end(), '-', '_');
    return schema;
}

std::unique_ptr<Database> openFile(const std::filesystem::path& file)
{
    return std::make_unique<Database>(std::make_shared<Pool>(Kind::Sqlite, "dbname=\"" + file.string() + "\"", 1), "");
}

std::unique_ptr<Database> openReadOnly(const std::filesystem::path& file)
{
    const std::string connection = "dbname=\"" + file.string() + "\"" + std::string{kReadOnly};
    return std::make_unique<Database>(std::make_shared<Pool>(Kind::Sqlite, connection, kReadOnlySessions), "");
}

Lease::Lease(Pool* pool, std::unique_ptr<Session> session)
    : pool_(pool),
      owned_(std::move(session)),
      session_(owned_.get())
{
}

Lease::Lease(Session& borrowed) : session_(&borrowed) {}

Lease::Lease(Lease&&) noexcept = default;

Lease::~Lease()
{
    if (owned_)
        pool_->giveBack(std::move(owned_));
}

Database::Database(std::shared_ptr<Pool> pool, std::string schema)
    : pool_(std::move(pool)),
      schema_(std::move(schema)),
      definizioni_(std::make_unique<DefinizioniLette>())
{
}

Database::~Database() = default;

Lease Database::lease()
{
    return {pool_.get(), pool_->take(schema_)};
}

Lease Database::lease(std::chrono::milliseconds patience)
{
    return {pool_.get(), pool_->take(schema_, patience)};
}

Kind Database::kind() const
{
    return pool_->kind();
}

Transaction::Transaction(Database& database)
    : kind_(database.kind()),
      definizioni_(database.definizioni()),
      turn_(kind_ == Kind::Sqlite ? std::unique_lock{database.writer()} : std::unique_lock<std::mutex>{}),
      lease_(database.lease())
{
    lease_.session().execute(kind_ == Kind::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction()
{
    if (open_)
        lease_.session().rollBack();
}

Lease Transaction::lease()
{
    return {lease_.session()};
}

void Transaction::commit()
{
    lease_.session().execute("COMMIT");
    open_ = false;
}

Storage Storage::sqlite(std::filesystem::path folder)
{
    Storage storage;
    storage.folder_ = std::move(folder);
    return storage;
}

Storage Storage::postgresql(const std::string& connection, std::size_t sessions)
{
    Storage storage;
    storage.postgresql_ = std::make_shared<Pool>(Kind::Postgresql, connection, sessions);
    return storage;
}

std::unique_ptr<Database> Storage::catalogo() const
{
    return postgresql_ ? openPostgresql(postgresql_, kSchemaCatalogo) : openSqlite(folder_ / "catalogo.sqlite");
}

std::unique_ptr<Database> Storage::ente(const std::string& slug) const
{
    return postgresql_ ? openPostgresql(postgresql_, schemaOf(slug))
                       : openSqlite(folder_ / "enti" / slug / "stanza.sqlite");
}

std::unique_ptr<Database> Storage::schemi() const
{
    return std::make_unique<Database>(postgresql_, "public");
}

std::optional<Occupazione> Storage::occupazione() const
{
    return postgresql_ ? std::optional{postgresql_->occupazione()} : std::nullopt;
}

}
