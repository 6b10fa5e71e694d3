#pragma once

#include "server/store/database.h"

#include <soci/soci.h>

#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sdc::store {

/// At the end of a SQLite file's connection string: nothing is written to it, not even beside it.
inline constexpr std::string_view kReadOnly = " readonly=true";

/// A statement that stays prepared; busy while a Sql runs it.
struct Kept
{
    soci::statement statement;
    bool busy = false;
};

/// One connection to a database, with the statements it keeps prepared.
class Session
{
public:
    Session(Kind kind, const std::string& connection);

    Kind kind() const { return kind_; }
    soci::session& soci() { return soci_; }
    /// The statement for `sql`, prepared now or kept from before; a second one where the first is busy.
    Kept& prepare(const std::string& sql);
    void release(Kept& kept);
    void execute(const std::string& sql);
    /// Throws what an error of this session means: see throwFault.
    [[noreturn]] void fail(const soci::soci_error& error);
    /// PostgreSQL: the schema whose tables are meant.
    void use(const std::string& schema);
    const std::string& schema() const { return schema_; }
    /// Whether it is connected, and outside any transaction: fit for the next one who asks.
    bool isUsable();
    /// Ends what a transaction may have left open.
    void rollBack() noexcept;

private:
    bool isConnected();

    Kind kind_;
    soci::session soci_;
    std::map<std::string, std::list<Kept>, std::less<>> kept_;
    std::string schema_;
};

/// Sessions ready for use; a thread that finds none waits.
class Pool
{
public:
    Pool(Kind kind, std::string connection, std::size_t size);

    Kind kind() const { return kind_; }
    /// A free session, by preference one that last served `schema`. Throws Unavailable where none came in time.
    std::unique_ptr<Session> take(const std::string& schema, std::chrono::milliseconds patience = kLongestWait);
    void giveBack(std::unique_ptr<Session> session) noexcept;
    Occupazione occupazione() const;

private:
    using Deadline = std::chrono::steady_clock::time_point;

    /// A free session, or the right to make one (null).
    std::unique_ptr<Session> takeOrReserve(const std::string& schema, Deadline until);
    /// A new session; where none can be made, one that others give back.
    std::unique_ptr<Session> makeReserved(const std::string& schema, Deadline until);
    /// A free session that still works; those that do not are let go.
    std::unique_ptr<Session> takeFree(const std::string& schema);
    void dropReserved();

    Kind kind_;
    std::string connection_;
    std::size_t size_;
    mutable std::mutex mutex_;
    std::condition_variable freed_;
    std::size_t made_ = 0;
    std::size_t waiting_ = 0;
    std::vector<std::unique_ptr<Session>> free_;
};

}
