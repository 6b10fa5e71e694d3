#include "core/base/error.h"
#include "server/store/enti.h"
#include "server/store/migrations.h"
#include "server/store/pratiche.h"
#include "server/store/session.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <thread>

using namespace sdc;
using namespace std::chrono_literals;
using tests::instant;
using tests::makeCittadino;
using tests::numberOf;
using tests::q;
using tests::Scratch;

namespace {

const Instant kNow = instant("2026-11-23T10:00:00Z");

void makeTable(store::Database& database)
{
    store::Transaction transaction(database);
    transaction.lease().session().execute("CREATE TABLE prova (chiave TEXT PRIMARY KEY, testo TEXT, numero BIGINT)");
    transaction.commit();
}

void put(store::Transaction& transaction, const std::string& chiave, const std::optional<std::string>& testo,
         std::optional<long long> numero)
{
    store::Sql(transaction, "INSERT INTO prova (chiave, testo, numero) VALUES (:chiave, :testo, :numero)")
        .use("chiave", chiave)
        .use("testo", testo)
        .use("numero", numero)
        .run();
}

void put(store::Database& database, const std::string& chiave, const std::optional<std::string>& testo,
         std::optional<long long> numero = 1)
{
    store::Transaction transaction(database);
    put(transaction, chiave, testo, numero);
    transaction.commit();
}

std::optional<std::string> textOf(store::Reader& reader, const std::string& chiave)
{
    std::optional<std::string> testo;
    store::Sql sql(reader, "SELECT testo FROM prova WHERE chiave = :chiave");
    if (!sql.use("chiave", chiave).into(testo).next())
        throw std::runtime_error("no such row");
    return testo;
}

}

class TestDatabase : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // E1: "Nothing of one is ever visible from another".
    void twoEntiSeeNothingOfEachOther()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto other = scratch.addEnte("altro-comune");
        const Cittadino mario = tests::addCittadino(scratch.ente(), makeCittadino());
        tests::addServizio(scratch.ente(), tests::servizioJson());
        const Pratica pratica = tests::addBozza(scratch.ente(), mario, "permesso-prova", kNow);
        for (const char* count :
             {"SELECT COUNT(*) FROM pratiche", "SELECT COUNT(*) FROM cittadini", "SELECT COUNT(*) FROM servizi"})
        {
            QCOMPARE(numberOf(scratch.ente(), count), 1LL);
            QCOMPARE(numberOf(*other, count), 0LL);
        }
        QVERIFY_EXCEPTION_THROWN(store::pratica(*other, pratica.id()), NotFound);
        // The same citizen has a room of their own there, and the same sessions served both.
        tests::addCittadino(*other, makeCittadino());
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(numberOf(*other, "SELECT COUNT(*) FROM pratiche"), 0LL);
            QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM pratiche"), 1LL);
        }
    }

    void twoEntiAreKeptApartUnderThreads()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto other = scratch.addEnte("altro");
        makeTable(scratch.ente());
        makeTable(*other);
        tests::inThreads(8, [&](int thread) {
            for (int i = 0; i < 10; ++i) {
                const bool mine = (thread + i) % 2 == 0;
                put(mine ? scratch.ente() : *other, std::to_string(thread) + "." + std::to_string(i),
                    mine ? "prova" : "altro");
            }
        });
        QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM prova WHERE testo = 'prova'"), 40LL);
        QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM prova"), 40LL);
        QCOMPARE(numberOf(*other, "SELECT COUNT(*) FROM prova WHERE testo = 'altro'"), 40LL);
        QCOMPARE(numberOf(*other, "SELECT COUNT(*) FROM prova"), 40LL);
    }

    void theTablesAreMadeOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        QCOMPARE(store::migrateEnte(scratch.ente(), kNow), 0);
        const auto catalogo = scratch.storage().catalogo();
        QVERIFY(store::migrateCatalogo(*catalogo, kNow) > 0);
        QCOMPARE(store::migrateCatalogo(*catalogo, kNow), 0);
    }

    void anEnteIsAddedAndUpdatedInTheCatalogue()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto catalogo = scratch.storage().catalogo();
        store::migrateCatalogo(*catalogo, kNow);
        for (const char* nome : {"Comune di Prova", "Comune di Prova d'Adige"}) {
            Ente ente;
            ente.slug = "prova";
            ente.nome = nome;
            store::Transaction transaction(*catalogo);
            store::save(transaction, ente, kNow);
            transaction.commit();
        }
        QCOMPARE(store::enti(*catalogo).size(), std::size_t{1});
        QCOMPARE(q(store::findEnte(*catalogo, "prova")->nome), q("Comune di Prova d'Adige"));
        QVERIFY(!store::findEnte(*catalogo, "assente"));
    }

    void textsComeBackAsTheyWentIn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << "";
        QTest::newRow("quotes") << "L'\"attività\" di D''Annunzio; DROP TABLE prova; --";
        QTest::newRow("emoji") << "😀 è 漢字 \u200D";
        QTest::newRow("lines") << "uno\ndue\r\n\ttre\n";
        QTest::newRow("names of parameters") << ":chiave $1 ? @x %s";
        QTest::newRow("backslashes") << "C:\\dati\\n \\' \\\\";
        QTest::newRow("long") << QStringLiteral("però €").repeated(20000);
    }
    void textsComeBackAsTheyWentIn()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QString, text);
        Scratch scratch(database);
        makeTable(scratch.ente());
        put(scratch.ente(), text.toStdString() + "k", text.toStdString());
        QCOMPARE(q(textOf(scratch.ente(), text.toStdString() + "k").value()), text);
    }

    void valuesOfEveryKindComeBackAndNothingStaysNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        put(scratch.ente(), "vuoto", "");
        put(scratch.ente(), "niente", std::nullopt);
        put(scratch.ente(), "grande", "x", 9'223'372'036'854'775'807LL);
        QVERIFY(textOf(scratch.ente(), "vuoto").has_value());
        QVERIFY(!textOf(scratch.ente(), "niente").has_value());
        QCOMPARE(numberOf(scratch.ente(), "SELECT numero FROM prova WHERE chiave = 'grande'"),
                 9'223'372'036'854'775'807LL);
        // A value where none is expected is a fault, not an empty text.
        std::string target;
        store::Sql sql(scratch.ente(), "SELECT testo FROM prova WHERE chiave = 'niente'");
        sql.into(target);
        QVERIFY_EXCEPTION_THROWN(sql.next(), std::runtime_error);
    }

    void whatIsNotCommittedNeverWas()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        {
            store::Transaction transaction(scratch.ente());
            put(transaction, "a", "x", 1);
            QCOMPARE(numberOf(transaction, "SELECT COUNT(*) FROM prova"), 1LL);
        }
        QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM prova"), 0LL);
        // The session is fit for the next transaction, after a fault within one as well.
        try {
            store::Transaction transaction(scratch.ente());
            put(transaction, "a", "x", 1);
            put(transaction, "a", "y", 2);
            QFAIL("a second row with the same key");
        } catch (const store::Duplicate&) {
        }
        put(scratch.ente(), "a", "z");
        QCOMPARE(q(textOf(scratch.ente(), "a").value()), q("z"));
    }

    void aFaultThatIsNoDuplicateIsNotCalledOne()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        try {
            store::Transaction transaction(scratch.ente());
            store::Sql(transaction, "INSERT INTO prova (chiave, numero) VALUES (NULL, 1), (NULL, 2)").run();
            if (database == "postgresql")
                QFAIL("a key that is nothing");
        } catch (const store::Duplicate&) {
            QFAIL("a missing value is no duplicate");
        } catch (const std::exception&) {
        }
        try {
            store::Transaction transaction(scratch.ente());
            store::Sql(transaction, "INSERT INTO accettazioni (cittadino, termine, quando) VALUES ('x', 'y', 'z')")
                .run();
            QFAIL("a citizen that is not there");
        } catch (const store::Duplicate&) {
            QFAIL("a missing row is no duplicate");
        } catch (const std::exception&) {
        }
    }

    void aStatementRunsAgainWithOtherValues()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        for (int i = 0; i < 50; ++i) {
            const auto text = i % 3 == 0 ? std::nullopt : std::optional{"t" + std::to_string(i)};
            put(scratch.ente(), std::to_string(i), text, i % 2 == 0 ? std::nullopt : std::optional<long long>{i});
            QVERIFY(textOf(scratch.ente(), std::to_string(i)) == text);
        }
        QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM prova WHERE testo IS NULL"), 17LL);
        QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM prova WHERE numero IS NULL"), 25LL);
    }

    void aStatementIsPreparedOnceForASession()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const store::Lease lease = scratch.ente().lease();
        store::Kept& first = lease.session().prepare("SELECT COUNT(*) FROM pratiche");
        store::Kept& second = lease.session().prepare("SELECT COUNT(*) FROM pratiche");
        QVERIFY(&first != &second);
        lease.session().release(first);
        QVERIFY(&lease.session().prepare("SELECT COUNT(*) FROM pratiche") == &first);
        lease.session().release(first);
        lease.session().release(second);
    }

    void theSameStatementRunsWithinItselfInATransaction()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        store::Transaction transaction(scratch.ente());
        for (const char* key : {"a", "b", "c"})
            put(transaction, key, "x", 1);
        int pairs = 0;
        std::string outer;
        store::Sql sql(transaction, "SELECT chiave FROM prova ORDER BY chiave");
        sql.into(outer);
        while (sql.next()) {
            std::string inner;
            store::Sql again(transaction, "SELECT chiave FROM prova ORDER BY chiave");
            again.into(inner);
            while (again.next())
                ++pairs;
        }
        QCOMPARE(pairs, 9);
    }

    void aSelectLeftHalfWayBlocksNoWriter()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        {
            store::Transaction transaction(scratch.ente());
            for (int i = 0; i < 100; ++i)
                put(transaction, std::to_string(i), "x", i);
            transaction.commit();
        }
        QElapsedTimer timer;
        timer.start();
        std::string key;
        {
            store::Sql sql(scratch.ente(), "SELECT chiave FROM prova ORDER BY chiave");
            sql.into(key);
            QVERIFY(sql.next());
            put(scratch.ente(), "durante", "x");
        }
        put(scratch.ente(), "dopo", "x");
        QVERIFY2(timer.elapsed() < 2000, "a writer waited for a reader");
        if (database == "sqlite") {
            // The log can be emptied: no read mark was left in it.
            int busy = 1;
            store::Sql checkpoint(scratch.ente(), "PRAGMA wal_checkpoint(TRUNCATE)");
            QVERIFY(checkpoint.into(busy).next());
            QCOMPARE(busy, 0);
        }
    }

    void aReaderDoesNotWaitForAWriter()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        put(scratch.ente(), "a", "prima");
        store::Transaction transaction(scratch.ente());
        store::Sql(transaction, "UPDATE prova SET testo = 'dopo'").run();
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(q(textOf(scratch.ente(), "a").value()), q("prima"));
        QVERIFY(timer.elapsed() < 1000);
        transaction.commit();
        QCOMPARE(q(textOf(scratch.ente(), "a").value()), q("dopo"));
    }

    void whoFindsNoSessionWaitsForOne()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        // 16 in both: SQLite's own number, and what Scratch asks of PostgreSQL.
        std::vector<store::Lease> all;
        for (int i = 0; i < 16; ++i)
            all.push_back(scratch.ente().lease());
        std::atomic<bool> got = false;
        std::jthread waiting([&] {
            const store::Lease lease = scratch.ente().lease();
            got = true;
        });
        std::this_thread::sleep_for(150ms);
        QVERIFY(!got);
        all.pop_back();
        QTRY_VERIFY_WITH_TIMEOUT(got, 5000);
    }

    void manyThreadsShareFewSessions()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        makeTable(scratch.ente());
        std::atomic<int> read = 0;
        tests::inThreads(40, [&](int thread) {
            put(scratch.ente(), std::to_string(thread), "x");
            read += textOf(scratch.ente(), std::to_string(thread)) == "x" ? 1 : 0;
        });
        QCOMPARE(read.load(), 40);
        QCOMPARE(numberOf(scratch.ente(), "SELECT COUNT(*) FROM prova"), 40LL);
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "test_database.moc"
