#include "server/store/registro.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

#include <mutex>
#include <set>

using namespace sdc;
using tests::instant;
using tests::q;
using tests::Scratch;

namespace {

store::Registrazione registrazione(const std::string& chiave)
{
    return {chiave, store::Verso::Entrata, Id<Pratica>{"p"}, "Rossi Mario", "Certificato nascita", {"abc", "def"}};
}

NumeroProtocollo number(store::Database& database, const std::string& chiave, const char* when)
{
    store::Transaction transaction(database);
    const auto numero = store::registra(transaction, registrazione(chiave), instant(when));
    transaction.commit();
    return numero;
}

}

class TestRegistro : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // DPR 445/2000, art. 57: progressive, at least seven digits, renewed every calendar year.
    void numbersGoOnByOneAndBeginAnewEachYearOfItaly()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        QCOMPARE(q(number(scratch.ente(), "a", "2025-06-01T10:00:00Z").text), q("0000001/2025"));
        QCOMPARE(q(number(scratch.ente(), "b", "2025-12-31T22:59:59Z").text), q("0000002/2025"));
        QCOMPARE(q(number(scratch.ente(), "c", "2025-12-31T23:00:00Z").text), q("0000001/2026"));
        QCOMPARE(q(number(scratch.ente(), "d", "2026-07-01T10:00:00Z").text), q("0000002/2026"));
        QVERIFY(store::gaps(scratch.ente()).empty());
    }

    // DPR 445/2000, art. 53: number and date are one act; a later number has no earlier date.
    void datesFollowTheNumbersThoughAClockGoesBack()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        number(scratch.ente(), "a", "2025-12-31T23:00:01Z");
        const auto back = number(scratch.ente(), "b", "2025-12-31T22:59:58Z");
        QCOMPARE(q(back.text), q("0000002/2026"));
        QCOMPARE(back.quando, instant("2025-12-31T23:00:01Z"));
        QVERIFY_EXCEPTION_THROWN(number(scratch.ente(), "c", "2025-12-31T22:50:00Z"), std::runtime_error);
        QCOMPARE(q(number(scratch.ente(), "d", "2025-12-31T23:10:00Z").text), q("0000003/2026"));
    }

    void aNumberTakenOutIsMissedWhereverItStood_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("the last") << "DELETE FROM registro WHERE numero = 3";
        QTest::newRow("the first") << "DELETE FROM registro WHERE numero = 1";
        QTest::newRow("all of the year") << "DELETE FROM registro";
        QTest::newRow("renumbered") << "UPDATE registro SET numero = 0 WHERE numero = 1";
    }
    void aNumberTakenOutIsMissedWhereverItStood()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QString, sql);
        Scratch scratch(database);
        for (const char* key : {"a", "b", "c"})
            number(scratch.ente(), key, "2026-06-01T10:00:00Z");
        {
            store::Transaction transaction(scratch.ente());
            store::Sql(transaction, sql.toUtf8().constData()).run();
            transaction.commit();
        }
        QCOMPARE(store::gaps(scratch.ente()).size(), std::size_t{1});
    }

    // What was passed over after a restore is no gap; what is missing beside it is, and so is a number given in it.
    void passedOverNumbersAloneMayBeMissing()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto execute = [&](const char* sql) {
            store::Transaction transaction(scratch.ente());
            store::Sql(transaction, sql).run();
            transaction.commit();
        };
        const auto avanza = [&](int anno, int ultimo) {
            store::Transaction transaction(scratch.ente());
            store::avanza(transaction, anno, ultimo, instant("2026-06-02T10:00:00Z"));
            transaction.commit();
        };
        number(scratch.ente(), "a", "2026-06-01T10:00:00Z");
        avanza(2026, 4);
        avanza(2026, 4);
        QCOMPARE(q(number(scratch.ente(), "b", "2026-06-02T10:00:00Z").text), q("0000005/2026"));
        avanza(2026, 7);
        avanza(2025, 2);
        QVERIFY(store::gaps(scratch.ente()).empty());
        QVERIFY_EXCEPTION_THROWN(avanza(2026, 6), std::runtime_error);
        std::string told;
        for (const store::Salto& salto : store::salti(scratch.ente()))
            told += std::to_string(salto.anno) + ":" + std::to_string(salto.primo) + "-" +
                    std::to_string(salto.ultimo) + " ";
        QCOMPARE(q(told), q("2026:2-4 2026:6-7 2025:1-2 "));
        execute("UPDATE registro SET numero = 3 WHERE numero = 5");
        QCOMPARE(store::gaps(scratch.ente()).size(), std::size_t{1});
        execute("DELETE FROM registro WHERE numero = 3");
        QCOMPARE(store::gaps(scratch.ente()).size(), std::size_t{1});
    }

    // R1: "Each exactly once, however often it is tried again".
    void theSameKeyHasTheSameNumberForEver()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto first = number(scratch.ente(), "modulo:1", "2025-12-31T10:00:00Z");
        number(scratch.ente(), "modulo:2", "2025-12-31T10:00:01Z");
        const auto again = number(scratch.ente(), "modulo:1", "2026-01-01T10:00:00Z");
        QVERIFY(first == again);
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM registro"), 2LL);
    }

    void eachEnteHasItsOwnRegister()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto other = scratch.addEnte("altro");
        QCOMPARE(q(number(scratch.ente(), "a", "2026-06-01T10:00:00Z").text), q("0000001/2026"));
        QCOMPARE(q(number(*other, "a", "2026-06-01T10:00:00Z").text), q("0000001/2026"));
    }

    void aNumberThatIsNotCommittedIsGivenAgain()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        {
            store::Transaction transaction(scratch.ente());
            store::registra(transaction, registrazione("persa"), instant("2026-06-01T10:00:00Z"));
        }
        QCOMPARE(q(number(scratch.ente(), "a", "2026-06-01T10:00:00Z").text), q("0000001/2026"));
    }

    void eightThreadsLeaveNoGapAndNoDouble()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        std::mutex mutex;
        std::set<std::string> numbers;
        tests::inThreads(8, [&](int thread) {
            for (int i = 0; i < 12; ++i) {
                const std::string key = std::to_string(thread) + "." + std::to_string(i);
                // Every fourth is given up before it commits.
                if (i % 4 == 3) {
                    store::Transaction lost(scratch.ente());
                    store::registra(lost, registrazione("persa " + key), instant("2026-06-01T10:00:00Z"));
                    continue;
                }
                const auto numero = number(scratch.ente(), key, "2026-06-01T10:00:00Z");
                const std::lock_guard lock(mutex);
                numbers.insert(numero.text);
            }
        });
        QCOMPARE(numbers.size(), std::size_t{72});
        QCOMPARE(q(*numbers.begin()), q("0000001/2026"));
        QCOMPARE(q(*numbers.rbegin()), q("0000072/2026"));
        QVERIFY(store::gaps(scratch.ente()).empty());
    }

    void theSameKeyInEightThreadsIsRegisteredOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        std::mutex mutex;
        std::set<std::string> numbers;
        tests::inThreads(8, [&](int) {
            try {
                const auto numero = number(scratch.ente(), "modulo:1", "2026-06-01T10:00:00Z");
                const std::lock_guard lock(mutex);
                numbers.insert(numero.text);
            } catch (const store::Duplicate&) {
                // Somebody else was registering it at that moment: tried again, it has that number.
                const auto numero = number(scratch.ente(), "modulo:1", "2026-06-01T10:00:00Z");
                const std::lock_guard lock(mutex);
                numbers.insert(numero.text);
            }
        });
        QCOMPARE(numbers, std::set<std::string>{"0000001/2026"});
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM registro"), 1LL);
        QCOMPARE(q(number(scratch.ente(), "altra", "2026-06-01T10:00:00Z").text), q("0000002/2026"));
    }

    void aMissingNumberIsTold()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        for (const char* key : {"a", "b", "c"})
            number(scratch.ente(), key, "2026-06-01T10:00:00Z");
        {
            store::Transaction transaction(scratch.ente());
            store::Sql(transaction, "DELETE FROM registro WHERE numero = 2").run();
            transaction.commit();
        }
        const auto faults = store::gaps(scratch.ente());
        QCOMPARE(faults.size(), std::size_t{1});
        QVERIFY(q(faults.front()).contains("2026"));
    }
};

QTEST_GUILESS_MAIN(TestRegistro)
#include "test_registro.moc"
