#include "server/store/attivita.h"
#include "tests/server/portale/card_site.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::AutoritaCarte;
using tests::CardSite;
using tests::CoppiaPem;
using tests::database;
using tests::Detto;
using tests::kHolder;
using tests::q;
using tests::Tessera;

namespace {

CoppiaPem bad(CardSite& comune, const QString& kind)
{
    Tessera tessera = comune.tessera();
    const std::string tail = "/6090010000000001.A=";
    if (kind == QStringLiteral("altra autorità"))
        return comune.altra.issue(tessera);
    if (kind == QStringLiteral("autorità omonima"))
        return AutoritaCarte("CA di prova", comune.world.now()).issue(tessera);
    if (kind == QStringLiteral("scaduta"))
        tessera.fino = comune.world.now() - 1h;
    else if (kind == QStringLiteral("futura"))
        tessera.da = comune.world.now() + 1h;
    else if (kind == QStringLiteral("altra policy"))
        tessera.policy = "1.3.76.16.2.2";
    else if (kind == QStringLiteral("senza policy"))
        tessera.policy.clear();
    else if (kind == QStringLiteral("di un server"))
        tessera.uso = "serverAuth";
    else if (kind == QStringLiteral("senza uso"))
        tessera.uso.clear();
    else if (kind == QStringLiteral("due nomi"))
        tessera.nomiComuni = {kHolder + tail, "BNCGLI85C52L378P" + tail};
    else if (kind == QStringLiteral("senza barra"))
        tessera.nomiComuni = {kHolder};
    else if (kind == QStringLiteral("carattere di controllo"))
        tessera.nomiComuni = {"RSSMRA72H25H612A" + tail};
    else if (kind == QStringLiteral("minuscolo"))
        tessera.nomiComuni = {"rssmra72h25h612h" + tail};
    else if (kind == QStringLiteral("zero nel nome"))
        tessera.nomiComuni = {std::string{"RSSMRA72H25H612H"} + '\0' + tail};
    return comune.autorita.issue(tessera);
}

}

class TestCartaRifiutata : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    void withoutACardThePageSaysWhatToDo()
    {
        CardSite comune(database());
        const Detto page = comune.show(comune.begin().porta);
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains(QStringLiteral("Inserisci la carta")));
        QVERIFY(page.body.contains(comune.portale(QStringLiteral("/prova/carta?ritorno=%2Fprova%2Fservizi%2F"))));
        // Nothing but what the page itself is made of lies at this door.
        QVERIFY(!page.body.contains(QStringLiteral("href=\"/\"")));
        QVERIFY(!page.body.contains(QStringLiteral("href=\"/prova")));
        QVERIFY(page.header("Content-Security-Policy").contains(QStringLiteral("default-src 'none'")));
        QCOMPARE(page.header("Cache-Control"), QStringLiteral("no-store"));
        // Else a browser would go on without the card that was put in meanwhile.
        QCOMPARE(page.header("Connection"), QStringLiteral("close"));
    }

    void aBadCardIsToldWhy_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("motivo");
        const auto row = [](const char* kind, const char* words, const char* motivo) {
            QTest::newRow(kind) << QString::fromUtf8(kind) << QString::fromUtf8(words) << QString::fromUtf8(motivo);
        };
        row("altra autorità", "non è di una carta CPS o CNS riconosciuta", "autorità non riconosciuta");
        row("autorità omonima", "non è di una carta CPS o CNS riconosciuta", "autorità non riconosciuta");
        row("scaduta", "La carta è scaduta", "scaduta");
        row("futura", "non è ancora valida", "non ancora valida");
        row("revocata", "è stata revocata o sospesa", "revocata");
        row("altra policy", "non serve ad accedere ai servizi", "non è una CNS");
        row("senza policy", "non serve ad accedere ai servizi", "non è una CNS");
        row("di un server", "non serve ad accedere ai servizi", "non adatta");
        row("senza uso", "non serve ad accedere ai servizi", "non adatta");
        row("due nomi", "un codice fiscale valido", "senza codice fiscale");
        row("senza barra", "un codice fiscale valido", "senza codice fiscale");
        row("carattere di controllo", "un codice fiscale valido", "senza codice fiscale");
        row("minuscolo", "un codice fiscale valido", "senza codice fiscale");
        row("zero nel nome", "un codice fiscale valido", "senza codice fiscale");
    }
    void aBadCardIsToldWhy()
    {
        QFETCH(QString, kind);
        QFETCH(QString, words);
        QFETCH(QString, motivo);
        CardSite comune(database());
        const CoppiaPem card = bad(comune, kind);
        if (kind == QStringLiteral("revocata"))
            comune.revoke({card.certificato});
        const Detto page = comune.attempt(card);
        QCOMPARE(page.exit, 0);
        QCOMPARE(page.status, 403);
        QVERIFY2(page.body.contains(words), qPrintable(page.body));
        std::string told;
        store::Sql(comune.world.database(),
                   "SELECT dettaglio FROM attivita WHERE azione = 'accesso con carta rifiutato'")
            .into(told)
            .next();
        // Anybody can make a certificate: one of no authority that is trusted leaves nothing in a log kept for years.
        QCOMPARE(q(told), motivo == QStringLiteral("autorità non riconosciuta") ? QString{} : motivo);
        QCOMPARE(comune.citizens(), 0);
        // What failed leaves nothing behind that would disturb who comes next.
        QCOMPARE(comune.attempt(comune.autorita.issue(comune.tessera())).status, 303);
    }

    void aRefusedCardUsesItsLoginUpSoThatTheLogDoesNotGrow()
    {
        CardSite comune(database());
        const auto begun = comune.begin();
        const QStringList card = comune.files(bad(comune, QStringLiteral("scaduta")));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(comune.show(begun.porta, card).status, 403);
        int rows = 0;
        store::Sql(comune.world.database(),
                   "SELECT COUNT(*) FROM attivita WHERE azione = 'accesso con carta rifiutato'")
            .into(rows)
            .next();
        QCOMPARE(rows, 1);
        QVERIFY(!store::firstBreak(comune.world.database(), store::kCatenaAttivita));
    }

    void aKeyThatIsNotTheCertificatesGetsNowhere()
    {
        CardSite comune(database());
        const CoppiaPem mine = comune.autorita.issue(comune.tessera());
        const CoppiaPem other = comune.autorita.issue(comune.tessera());
        const Detto detto = comune.attempt({mine.certificato, other.chiave});
        QVERIFY(detto.exit != 0);
        QCOMPARE(detto.status, 0);
    }
};

QTEST_GUILESS_MAIN(TestCartaRifiutata)
#include "test_carta_rifiutata.moc"
