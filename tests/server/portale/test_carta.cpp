#include "core/cittadino/codice_fiscale.h"
#include "server/actions/accesso_cittadino.h"
#include "server/store/sessions.h"
#include "tests/server/portale/card_site.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace sdc;
using namespace std::chrono_literals;
using tests::CardSite;
using tests::CoppiaPem;
using tests::curl;
using tests::database;
using tests::Detto;
using tests::kHolder;
using tests::q;
using tests::Tessera;
using tests::World;

class TestCarta : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    void aGoodCardLetsInFromAnyAddressAndWithEachVersionOfTls_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("TLS 1.3") << QStringList{QStringLiteral("--tlsv1.3")};
        QTest::newRow("TLS 1.2") << QStringList{QStringLiteral("--tls-max"), QStringLiteral("1.2")};
        // Where a certificate's name is compared with the peer's address, loopback alone passes.
        QTest::newRow("from 127.0.0.2") << QStringList{QStringLiteral("--interface"), QStringLiteral("127.0.0.2")};
        QTest::newRow("from 127.0.0.2, TLS 1.2")
            << QStringList{QStringLiteral("--interface"), QStringLiteral("127.0.0.2"), QStringLiteral("--tls-max"),
                           QStringLiteral("1.2")};
    }
    void aGoodCardLetsInFromAnyAddressAndWithEachVersionOfTls()
    {
        QFETCH(QStringList, more);
        CardSite comune(database());
        const auto begun = comune.begin();
        const Detto door = comune.show(begun.porta, comune.files(comune.autorita.issue(comune.tessera())) + more);
        QCOMPARE(door.status, 303);
        QVERIFY(door.header("Location").startsWith(comune.portale(QStringLiteral("/prova/carta/ritorno?gettone="))));
        QCOMPARE(comune.citizens(), 0);
        const Detto back = CardSite::comeBack(door.header("Location"), begun.cookie);
        QCOMPARE(back.status, 303);
        QCOMPARE(back.header("Location"), QStringLiteral("/prova/servizi/"));
        const QString session = back.cookie(QStringLiteral("__Host-stanza-prova"));
        QVERIFY(!session.isEmpty());
        const Detto profilo = CardSite::comeBack(comune.portale(QStringLiteral("/prova/profilo")), session);
        QCOMPARE(profilo.status, 200);
        QVERIFY(profilo.body.contains(QStringLiteral("MARIO ROSSI")));
        // Of 1872 he cannot be.
        QVERIFY(profilo.body.contains(QStringLiteral("<dd>25-06-1972</dd>")));
        std::string dettaglio;
        store::Sql(comune.world.database(), "SELECT dettaglio FROM attivita WHERE azione = 'accesso'")
            .into(dettaglio)
            .next();
        QCOMPARE(q(dettaglio), QStringLiteral("carta, livello 3"));
    }

    void theTokenIsGoodOnceAndInItsOwnBrowser()
    {
        CardSite comune(database());
        const CoppiaPem card = comune.autorita.issue(comune.tessera());
        const auto mine = comune.begin();
        const auto other = comune.begin();
        QVERIFY(mine.cookie != other.cookie);
        const QString stolen = comune.show(mine.porta, comune.files(card)).header("Location");
        QCOMPARE(CardSite::comeBack(stolen, other.cookie).status, 403);
        // The theft has used it up.
        const Detto late = CardSite::comeBack(stolen, mine.cookie);
        QCOMPARE(late.status, 403);
        QVERIFY(late.cookie(QStringLiteral("__Host-stanza-prova")).isEmpty());
        QVERIFY(late.body.contains(QStringLiteral("L'accesso va ricominciato")));
        const auto again = comune.begin();
        const QString good = comune.show(again.porta, comune.files(card)).header("Location");
        QCOMPARE(curl({good}).status, 403);
        const auto third = comune.begin();
        const QString url = comune.show(third.porta, comune.files(card)).header("Location");
        QCOMPARE(CardSite::comeBack(url, third.cookie).status, 303);
        QCOMPARE(CardSite::comeBack(url, third.cookie).status, 403);
        // The card's request is used up as well.
        QCOMPARE(comune.show(third.porta, comune.files(card)).status, 403);
    }

    void ofTwoWhoComeAtOnceOneGetsIn()
    {
        CardSite comune(database());
        const auto begun = comune.begin();
        const QString url =
            comune.show(begun.porta, comune.files(comune.autorita.issue(comune.tessera()))).header("Location");
        std::array<int, 6> statuses{};
        tests::inThreads(static_cast<int>(statuses.size()), [&](int i) {
            statuses.at(static_cast<std::size_t>(i)) = CardSite::comeBack(url, begun.cookie).status;
        });
        QCOMPARE(std::count(statuses.begin(), statuses.end(), 303), 1);
        QCOMPARE(std::count(statuses.begin(), statuses.end(), 403), 5);
    }

    void aLoginLeftAloneExpires()
    {
        CardSite comune(database());
        const QStringList card = comune.files(comune.autorita.issue(comune.tessera()));
        const auto slow = comune.begin();
        comune.world.advance(5min + 1s);
        QCOMPARE(comune.show(slow.porta, card).status, 403);
        const auto begun = comune.begin();
        const QString url = comune.show(begun.porta, card).header("Location");
        comune.world.advance(61s);
        QCOMPARE(CardSite::comeBack(url, begun.cookie).status, 403);
        QCOMPARE(comune.citizens(), 0);
    }

    void omocodiaIsACodeLikeAnother()
    {
        CardSite comune(database());
        Tessera tessera = comune.tessera();
        // The last digit of RSSMRA72H25H612H as its letter N; check character by DM 23-12-1976.
        const std::string code = std::string{"RSSMRA72H25H61N"} + codiceFiscaleCheck("RSSMRA72H25H61N");
        tessera.nomiComuni = {code + "/6090010000000001.A="};
        const auto begun = comune.begin();
        const QString url = comune.show(begun.porta, comune.files(comune.autorita.issue(tessera))).header("Location");
        QCOMPARE(CardSite::comeBack(url, begun.cookie).status, 303);
        std::string found;
        store::Sql(comune.world.database(), "SELECT codice_fiscale FROM cittadini").into(found).next();
        QCOMPARE(q(found), q(code));
    }

    void whoIsInGoesOnWithoutACard()
    {
        CardSite comune(database());
        const auto begun = comune.begin();
        const QString url =
            comune.show(begun.porta, comune.files(comune.autorita.issue(comune.tessera()))).header("Location");
        const QString session = CardSite::comeBack(url, begun.cookie).cookie(QStringLiteral("__Host-stanza-prova"));
        const Detto again =
            CardSite::comeBack(comune.portale(QStringLiteral("/prova/carta?ritorno=/prova/profilo")), session);
        QCOMPARE(again.header("Location"), QStringLiteral("/prova/profilo"));
        // Nowhere but to pages of this ente.
        const Detto away = curl({comune.portale(QStringLiteral("/prova/carta?ritorno=https://male.example/"))});
        QVERIFY(away.header("Location").startsWith(QStringLiteral("https://127.0.0.1")));
    }

    // A service may ask for more than the login that one came in with.
    void whoCameInLessStronglyMayStillShowACard()
    {
        CardSite comune(database());
        Context context = comune.world.context();
        Identita mario;
        mario.codiceFiscale = kHolder;
        mario.nome = "Mario";
        mario.cognome = "Rossi";
        const QString session =
            QStringLiteral("__Host-stanza-prova=") + q(actions::login(context, mario, {"Browser di prova"}).token);
        const Detto begun = CardSite::comeBack(
            comune.portale(QStringLiteral("/prova/carta?livello=3&ritorno=/prova/servizi/")), session);
        const QString cookie = begun.cookie(QStringLiteral("__Host-stanza-prova-carta"));
        const Detto door = comune.show(begun.header("Location"), comune.files(comune.autorita.issue(comune.tessera())));
        const Detto back = CardSite::comeBack(door.header("Location"), cookie + QStringLiteral("; ") + session);
        QCOMPARE(back.status, 303);
        QCOMPARE(back.header("Location"), QStringLiteral("/prova/servizi/"));
        const auto open = store::sessioniAperte(comune.world.database(), comune.citizen(),
                                                store::TipoSessione::Cittadino, comune.world.now());
        QCOMPARE(open.size(), std::size_t{1});
        QCOMPARE(open.front().livello, 3);
    }

    void withoutCardsThereIsNoSuchPage()
    {
        World world(database());
        Context context = world.context();
        http::Request request;
        request.method = "GET";
        request.path = "/prova/carta";
        http::NoBody body;
        QCOMPARE(http::respond(http::routes(), request, context, body).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestCarta)
#include "test_carta.moc"
