#include "server/store/attivita.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"

#include <QTest>

using namespace sdc;
using tests::instant;
using tests::Scratch;

namespace {

void logOne(store::Database& database, const std::string& what)
{
    store::Transaction transaction(database);
    store::log(transaction, {"operatore", "op-1", what, "pratica:1", "dettaglio con 'apici' e 😀"},
               instant("2026-11-23T10:00:00Z"));
    transaction.commit();
}

void run(store::Database& database, const char* sql)
{
    store::Transaction transaction(database);
    store::Sql(transaction, sql).run();
    transaction.commit();
}

}

class TestAttivita : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void aChainThatNobodyTouchedIsWhole()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        QVERIFY(!store::firstBreak(scratch.ente(), store::kCatenaAttivita));
        tests::inThreads(8, [&](int) {
            for (int i = 0; i < 8; ++i)
                logOne(scratch.ente(), "pratica aperta");
        });
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM attivita"), 64LL);
        QVERIFY(!store::firstBreak(scratch.ente(), store::kCatenaAttivita));
    }

    void aChangedRowIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<qlonglong>("row");
        const auto row = [](const char* name, const char* sql, qlonglong number) {
            QTest::newRow(name) << sql << number;
        };
        row("who", "UPDATE attivita SET attore = 'op-2' WHERE numero = 4", 4);
        row("what", "UPDATE attivita SET azione = 'pratica chiusa' WHERE numero = 5", 5);
        row("when", "UPDATE attivita SET quando = '2026-11-23T10:00:01Z' WHERE numero = 6", 6);
        row("to what", "UPDATE attivita SET oggetto = 'pratica:2' WHERE numero = 7", 7);
        row("a word moved into the next column",
            "UPDATE attivita SET tipo_attore = 'operatoreop', attore = '-1' WHERE numero = 3", 3);
        row("a row taken out", "DELETE FROM attivita WHERE numero = 5", 5);
        row("the first row taken out", "DELETE FROM attivita WHERE numero = 1", 1);
        row("the last row taken out", "DELETE FROM attivita WHERE numero = 9", 9);
        row("the counter set back", "UPDATE contatori SET valore = 4 WHERE nome = 'attivita'", 5);
        row("a hash", "UPDATE attivita SET hash = 'x' WHERE numero = 8", 8);
        row("two rows exchanged",
            "UPDATE attivita SET numero = CASE numero WHEN 2 THEN 30 WHEN 3 THEN 20 ELSE numero END WHERE numero IN "
            "(2, 3)",
            2);
    }
    void aChangedRowIsFound()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QString, sql);
        QFETCH(qlonglong, row);
        Scratch scratch(database);
        for (int i = 1; i <= 9; ++i)
            logOne(scratch.ente(), "azione " + std::to_string(i));
        run(scratch.ente(), sql.toUtf8().constData());
        const auto broken = store::firstBreak(scratch.ente(), store::kCatenaAttivita);
        QVERIFY(broken.has_value());
        QCOMPARE(static_cast<qlonglong>(*broken), row);
    }

    void whatIsNotCommittedIsNotInTheChain()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        logOne(scratch.ente(), "prima");
        {
            store::Transaction transaction(scratch.ente());
            store::log(transaction, {"sistema", "", "persa", "", ""}, instant("2026-11-23T10:00:00Z"));
        }
        logOne(scratch.ente(), "seconda");
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT MAX(numero) FROM attivita"), 2LL);
        QVERIFY(!store::firstBreak(scratch.ente(), store::kCatenaAttivita));
    }
};

QTEST_GUILESS_MAIN(TestAttivita)
#include "test_attivita.moc"
