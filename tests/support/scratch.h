#pragma once

#include "server/store/database.h"

#include <QString>

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace sdc::tests {

/// A folder that is gone with this object.
class Folder
{
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// A new file with this content.
    std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path path_;
};

/// For initTestCase_data: every test of the class runs on SQLite, and on the PostgreSQL that SDC_TEST_POSTGRESQL names.
/// Without it there is no such row, unless SDC_REQUIRE_POSTGRESQL=1: then the row is there and fails.
void addDatabases();

/// A PostgreSQL database of this test's own, dropped with this object. Throws where SDC_TEST_POSTGRESQL is not set.
class PostgresqlDatabase
{
public:
    PostgresqlDatabase();
    ~PostgresqlDatabase();
    PostgresqlDatabase(const PostgresqlDatabase&) = delete;
    PostgresqlDatabase& operator=(const PostgresqlDatabase&) = delete;

    const std::string& connection() const { return connection_; }

private:
    std::string name_;
    std::string connection_;
};

/// Empty storage of the kind that addDatabases names, with one ente's tables made.
class Scratch
{
public:
    explicit Scratch(const QString& database);

    store::Storage& storage() { return *storage_; }
    store::Database& ente() { return *ente_; }
    /// Another ente, its tables made.
    std::unique_ptr<store::Database> addEnte(const std::string& slug);
    const std::filesystem::path& folder() const { return folder_.path(); }

private:
    Folder folder_;
    std::unique_ptr<PostgresqlDatabase> postgresql_;
    std::unique_ptr<store::Storage> storage_;
    std::unique_ptr<store::Database> ente_;
};

/// Runs `work` in `count` threads that start together; throws again what one of them threw.
void inThreads(int count, const std::function<void(int)>& work);

}
