#pragma once

#include "core/base/time.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>

namespace sdc::store {

class Session;
class Pool;
class DefinizioniLette;

/// A row with this key exists already.
class Duplicate : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

enum class Kind { Sqlite, Postgresql };

/// How long a thread waits for a session before it gives up.
inline constexpr std::chrono::milliseconds kLongestWait{10'000};

/// How the sessions of a pool are used: of `most` so many at work, so many idle, and threads that wait for one.
struct Occupazione
{
    std::size_t most = 0;
    std::size_t inUse = 0;
    std::size_t free = 0;
    std::size_t waiting = 0;
};

/// Gives a session back to its pool when it goes.
class Lease
{
public:
    Lease(Pool* pool, std::unique_ptr<Session> session);
    Lease(Session& borrowed);
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    Session& session() const { return *session_; }

private:
    Pool* pool_ = nullptr;
    std::unique_ptr<Session> owned_;
    Session* session_ = nullptr;
};

/// What can be read from: a Database, or the Transaction under way.
class Reader
{
public:
    virtual Lease lease() = 0;
    virtual Kind kind() const = 0;
    /// The definitions that were read from this database so far.
    virtual DefinizioniLette& definizioni() = 0;

protected:
    Reader() = default;
    Reader(const Reader&) = default;
    Reader(Reader&&) = default;
    ~Reader() = default;
};

/// The data of one ente, or the catalogue of all. Made by a Storage; threads may share it.
class Database final : public Reader
{
public:
    Database(std::shared_ptr<Pool> pool, std::string schema);
    ~Database();

    Lease lease() override;
    /// The same, for who waits no longer than this.
    Lease lease(std::chrono::milliseconds patience);
    Kind kind() const override;
    DefinizioniLette& definizioni() override { return *definizioni_; }
    /// On SQLite one writer at a time: who waits here waits fairly, not by polling the file's lock.
    std::mutex& writer() { return writer_; }

private:
    // Shared by the databases of all enti on PostgreSQL, where a session can serve each of them.
    std::shared_ptr<Pool> pool_;
    std::string schema_;
    std::mutex writer_;
    std::unique_ptr<DefinizioniLette> definizioni_;
};

/// Changes that happen all together at commit(), or not at all.
class Transaction final : public Reader
{
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Lease lease() override;
    Kind kind() const override { return kind_; }
    DefinizioniLette& definizioni() override { return definizioni_; }
    void commit();

private:
    Kind kind_;
    DefinizioniLette& definizioni_;
    std::unique_lock<std::mutex> turn_;
    Lease lease_;
    bool open_ = true;
};

/// What the clock can have given by now: dates beyond it, give or take, are of a clock that was ahead.
struct Limiti
{
    Instant now;
    std::chrono::seconds tolerance;

    Instant after(std::chrono::seconds span) const { return now + span + tolerance; }
};

/// The PostgreSQL schema of an ente.
std::string schemaOf(const std::string& slug);

/// A SQLite file alone, for one thread at a time; made where there is none.
std::unique_ptr<Database> openFile(const std::filesystem::path& file);
/// One that is there, and that nothing is written to.
std::unique_ptr<Database> openReadOnly(const std::filesystem::path& file);

/// Where the databases are: a folder of SQLite files, or a PostgreSQL.
class Storage
{
public:
    /// SQLite: `folder`/catalogo.sqlite and `folder`/enti/SLUG/stanza.sqlite.
    static Storage sqlite(std::filesystem::path folder);
    /// PostgreSQL by libpq's connection string: schema catalogo, and ente_SLUG with _ for -.
    static Storage postgresql(const std::string& connection, std::size_t sessions);

    std::unique_ptr<Database> catalogo() const;
    std::unique_ptr<Database> ente(const std::string& slug) const;
    /// PostgreSQL: the schemas as they are, from none of them.
    std::unique_ptr<Database> schemi() const;
    /// PostgreSQL: how its sessions are used.
    std::optional<Occupazione> occupazione() const;

private:
    Storage() = default;

    std::filesystem::path folder_;
    std::shared_ptr<Pool> postgresql_;
};

}
