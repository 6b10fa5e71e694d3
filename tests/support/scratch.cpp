#include "tests/support/scratch.h"

#include "server/store/ids.h"
#include "server/store/migrations.h"
#include "server/store/session.h"
#include "tests/support/makers.h"

#include <QTest>

#include <algorithm>
#include <fstream>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace sdc::tests {
namespace {

constexpr std::size_t kSessions = 16;

/// Memory where there is such a folder: each commit waits for the disk, and the tests commit thousands of times.
std::filesystem::path base()
{
    const std::filesystem::path memory = "/dev/shm";
    return qEnvironmentVariableIsEmpty("TMPDIR") && std::filesystem::is_directory(memory)
               ? memory
               : std::filesystem::temp_directory_path();
}

std::string administration()
{
    const QByteArray connection = qgetenv("SDC_TEST_POSTGRESQL");
    if (connection.isEmpty())
        throw std::runtime_error("SDC_TEST_POSTGRESQL is not set, and the tests on PostgreSQL are required");
    return connection.toStdString();
}

}

Folder::Folder() : path_(base() / ("stanza-" + store::newId()))
{
    std::filesystem::create_directories(path_);
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Folder::write(const std::string& name, const std::string& content) const
{
    std::ofstream(path_ / name, std::ios::binary) << content;
    return path_ / name;
}

void addDatabases()
{
    QTest::addColumn<QString>("database");
    QTest::newRow("sqlite") << "sqlite";
    if (!qEnvironmentVariableIsEmpty("SDC_TEST_POSTGRESQL") || qEnvironmentVariable("SDC_REQUIRE_POSTGRESQL") == "1")
        QTest::newRow("postgresql") << "postgresql";
}

PostgresqlDatabase::PostgresqlDatabase() : name_("prova_" + store::newId())
{
    std::replace(name_.begin(), name_.end(), '-', '_');
    store::Session(store::Kind::Postgresql, administration())
        .execute("CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    connection_ = administration() + " dbname=" + name_;
}

PostgresqlDatabase::~PostgresqlDatabase()
{
    try {
        store::Session(store::Kind::Postgresql, administration()).execute("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception& error) {
        qWarning("%s is left behind: %s", name_.c_str(), error.what());
    }
}

Scratch::Scratch(const QString& database)
{
    if (database == "postgresql") {
        postgresql_ = std::make_unique<PostgresqlDatabase>();
        storage_ = std::make_unique<store::Storage>(store::Storage::postgresql(postgresql_->connection(), kSessions));
    } else {
        storage_ = std::make_unique<store::Storage>(store::Storage::sqlite(folder_.path()));
    }
    ente_ = addEnte("prova");
}

std::unique_ptr<store::Database> Scratch::addEnte(const std::string& slug)
{
    auto ente = storage_->ente(slug);
    store::migrateEnte(*ente, instant("2026-01-01T00:00:00Z"));
    return ente;
}

void inThreads(int count, const std::function<void(int)>& work)
{
    std::latch start(count);
    std::mutex mutex;
    std::exception_ptr fault;
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            try {
                work(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                fault = std::current_exception();
            }
        });
    }
    threads.clear();
    if (fault)
        std::rethrow_exception(fault);
}

}
