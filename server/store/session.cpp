#include "server/store/session.h"

#include "server/store/faults.h"
#include "server/unavailable.h"

#include <libpq-fe.h>
#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

namespace sdc::store {
namespace {

/// A PostgreSQL that is cut off is noticed in half a minute, not in the two hours of TCP. What the configuration says
/// stands after this, and wins.
std::string withTimeouts(Kind kind, const std::string& connection)
{
    const bool isUri = connection.find("://") != std::string::npos;
    if (kind == Kind::Sqlite || isUri)
        return connection;
    return "connect_timeout=5 keepalives_idle=30 keepalives_interval=10 tcp_user_timeout=30000 " + connection;
}

bool isReadOnly(const std::string& connection)
{
    return connection.ends_with(kReadOnly);
}

sqlite_api::sqlite3* sqliteOf(soci::session& session)
{
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

PGconn* connectionOf(soci::session& session)
{
    return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

}

Session::Session(Kind kind, const std::string& connection)
    : kind_(kind),
      soci_(kind == Kind::Sqlite ? static_cast<const soci::backend_factory&>(*soci::factory_sqlite3())
                                 : static_cast<const soci::backend_factory&>(*soci::factory_postgresql()),
            withTimeouts(kind, connection))
{
    if (kind_ == Kind::Postgresql) {
        execute("SET TIME ZONE 'UTC'");
        execute("SET client_min_messages = warning");
        // Our statements are short: compiling one would take longer than running it.
        execute("SET jit = off");
        // Who holds a row for longer is not working any more; who waits for it longer would hold a session from all.
        execute("SET lock_timeout = '10s'");
        execute("SET idle_in_transaction_session_timeout = '60s'");
        execute("SET synchronous_commit = on");
        return;
    }
    // Or a statement whose plan might depend on a value is prepared anew each time it is given one: a fifth of the cost
    // of a citizen's page.
    sqlite_api::sqlite3_db_config(sqliteOf(soci_), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    if (isReadOnly(connection)) {
        execute("PRAGMA trusted_schema = OFF");
        return;
    }
    // A legal act survives a power cut: FULL syncs the log at each commit.
    for (const char* pragma : {"PRAGMA busy_timeout = 10000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
                               "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF"})
        execute(pragma);
}

Kept& Session::prepare(const std::string& sql)
{
    std::list<Kept>& same = kept_[sql];
    const auto idle = std::find_if(same.begin(), same.end(), [](const Kept& kept) { return !kept.busy; });
    if (idle != same.end()) {
        idle->busy = true;
        return *idle;
    }
    try {
        soci::statement statement{soci_};
        statement.alloc();
        statement.prepare(sql);
        same.push_back({statement, true});
    } catch (const soci::soci_error& error) {
        fail(error);
    }
    return same.back();
}

void Session::release(Kept& kept)
{
    kept.statement.bind_clean_up();
    // A SELECT left half-way would hold SQLite's read mark, and the log could not be shortened.
    if (kind_ == Kind::Sqlite) {
        auto* backend = static_cast<soci::sqlite3_statement_backend*>(kept.statement.get_backend());
        sqlite_api::sqlite3_reset(backend->stmt_);
        backend->databaseReady_ = true;
    }
    kept.busy = false;
}

void Session::execute(const std::string& sql)
{
    try {
        soci_.once << sql;
    } catch (const soci::soci_error& error) {
        fail(error);
    }
}

void Session::fail(const soci::soci_error& error)
{
    throwFault(error, isConnected());
}

bool Session::isConnected()
{
    return kind_ == Kind::Sqlite || PQstatus(connectionOf(soci_)) == CONNECTION_OK;
}

void Session::use(const std::string& schema)
{
    if (kind_ == Kind::Sqlite || schema == schema_)
        return;
    schema_.clear();
    execute("SET search_path TO \"" + schema + "\"");
    schema_ = schema;
}

void Session::rollBack() noexcept
{
    try {
        execute("ROLLBACK");
    } catch (const std::exception&) {
        // Nothing was open, or the connection is gone: the server has rolled back by itself.
        schema_.clear();
    }
}

bool Session::isUsable()
{
    if (kind_ == Kind::Sqlite) {
        return sqlite_api::sqlite3_get_autocommit(sqliteOf(soci_)) != 0;
    }
    PGconn* connection = connectionOf(soci_);
    if (PQstatus(connection) != CONNECTION_OK || PQtransactionStatus(connection) != PQTRANS_IDLE)
        return false;
    // An idle connection has nothing to say: what can be read from it is its end.
    pollfd descriptor{PQsocket(connection), POLLIN, 0};
    return ::poll(&descriptor, 1, 0) == 0;
}

Pool::Pool(Kind kind, std::string connection, std::size_t size)
    : kind_(kind),
      connection_(std::move(connection)),
      size_(size)
{
}

std::unique_ptr<Session> Pool::takeFree(const std::string& schema)
{
    std::erase_if(free_, [this](const auto& session) {
        const bool gone = !session->isUsable();
        made_ -= gone ? 1 : 0;
        return gone;
    });
    if (free_.empty())
        return nullptr;
    const auto same = std::find_if(free_.rbegin(), free_.rend(), [&](const auto& s) { return s->schema() == schema; });
    auto session = std::move(same == free_.rend() ? free_.back() : *same);
    std::erase(free_, nullptr);
    return session;
}

std::unique_ptr<Session> Pool::takeOrReserve(const std::string& schema, Deadline until)
{
    std::unique_lock lock(mutex_);
    ++waiting_;
    const bool came = freed_.wait_until(lock, until, [&] { return !free_.empty() || made_ < size_; });
    --waiting_;
    if (!came)
        throw Unavailable("nessuna connessione libera al database");
    auto session = takeFree(schema);
    if (!session)
        ++made_;
    return session;
}

std::unique_ptr<Session> Pool::makeReserved(const std::string& schema, Deadline until)
{
    try {
        return std::make_unique<Session>(kind_, connection_);
    } catch (const std::exception& error) {
        dropReserved();
        const std::string causa = std::string{error.what()}.substr(0, 200);
        // A PostgreSQL that takes no more connections still serves by those that others have.
        std::unique_lock lock(mutex_);
        ++waiting_;
        freed_.wait_until(lock, until, [&] { return !free_.empty() || made_ == 0; });
        --waiting_;
        if (auto session = takeFree(schema))
            return session;
        throw Unavailable("il database non si apre: " + causa);
    }
}

void Pool::dropReserved()
{
    const std::lock_guard lock(mutex_);
    --made_;
    // Who waits to make one, and who waits for the last one to come back, wait for different things.
    freed_.notify_all();
}

std::unique_ptr<Session> Pool::take(const std::string& schema, std::chrono::milliseconds patience)
{
    const Deadline until = std::chrono::steady_clock::now() + patience;
    auto session = takeOrReserve(schema, until);
    if (!session)
        session = makeReserved(schema, until);
    try {
        session->use(schema);
        return session;
    } catch (const std::exception&) {
        session.reset();
        dropReserved();
        throw;
    }
}

void Pool::giveBack(std::unique_ptr<Session> session) noexcept
{
    const bool usable = session->isUsable();
    if (!usable) {
        session.reset();
        return dropReserved();
    }
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(session));
    freed_.notify_one();
}

Occupazione Pool::occupazione() const
{
    const std::lock_guard lock(mutex_);
    return {size_, made_ - free_.size(), free_.size(), waiting_};
}

}
