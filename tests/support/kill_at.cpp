// Preloaded into a server under test, it kills the process (SIGKILL) at one exact moment, so that production code needs
// no switch for it. SDC_KILL_AT is "WHEN:NUMBER:WHERE", WHEN "before" or "after", and kills at the NUMBER-th
//   - COMMIT of a transaction in which a statement with the words WHERE ran ("after:3:INSERT INTO registro"), or
//   - call of the system function WHERE: fsync, fdatasync, rename, send (sendmsg as well), recv ("before:10:@rename").
// What killed is appended as a line to the file SDC_KILL_LOG.
#include <dlfcn.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace {

struct Plan
{
    bool after = false;
    int number = 0;
    std::string where;
    std::string text;
};

Plan readPlan()
{
    const char* given = std::getenv("SDC_KILL_AT");
    if (given == nullptr)
        return {};
    const std::string text = given;
    const auto first = text.find(':');
    const auto second = text.find(':', first + 1);
    return {text.substr(0, first) == "after", std::atoi(text.c_str() + first + 1), text.substr(second + 1), text};
}

const Plan& plan()
{
    static const Plan kPlan = readPlan();
    return kPlan;
}

std::atomic<int> passed{0};
thread_local bool armed = false;

[[noreturn]] void die()
{
    if (const char* file = std::getenv("SDC_KILL_LOG")) {
        const int log = ::open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
        const std::string line = plan().text + "\n";
        [[maybe_unused]] const auto written = ::write(log, line.data(), line.size());
    }
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

/// Dies at the last passage before, or the first after, the moment that is planned.
class Moment
{
public:
    explicit Moment(bool meant) : meant_(meant && plan().number > 0 && ++passed == plan().number)
    {
        if (meant_ && !plan().after)
            die();
    }
    ~Moment()
    {
        if (meant_ && plan().after)
            die();
    }
    Moment(const Moment&) = delete;
    Moment& operator=(const Moment&) = delete;

private:
    bool meant_;
};

/// Whether this statement ends a transaction in which the planned one ran.
bool endsArmed(const char* sql)
{
    if (sql == nullptr || plan().where.empty() || plan().where[0] == '@')
        return false;
    if (std::strncmp(sql, "COMMIT", 6) == 0)
        return std::exchange(armed, false);
    if (std::strncmp(sql, "ROLLBACK", 8) == 0)
        armed = false;
    if (std::strstr(sql, plan().where.c_str()) != nullptr)
        armed = true;
    return false;
}

bool isCall(const char* name)
{
    return !plan().where.empty() && plan().where[0] == '@' && plan().where.compare(1, std::string::npos, name) == 0;
}

template <typename Function>
Function* next(Function*, const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::mutex preparedMutex;

/// PostgreSQL's prepared statements are called by name.
std::map<std::pair<PGconn*, std::string>, std::string>& prepared()
{
    static std::map<std::pair<PGconn*, std::string>, std::string> all;
    return all;
}

std::string textOf(PGconn* connection, const char* name)
{
    const std::lock_guard lock(preparedMutex);
    return prepared()[{connection, name}];
}

}

#define REAL(name) static auto* const real = next(&name, #name)

extern "C" {

int fsync(int file)
{
    REAL(fsync);
    const Moment moment(isCall("fsync"));
    return real(file);
}

int fdatasync(int file)
{
    REAL(fdatasync);
    const Moment moment(isCall("fdatasync"));
    return real(file);
}

int rename(const char* from, const char* to) noexcept
{
    REAL(rename);
    const Moment moment(isCall("rename"));
    return real(from, to);
}

ssize_t send(int socket, const void* data, size_t size, int flags)
{
    REAL(send);
    const Moment moment(isCall("send"));
    return real(socket, data, size, flags);
}

ssize_t sendmsg(int socket, const msghdr* message, int flags)
{
    REAL(sendmsg);
    const Moment moment(isCall("send"));
    return real(socket, message, flags);
}

ssize_t recv(int socket, void* data, size_t size, int flags)
{
    REAL(recv);
    const Moment moment(isCall("recv"));
    return real(socket, data, size, flags);
}

int sqlite3_step(sqlite3_stmt* statement)
{
    REAL(sqlite3_step);
    static auto* const sql = next(&sqlite3_sql, "sqlite3_sql");
    const Moment moment(endsArmed(sql(statement)));
    return real(statement);
}

PGresult* PQprepare(PGconn* connection, const char* name, const char* sql, int count, const Oid* types)
{
    REAL(PQprepare);
    {
        const std::lock_guard lock(preparedMutex);
        prepared()[{connection, name}] = sql;
    }
    return real(connection, name, sql, count, types);
}

PGresult* PQexec(PGconn* connection, const char* sql)
{
    REAL(PQexec);
    const Moment moment(endsArmed(sql));
    return real(connection, sql);
}

PGresult* PQexecParams(PGconn* connection, const char* sql, int count, const Oid* types, const char* const* values,
                       const int* lengths, const int* formats, int format)
{
    REAL(PQexecParams);
    const Moment moment(endsArmed(sql));
    return real(connection, sql, count, types, values, lengths, formats, format);
}

PGresult* PQexecPrepared(PGconn* connection, const char* name, int count, const char* const* values, const int* lengths,
                         const int* formats, int format)
{
    REAL(PQexecPrepared);
    const Moment moment(endsArmed(textOf(connection, name).c_str()));
    return real(connection, name, count, values, lengths, formats, format);
}
}
