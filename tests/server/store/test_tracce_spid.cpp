#include "server/store/tracce_spid.h"

#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"

#include <QTest>

using namespace sdc;
using tests::instant;
using tests::numberOf;
using tests::Scratch;

namespace {

const Instant kNow = instant("2026-11-27T10:00:00Z");

/// Not a cipher: it says where it was sealed, and shows that what went in is not what lies there.
std::string seal(const std::string& text, const std::string& place)
{
    return place + "|" + QByteArray::fromStdString(text).toHex().toStdString();
}

std::string unseal(const std::string& sealed, const std::string& place)
{
    if (!sealed.starts_with(place + "|"))
        throw std::runtime_error("sigillato altrove");
    return QByteArray::fromHex(QByteArray::fromStdString(sealed.substr(place.size() + 1))).toStdString();
}

store::TracciaSpid richiesta(const std::string& id)
{
    store::TracciaSpid t;
    t.genere = "richiesta";
    t.richiestaId = id;
    t.richiestaOra = kNow;
    t.xml = "<samlp:AuthnRequest ID=\"" + id + "\"/>";
    return t;
}

store::TracciaSpid risposta(const std::string& id, const std::string& genere = "risposta")
{
    store::TracciaSpid t = richiesta(id);
    t.genere = genere;
    t.rispostaId = "_risposta";
    t.rispostaOra = kNow + std::chrono::seconds{30};
    t.emittente = "https://idp.esempio.it";
    t.asserzioneId = "_asserzione";
    t.soggetto = "AAdzZWNyZXQx-soggetto";
    t.soggettoQualificatore = "https://idp.esempio.it";
    t.xml = "<samlp:Response>TINIT-RSSMRA72H25H612H</samlp:Response>";
    t.certificato = "-----BEGIN CERTIFICATE-----";
    if (genere == "rifiutata")
        t.motivo = "firma non valida per RSSMRA72H25H612H";
    return t;
}

void keep(store::Database& database, const store::TracciaSpid& traccia, Instant now = kNow)
{
    store::Transaction transaction(database);
    store::keep(transaction, traccia, seal, now);
    transaction.commit();
}

void run(store::Database& database, const char* sql)
{
    store::Transaction transaction(database);
    store::Sql(transaction, sql).run();
    transaction.commit();
}

long long rows(store::Database& database)
{
    return numberOf(database, "SELECT COUNT(*) FROM tracce_spid");
}

std::optional<long long> firstBreak(store::Database& database)
{
    return store::firstBreak(database, store::kCatenaTracce);
}

}

class TestTracceSpid : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void whatIsKeptIsReadAgainWithTheKey()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        keep(scratch.ente(), richiesta("_uno"));
        keep(scratch.ente(), risposta("_uno"));
        keep(scratch.ente(), richiesta("_due"));
        const auto all = store::tracceOf(scratch.ente(), "_uno", unseal);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].traccia.xml, richiesta("_uno").xml);
        QCOMPARE(all[0].traccia.rispostaOra, std::optional<Instant>{});
        const store::TracciaSpid& t = all[1].traccia;
        const store::TracciaSpid expected = risposta("_uno");
        QCOMPARE(all[1].numero, 2LL);
        QCOMPARE(t.genere, expected.genere);
        QCOMPARE(t.richiestaOra, expected.richiestaOra);
        QCOMPARE(t.rispostaOra, expected.rispostaOra);
        QCOMPARE(t.soggetto, expected.soggetto);
        QCOMPARE(t.xml, expected.xml);
        QCOMPARE(t.certificato, expected.certificato);
        QVERIFY(store::tracceOf(scratch.ente(), "_tre", unseal).empty());
        QVERIFY(!firstBreak(scratch.ente()));
    }

    void whatTellsOfAPersonIsSealedInTheTable()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        keep(scratch.ente(), richiesta("_uno"));
        keep(scratch.ente(), risposta("_uno", "rifiutata"));
        QCOMPARE(rows(scratch.ente()), 2LL);
        QCOMPARE(numberOf(scratch.ente(), R"(SELECT COUNT(*) FROM tracce_spid
                                             WHERE soggetto LIKE '%AAdzZWNyZXQx%' OR xml LIKE '%RSSMRA%'
                                                OR motivo LIKE '%RSSMRA%')"),
                 0LL);
    }

    // One that anybody may post without having asked for a login costs no room.
    void aRefusedAnswerIsKeptOncePerRequest()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        keep(scratch.ente(), risposta("_mai-chiesta", "rifiutata"));
        QCOMPARE(rows(scratch.ente()), 0LL);
        keep(scratch.ente(), richiesta("_uno"));
        for (int i = 0; i < 5; ++i)
            keep(scratch.ente(), risposta("_uno", "rifiutata"));
        QCOMPARE(rows(scratch.ente()), 2LL);
        keep(scratch.ente(), richiesta("_due"));
        keep(scratch.ente(), risposta("_due"));
        keep(scratch.ente(), risposta("_due", "rifiutata"));
        QCOMPARE(rows(scratch.ente()), 4LL);
    }

    void aRefusedAnswerIsCut()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        keep(scratch.ente(), richiesta("_uno"));
        store::TracciaSpid large = risposta("_uno", "rifiutata");
        large.xml = std::string(1000 * 1000, 'a');
        large.emittente = std::string(1000 * 1000, 'b');
        large.motivo = large.emittente;
        keep(scratch.ente(), large);
        const auto all = store::tracceOf(scratch.ente(), "_uno", unseal);
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[1].traccia.xml.size() < 66 * 1024);
        // printf 'a%.0s' $(seq 1000000) | sha256sum
        QVERIFY(all[1].traccia.xml.ends_with(
            "[1000000 byte, SHA-256 cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0]"));
        QVERIFY(all[1].traccia.emittente.size() < 1200);
        QVERIFY(all[1].traccia.motivo.size() < 1200);
    }

    void aChangedRowIsFoundWithoutTheKey_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<qlonglong>("row");
        QTest::newRow("message") << "UPDATE tracce_spid SET xml = 'x' WHERE numero = 2" << 2LL;
        QTest::newRow("subject of another") << "UPDATE tracce_spid SET soggetto = '' WHERE numero = 2" << 2LL;
        QTest::newRow("issuer") << "UPDATE tracce_spid SET emittente = 'x' WHERE numero = 4" << 4LL;
        QTest::newRow("certificate") << "UPDATE tracce_spid SET certificato = '' WHERE numero = 4" << 4LL;
        QTest::newRow("taken out") << "DELETE FROM tracce_spid WHERE numero = 3" << 3LL;
        QTest::newRow("the last") << "DELETE FROM tracce_spid WHERE numero = 6" << 6LL;
        QTest::newRow("a checkpoint made up")
            << "INSERT INTO punti_fermi VALUES ('tracce_spid', 2, 'x', '2026-11-27T10:00:00Z', 2, '', '')" << 3LL;
    }
    void aChangedRowIsFoundWithoutTheKey()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QString, sql);
        QFETCH(qlonglong, row);
        Scratch scratch(database);
        for (const char* id : {"_uno", "_due", "_tre"}) {
            keep(scratch.ente(), richiesta(id));
            keep(scratch.ente(), risposta(id));
        }
        QVERIFY(!firstBreak(scratch.ente()));
        run(scratch.ente(), sql.toUtf8().constData());
        QCOMPARE(firstBreak(scratch.ente()).value_or(0), row);
    }

    void aSealedValueMovedToAnotherRequestDoesNotOpen()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        keep(scratch.ente(), risposta("_uno"));
        run(scratch.ente(), "UPDATE tracce_spid SET richiesta_id = '_due'");
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, store::tracceOf(scratch.ente(), "_due", unseal));
    }
};

QTEST_GUILESS_MAIN(TestTracceSpid)
#include "test_tracce_spid.moc"
