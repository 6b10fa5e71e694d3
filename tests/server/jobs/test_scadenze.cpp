#include "server/jobs/scadenze.h"

#include "server/sigilli.h"
#include "server/store/attivita.h"
#include "server/store/controlli.h"
#include "server/store/sql.h"
#include "server/store/tracce_spid.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/world.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::instant;
using tests::numberOf;
using tests::World;

namespace {

void keep(World& world, const char* id, Instant when)
{
    store::TracciaSpid t;
    t.genere = "richiesta";
    t.richiestaId = id;
    t.xml = "<samlp:AuthnRequest/>";
    store::Transaction transaction(world.database());
    store::keep(transaction, t, sigilli::sealer(world.rooms().cassaforte(), world.room().ente), when);
    transaction.commit();
}

void logAt(World& world, Instant when)
{
    store::Transaction transaction(world.database());
    store::log(transaction, {"operatore", "op-1", "accesso", "", ""}, when);
    transaction.commit();
}

void run(World& world, const char* sql)
{
    store::Transaction transaction(world.database());
    store::Sql(transaction, sql).run();
    transaction.commit();
}

void forget(World& world)
{
    jobs::forgetScaduti(world.config(), world.rooms().cassaforte(), world.room(), world.now());
}

long long tracce(World& world)
{
    return numberOf(world.database(), "SELECT COUNT(*) FROM tracce_spid");
}

QStringList faults(World& world)
{
    QStringList told;
    store::checkCatene(world.database(), sigilli::isSigned(world.config(), "prova"),
                       [&](const std::string& what) { told << QString::fromStdString(what); });
    return told;
}

}

class TestScadenze : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void messagesOfProvidersGoAfterTwentyFourMonths()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.setClock(instant("2028-11-27T10:00:00Z"));
        keep(world, "_vecchia", instant("2026-11-26T23:59:59Z"));
        keep(world, "_di-oggi", instant("2026-11-27T00:00:00Z"));
        keep(world, "_nuova", instant("2028-11-27T09:00:00Z"));
        forget(world);
        QCOMPARE(numberOf(world.database(), "SELECT MIN(numero) FROM tracce_spid"), 2LL);
        QCOMPARE(numberOf(world.database(), "SELECT numero + 100 * tolte FROM punti_fermi"), 101LL);
        QCOMPARE(faults(world), QStringList{});
        // That they went is in the log.
        QCOMPARE(
            numberOf(world.database(), R"(SELECT COUNT(*) FROM attivita WHERE azione = 'tracce di accesso cancellate'
                                               AND oggetto = 'riga:1' AND dettaglio = '1')"),
            1LL);
        // The chain goes on behind its checkpoint, even where no row is left of it.
        world.advance(24h * 800);
        forget(world);
        QCOMPARE(tracce(world), 0LL);
        QCOMPARE(numberOf(world.database(), "SELECT numero + 100 * tolte FROM punti_fermi"), 303LL);
        QCOMPARE(faults(world), QStringList{});
        keep(world, "_quarta", world.now());
        QCOMPARE(numberOf(world.database(), "SELECT numero FROM tracce_spid"), 4LL);
        QCOMPARE(faults(world), QStringList{});
    }

    void manyGoInPieces()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        for (int i = 0; i < 230; ++i)
            keep(world, "_vecchia", world.now());
        world.advance(24h * 740);
        forget(world);
        QCOMPARE(tracce(world), 130LL);
        QCOMPARE(faults(world), QStringList{});
        forget(world);
        forget(world);
        QCOMPARE(tracce(world), 0LL);
        QCOMPARE(numberOf(world.database(), "SELECT numero + 1000 * tolte FROM punti_fermi"), 230230LL);
    }

    // A row dated by a clock that was ahead does not keep those behind it for ever.
    void aRowFromTheFutureGoesWithItsNeighbours()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Instant begin = world.now();
        keep(world, "_uno", begin);
        keep(world, "_futura", begin + 24h * 4000);
        keep(world, "_tre", begin);
        keep(world, "_futura", begin + 24h * 4000);
        world.advance(24h * 740);
        keep(world, "_oggi", world.now());
        forget(world);
        QCOMPARE(numberOf(world.database(), "SELECT MIN(numero) FROM tracce_spid"), 4LL);
    }

    void whatWasAlteredIsNotDeletedNorSigned()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        keep(world, "_uno", world.now());
        keep(world, "_due", world.now());
        run(world, "UPDATE tracce_spid SET richiesta_id = '_tre' WHERE numero = 2");
        world.advance(24h * 740);
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, forget(world));
        QCOMPARE(tracce(world), 2LL);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM punti_fermi"), 0LL);
    }

    void activitiesStayUnlessTheConfigurationSaysOtherwise()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        logAt(world, world.now());
        logAt(world, world.now());
        world.advance(24h * 366 * 9);
        logAt(world, world.now());
        forget(world);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM attivita"), 3LL);
        world.config().anniAttivita = 10;
        forget(world);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM attivita"), 3LL);
        world.config().anniAttivita = 5;
        forget(world);
        QCOMPARE(numberOf(world.database(), "SELECT MIN(numero) FROM attivita"), 3LL);
        QCOMPARE(numberOf(world.database(), "SELECT MAX(numero) FROM attivita"), 4LL);
        QCOMPARE(faults(world), QStringList{});
    }

    // Who can write to the database but has not the key: whatever they cut off shows.
    void aCheckpointThatNobodySignedIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("number and hash of a later row")
            << "UPDATE punti_fermi SET numero = 2, hash = (SELECT hash FROM tracce_spid WHERE numero = 2)";
        QTest::newRow("count") << "UPDATE punti_fermi SET tolte = 7";
        QTest::newRow("time") << "UPDATE punti_fermi SET quando = '2020-01-01T00:00:00Z'";
        QTest::newRow("signature") << "UPDATE punti_fermi SET firma = ''";
        QTest::newRow("key") << "UPDATE punti_fermi SET chiave = ''";
        QTest::newRow("of another chain") << "UPDATE punti_fermi SET catena = 'attivita'";
    }
    void aCheckpointThatNobodySignedIsFound()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QString, sql);
        World world(database);
        keep(world, "_uno", world.now());
        world.advance(24h * 740);
        keep(world, "_due", world.now());
        keep(world, "_tre", world.now());
        forget(world);
        QCOMPARE(faults(world), QStringList{});
        run(world, sql.toUtf8().constData());
        QVERIFY(!faults(world).isEmpty());
    }

    void aCheckpointOfAnotherServerIsTrustedWhereTheConfigurationNamesItsKey()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        keep(world, "_uno", world.now());
        world.advance(24h * 740);
        const secrets::Cassaforte other(world.folder().path() / "altra-chiave");
        jobs::forgetScaduti(world.config(), other, world.room(), world.now());
        QCOMPARE(faults(world).size(), 1);
        world.config().chiaviPrecedenti = {other.publicKey()};
        QCOMPARE(faults(world), QStringList{});
    }
};

QTEST_GUILESS_MAIN(TestScadenze)
#include "test_scadenze.moc"
