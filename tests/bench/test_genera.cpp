#include "core/base/text.h"
#include "server/rooms.h"
#include "server/secrets/password.h"
#include "server/store/elenchi.h"
#include "server/store/operatori.h"
#include "server/verifica.h"
#include "tests/bench/genera.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"

#include <QTest>

#include <set>
#include <sstream>

namespace sdc::bench {

class TestGenera : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }
    void whatIsGeneratedIsAsTheApplicationWouldHaveLeftIt();
    void theSameSeedGivesTheSamePratiche();

private:
    /// The generated enti, on the database that the row names.
    struct Generati
    {
        Generati(const QString& database, std::size_t pratiche);

        tests::Folder folder;
        std::unique_ptr<tests::PostgresqlDatabase> postgresql;
        Config config;
        std::unique_ptr<Rooms> rooms;
        store::Database& rovereto() { return *rooms->find("rovereto")->database; }
    };
};

TestGenera::Generati::Generati(const QString& database, std::size_t pratiche)
{
    if (database == "postgresql")
        postgresql = std::make_unique<tests::PostgresqlDatabase>();
    const std::string connection = postgresql ? postgresql->connection() : "";
    genera({folder.path(), connection, SDC_SHARE_DIR, pratiche, 7});
    config.cartella = folder.path();
    config.database = postgresql ? TipoDatabase::Postgresql : TipoDatabase::Sqlite;
    config.postgresql = connection;
    rooms = std::make_unique<Rooms>(
        config, [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); });
}

void TestGenera::whatIsGeneratedIsAsTheApplicationWouldHaveLeftIt()
{
    QFETCH_GLOBAL(QString, database);
    Generati generati(database, 300);
    std::ostringstream told;
    QVERIFY2(verifica::run(generati.config, {}, told) == 0, told.str().c_str());

    store::Database& ente = generati.rovereto();
    QCOMPARE(tests::numberOf(ente, "SELECT COUNT(*) FROM pratiche"), 300);
    QCOMPARE(tests::numberOf(ente, "SELECT COUNT(DISTINCT stato) FROM pratiche"), 17);
    QCOMPARE(tests::numberOf(ente, "SELECT COUNT(*) FROM registro"),
             tests::numberOf(ente, "SELECT COUNT(protocollo) + COUNT(protocollo_risposta) FROM pratiche"));
    QCOMPARE(tests::numberOf(ente, "SELECT COUNT(*) FROM jobs WHERE stato IN ('pronto', 'in_corso')"), 0);

    for (const char* username : {kTutti, kDueServizi}) {
        const auto credenziali = store::findCredenziali(ente, username);
        QVERIFY2(credenziali && secrets::verifyPassword(credenziali->password, "demo-stanza"), username);
    }
    const Operatore two = store::findCredenziali(ente, kDueServizi)->operatore;
    QCOMPARE(two.servizi.size(), 2U);
    std::set<std::string> seen;
    for (const store::RigaElenco& riga : store::elenco(ente, two, {}))
        seen.insert(riga.servizio);
    QCOMPARE(seen, std::set<std::string>(two.servizi.begin(), two.servizi.end()));
    store::FiltroElenco cerca;
    cerca.cerca = "mario ros";
    const Operatore all = store::findCredenziali(ente, kTutti)->operatore;
    QVERIFY(store::trovate(ente, all, cerca) > 0);
}

void TestGenera::theSameSeedGivesTheSamePratiche()
{
    QFETCH_GLOBAL(QString, database);
    Generati one(database, 40);
    Generati other(database, 40);
    for (const char* sum : {"SELECT SUM(stato) FROM pratiche", "SELECT COUNT(*) FROM allegati",
                            "SELECT COUNT(*) FROM pratiche WHERE richiedente LIKE 'R%'"})
        QCOMPARE(tests::numberOf(one.rovereto(), sum), tests::numberOf(other.rovereto(), sum));
}

}

QTEST_GUILESS_MAIN(sdc::bench::TestGenera)
#include "test_genera.moc"
