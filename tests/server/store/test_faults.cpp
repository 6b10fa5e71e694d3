#include "core/base/error.h"
#include "server/store/ids.h"
#include "server/store/session.h"
#include "server/store/sql.h"
#include "server/unavailable.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace sdc;
using namespace std::chrono_literals;
using tests::numberOf;
using tests::q;

namespace {

void execute(store::Database& database, const std::string& sql)
{
    const store::Lease lease = database.lease();
    lease.session().execute(sql);
}

/// What an attempt ends with: "" where it goes well.
QString faultOf(const std::function<void()>& attempt)
{
    try {
        attempt();
        return {};
    } catch (const Unavailable&) {
        return QStringLiteral("unavailable");
    } catch (const Conflict&) {
        return QStringLiteral("conflict");
    } catch (const store::Duplicate&) {
        return QStringLiteral("duplicate");
    } catch (const std::exception& error) {
        return QStringLiteral("other: ") + QString::fromUtf8(error.what());
    }
}

void put(store::Database& database, long long numero)
{
    store::Transaction transaction(database);
    store::Sql(transaction, "INSERT INTO prova (numero, testo) VALUES (:numero, :testo)")
        .use("numero", numero)
        .use("testo", std::string(3000, 'x'))
        .run();
    transaction.commit();
}

/// A PostgreSQL with a table that refuses a row with the SQLSTATE that it holds.
struct Malato
{
    tests::PostgresqlDatabase postgresql;
    store::Storage storage = store::Storage::postgresql(postgresql.connection(), 4);
    std::unique_ptr<store::Database> database = storage.ente("prova");

    Malato()
    {
        execute(*database, "CREATE TABLE malata (stato TEXT)");
        execute(*database, "CREATE FUNCTION ammala() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                           "IF NEW.stato <> '' THEN RAISE EXCEPTION 'segreto %', NEW.stato USING ERRCODE = NEW.stato; "
                           "END IF; RETURN NEW; END $$");
        execute(*database, "CREATE CONSTRAINT TRIGGER ammala AFTER INSERT ON malata DEFERRABLE INITIALLY DEFERRED "
                           "FOR EACH ROW WHEN (NEW.stato LIKE '5%') EXECUTE FUNCTION ammala()");
        execute(*database, "CREATE TRIGGER ammala_subito BEFORE INSERT ON malata FOR EACH ROW "
                           "WHEN (NEW.stato NOT LIKE '5%') EXECUTE FUNCTION ammala()");
    }
    /// States of class 5 come with the COMMIT, the others at once.
    void insert(const std::string& stato)
    {
        store::Transaction transaction(*database);
        store::Sql(transaction, "INSERT INTO malata (stato) VALUES (:stato)").use("stato", stato).run();
        transaction.commit();
    }
    int backend(store::Reader& reader)
    {
        int pid = 0;
        store::Sql sql(reader, "SELECT pg_backend_pid()");
        sql.into(pid).next();
        return pid;
    }
    /// As an administrator stops a server.
    void kill(int pid) { execute(*database, "SELECT pg_terminate_backend(" + std::to_string(pid) + ", 5000)"); }
};

bool skipsPostgresql()
{
    return qEnvironmentVariableIsEmpty("SDC_TEST_POSTGRESQL") &&
           qEnvironmentVariable("SDC_REQUIRE_POSTGRESQL") != QStringLiteral("1");
}

}

class TestFaults : public QObject
{
    Q_OBJECT

private slots:
    // SQLITE_FULL, as SQLite itself says it of a disk without place.
    void aFullSqliteSavesNothingAndGoesOnWhenThereIsPlace()
    {
        const tests::Folder folder;
        const auto database = store::openFile(folder.path() / "prova.sqlite");
        execute(*database, "CREATE TABLE prova (numero INTEGER PRIMARY KEY, testo TEXT NOT NULL)");
        execute(*database, "PRAGMA max_page_count = 40");
        long long saved = 0;
        QString fault;
        while (fault.isEmpty() && saved < 1000) {
            fault = faultOf([&] { put(*database, saved + 1); });
            saved += fault.isEmpty() ? 1 : 0;
        }
        QCOMPARE(fault, QStringLiteral("unavailable"));
        QVERIFY(saved > 0);
        QCOMPARE(numberOf(*database, "SELECT COUNT(*) FROM prova"), saved);
        execute(*database, "PRAGMA max_page_count = 4000");
        put(*database, saved + 1);
        QCOMPARE(numberOf(*database, "SELECT COUNT(*) FROM prova"), saved + 1);
    }

    void aSqliteThatDoesNotOpenIsUnavailable()
    {
        const tests::Folder folder;
        std::filesystem::create_directories(folder.path() / "enti" / "prova" / "stanza.sqlite");
        const auto database = store::Storage::sqlite(folder.path()).ente("prova");
        QCOMPARE(faultOf([&] { numberOf(*database, "SELECT 1"); }), QStringLiteral("unavailable"));
        std::filesystem::remove(folder.path() / "enti" / "prova" / "stanza.sqlite");
        QCOMPARE(numberOf(*database, "SELECT 1"), 1LL);
    }

    // The states of the manual's appendix A.
    void postgresqlSaysWhatPasses_data()
    {
        QTest::addColumn<QByteArray>("stato");
        QTest::addColumn<QString>("fault");
        for (const char* stato : {"53100", "53200", "53300", "57P01", "57P02", "57P03", "58030", "08006", "25006"})
            QTest::newRow(stato) << QByteArray(stato) << QStringLiteral("unavailable");
        QTest::newRow("40001") << QByteArray("40001") << QStringLiteral("conflict");
        QTest::newRow("40P01") << QByteArray("40P01") << QStringLiteral("conflict");
        QTest::newRow("23505") << QByteArray("23505") << QStringLiteral("duplicate");
        // Neither the values nor PostgreSQL's own text reach a log.
        QTest::newRow("22001") << QByteArray("22001")
                               << QStringLiteral("other: il database non ha eseguito la richiesta: SQLSTATE 22001");
    }
    void postgresqlSaysWhatPasses()
    {
        if (skipsPostgresql())
            QSKIP("no PostgreSQL");
        QFETCH(QByteArray, stato);
        QFETCH(QString, fault);
        Malato malato;
        QCOMPARE(faultOf([&] { malato.insert(stato.toStdString()); }), fault);
        QCOMPARE(numberOf(*malato.database, "SELECT COUNT(*) FROM malata"), 0LL);
        malato.insert("");
        QCOMPARE(numberOf(*malato.database, "SELECT COUNT(*) FROM malata"), 1LL);
    }

    void aLineThatBreaksIsUnavailableAndTheNextOneWorks()
    {
        if (skipsPostgresql())
            QSKIP("no PostgreSQL");
        Malato malato;
        for (const bool atCommit : {false, true}) {
            const QString fault = faultOf([&] {
                store::Transaction transaction(*malato.database);
                const int pid = malato.backend(transaction);
                if (atCommit)
                    store::Sql(transaction, "INSERT INTO malata (stato) VALUES ('')").run();
                malato.kill(pid);
                if (!atCommit)
                    store::Sql(transaction, "INSERT INTO malata (stato) VALUES ('')").run();
                transaction.commit();
            });
            QCOMPARE(fault, QStringLiteral("unavailable"));
            QCOMPARE(numberOf(*malato.database, "SELECT COUNT(*) FROM malata"), 0LL);
        }
        malato.insert("");
    }

    void aServerThatIsNotThereIsUnavailableAtOnce()
    {
        const auto storage = store::Storage::postgresql("host=127.0.0.1 port=1 dbname=x user=x password=segreta", 4);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 3; ++i) {
            try {
                storage.catalogo();
                QFAIL("opened");
            } catch (const Unavailable& error) {
                QVERIFY2(!q(error.what()).contains("segreta"), error.what());
            }
        }
        QVERIFY(timer.elapsed() < 5000);
    }

    void whoFindsNoSessionIsToldAfterItsPatience()
    {
        if (skipsPostgresql())
            QSKIP("no PostgreSQL");
        Malato malato;
        std::vector<store::Lease> all;
        for (int i = 0; i < 4; ++i)
            all.push_back(malato.database->lease());
        {
            std::jthread waiting([&] { faultOf([&] { malato.database->lease(2000ms); }); });
            QTRY_COMPARE_WITH_TIMEOUT(malato.storage.occupazione()->waiting, std::size_t{1}, 1500);
            QCOMPARE(faultOf([&] { malato.database->lease(50ms); }), QStringLiteral("unavailable"));
        }
        QCOMPARE(malato.storage.occupazione()->inUse, std::size_t{4});
        all.clear();
        QCOMPARE(malato.storage.occupazione()->free, std::size_t{4});
        QCOMPARE(malato.storage.occupazione()->waiting, std::size_t{0});
        QCOMPARE(faultOf([&] { malato.database->lease(50ms); }), QString());
    }

    // 53300: other programs have PostgreSQL's connections. Those that we have serve all, in turn.
    void fewerConnectionsThanConfiguredServeAll()
    {
        if (skipsPostgresql())
            QSKIP("no PostgreSQL");
        Malato malato;
        std::string role = "pochi_" + store::newId();
        std::replace(role.begin(), role.end(), '-', '_');
        execute(*malato.database, "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 2");
        store::Database database(std::make_shared<store::Pool>(store::Kind::Postgresql,
                                                               malato.postgresql.connection() + " user=" + role, 16),
                                 "ente_prova");
        std::atomic<int> served = 0;
        QElapsedTimer timer;
        timer.start();
        tests::inThreads(16, [&](int) {
            for (int i = 0; i < 5; ++i)
                served += numberOf(database, "SELECT 1") == 1 ? 1 : 0;
        });
        QCOMPARE(served.load(), 80);
        QVERIFY(timer.elapsed() < 10'000);
        execute(*malato.database, "ALTER ROLE " + role + " NOLOGIN");
        execute(*malato.database, "DROP ROLE " + role);
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "test_faults.moc"
