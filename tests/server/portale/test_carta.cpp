#include "core/cittadino/codice_fiscale.h"
#include "server/actions/accesso_cittadino.h"
#include "server/gateways/carte/fiducia.h"
#include "server/http/routes.h"
#include "server/http/server.h"
#include "server/store/attivita.h"
#include "server/store/cittadini.h"
#include "server/store/sessions.h"
#include "server/store/sql.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/curl.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <Poco/Net/StreamSocket.h>

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace sdc;
using namespace std::chrono_literals;
using tests::AutoritaCarte;
using tests::CoppiaPem;
using tests::curl;
using tests::Detto;
using tests::instant;
using tests::q;
using tests::Tessera;
using tests::World;

namespace {

constexpr const char* kMario = "RSSMRA72H25H612H";

/// When World's clock begins.
Instant beginning()
{
    return instant("2026-11-23T10:00:00Z");
}

/// Keys take their time: all tests have the same authorities.
const AutoritaCarte& trusted()
{
    static const AutoritaCarte autorita("CA di prova", beginning());
    return autorita;
}
const AutoritaCarte& unknown()
{
    static const AutoritaCarte autorita("Altra CA", beginning());
    return autorita;
}
/// curl looks at the true clock.
const CoppiaPem& serverKeys()
{
    static const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    static const CoppiaPem keys = trusted().issueServer(now - 24h, now + 24h);
    return keys;
}

/// The portal and the cards' door at work, with an authority that is trusted.
struct Comune
{
    explicit Comune(const QString& database)
        : world(database),
          autorita(trusted()),
          altra(unknown()),
          server(serverKeys()),
          fiducia(gateways::carte::Archivio{prepare()}, file("ca.pem", autorita.certificato()), false),
          tls({file("server.pem", server.certificato), file("server.key", server.chiave), true}),
          statics(world.folder().path()),
          portal(context(), http::routes(), statics, none, {"127.0.0.1", 0}),
          door(context(), http::cardRoutes(), statics, none, {"127.0.0.1", 0, 200, 100, 4, &tls})
    {
        tls.renew(fiducia.autorita());
        world.config().indirizzoPubblico = "http://127.0.0.1:" + std::to_string(portal.port());
        world.config().carte.porta = door.port();
        portal.start();
        door.start();
    }

    static std::vector<http::Event> none(const std::string&, long long) { return {}; }

    std::filesystem::path file(const std::string& name, const std::string& content) const
    {
        return world.folder().write(name, content);
    }

    std::filesystem::path prepare()
    {
        world.config().indirizzoPubblico = "http://127.0.0.1:1";
        const auto folder = world.folder().path() / "carte";
        gateways::carte::Archivio archivio{folder};
        archivio.saveRevoche("http://127.0.0.1:1/x.crl",
                             autorita.revoche({}, world.now() - 1h, world.now() + 24h * 30));
        return folder;
    }

    /// A new list of what the trusted authority has taken back.
    void revoke(const std::vector<std::string>& revocati)
    {
        fiducia.archivio().saveRevoche("http://127.0.0.1:1/x.crl",
                                       autorita.revoche(revocati, world.now() - 30min, world.now() + 24h * 30));
        fiducia.reread();
    }

    Context context()
    {
        Context made = world.context();
        made.room = nullptr;
        made.carte = &fiducia;
        return made;
    }

    Tessera tessera() const
    {
        Tessera tessera;
        tessera.da = world.now() - 24h * 30;
        tessera.fino = world.now() + 24h * 365;
        return tessera;
    }

    QStringList files(const CoppiaPem& coppia)
    {
        const std::string name = "carta" + std::to_string(++number_);
        return {QStringLiteral("--cert"), q(file(name + ".pem", coppia.certificato).string()), QStringLiteral("--key"),
                q(file(name + ".key", coppia.chiave).string())};
    }

    struct Inizio
    {
        QString cookie;
        QString porta;
    };
    /// A browser begins at the portal.
    Inizio begin(const QString& ritorno = QStringLiteral("/prova/servizi/"))
    {
        const Detto detto = curl({portale(QStringLiteral("/prova/carta?ritorno=") + ritorno)});
        return {detto.cookie(QStringLiteral("__Host-stanza-prova-carta")), detto.header("Location")};
    }

    QString portale(const QString& path) const { return q(world_base() + path.toStdString()); }
    std::string world_base() const { return "http://127.0.0.1:" + std::to_string(portal.port()); }

    /// At the door, with these further words for curl.
    Detto show(const QString& url, const QStringList& more = {}) const
    {
        return curl(QStringList{QStringLiteral("--cacert"), q((world.folder().path() / "ca.pem").string()), url} +
                    more);
    }

    /// One whole try with this card; what the door says.
    Detto attempt(const CoppiaPem& coppia, const QStringList& more = {})
    {
        return show(begin().porta, files(coppia) + more);
    }

    static Detto comeBack(const QString& url, const QString& cookie)
    {
        return curl({url, QStringLiteral("-H"), QStringLiteral("Cookie: ") + cookie});
    }

    int citizens()
    {
        int count = 0;
        store::Sql(world.database(), "SELECT COUNT(*) FROM cittadini").into(count).next();
        return count;
    }

    std::string citizen() { return store::findCittadinoByCodiceFiscale(world.database(), kMario).value().id.text(); }

    World world;
    const AutoritaCarte& autorita;
    const AutoritaCarte& altra;
    const CoppiaPem& server;
    gateways::carte::Fiducia fiducia;
    http::Tls tls;
    http::Statics statics;
    http::Server portal;
    http::Server door;

private:
    int number_ = 0;
};

}

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
        Comune comune(database());
        const auto begun = comune.begin();
        const Detto door = comune.show(begun.porta, comune.files(comune.autorita.issue(comune.tessera())) + more);
        QCOMPARE(door.status, 303);
        QVERIFY(door.header("Location").startsWith(comune.portale(QStringLiteral("/prova/carta/ritorno?gettone="))));
        QCOMPARE(comune.citizens(), 0);
        const Detto back = Comune::comeBack(door.header("Location"), begun.cookie);
        QCOMPARE(back.status, 303);
        QCOMPARE(back.header("Location"), QStringLiteral("/prova/servizi/"));
        const QString session = back.cookie(QStringLiteral("__Host-stanza-prova"));
        QVERIFY(!session.isEmpty());
        const Detto profilo = Comune::comeBack(comune.portale(QStringLiteral("/prova/profilo")), session);
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
        Comune comune(database());
        const CoppiaPem card = comune.autorita.issue(comune.tessera());
        const auto mine = comune.begin();
        const auto other = comune.begin();
        QVERIFY(mine.cookie != other.cookie);
        const QString stolen = comune.show(mine.porta, comune.files(card)).header("Location");
        QCOMPARE(Comune::comeBack(stolen, other.cookie).status, 403);
        // The theft has used it up.
        const Detto late = Comune::comeBack(stolen, mine.cookie);
        QCOMPARE(late.status, 403);
        QVERIFY(late.cookie(QStringLiteral("__Host-stanza-prova")).isEmpty());
        QVERIFY(late.body.contains(QStringLiteral("L'accesso va ricominciato")));
        const auto again = comune.begin();
        const QString good = comune.show(again.porta, comune.files(card)).header("Location");
        QCOMPARE(curl({good}).status, 403);
        const auto third = comune.begin();
        const QString url = comune.show(third.porta, comune.files(card)).header("Location");
        QCOMPARE(Comune::comeBack(url, third.cookie).status, 303);
        QCOMPARE(Comune::comeBack(url, third.cookie).status, 403);
        // The card's request is used up as well.
        QCOMPARE(comune.show(third.porta, comune.files(card)).status, 403);
    }

    void ofTwoWhoComeAtOnceOneGetsIn()
    {
        Comune comune(database());
        const auto begun = comune.begin();
        const QString url =
            comune.show(begun.porta, comune.files(comune.autorita.issue(comune.tessera()))).header("Location");
        std::array<int, 6> statuses{};
        tests::inThreads(static_cast<int>(statuses.size()), [&](int i) {
            statuses.at(static_cast<std::size_t>(i)) = Comune::comeBack(url, begun.cookie).status;
        });
        QCOMPARE(std::count(statuses.begin(), statuses.end(), 303), 1);
        QCOMPARE(std::count(statuses.begin(), statuses.end(), 403), 5);
    }

    void aLoginLeftAloneExpires()
    {
        Comune comune(database());
        const QStringList card = comune.files(comune.autorita.issue(comune.tessera()));
        const auto slow = comune.begin();
        comune.world.advance(5min + 1s);
        QCOMPARE(comune.show(slow.porta, card).status, 403);
        const auto begun = comune.begin();
        const QString url = comune.show(begun.porta, card).header("Location");
        comune.world.advance(61s);
        QCOMPARE(Comune::comeBack(url, begun.cookie).status, 403);
        QCOMPARE(comune.citizens(), 0);
    }

    void withoutACardThePageSaysWhatToDo()
    {
        Comune comune(database());
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
        Comune comune(database());
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
        Comune comune(database());
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

    void omocodiaIsACodeLikeAnother()
    {
        Comune comune(database());
        Tessera tessera = comune.tessera();
        // The last digit of RSSMRA72H25H612H as its letter N; check character by DM 23-12-1976.
        const std::string code = std::string{"RSSMRA72H25H61N"} + codiceFiscaleCheck("RSSMRA72H25H61N");
        tessera.nomiComuni = {code + "/6090010000000001.A="};
        const auto begun = comune.begin();
        const QString url = comune.show(begun.porta, comune.files(comune.autorita.issue(tessera))).header("Location");
        QCOMPARE(Comune::comeBack(url, begun.cookie).status, 303);
        std::string found;
        store::Sql(comune.world.database(), "SELECT codice_fiscale FROM cittadini").into(found).next();
        QCOMPARE(q(found), q(code));
    }

    void aKeyThatIsNotTheCertificatesGetsNowhere()
    {
        Comune comune(database());
        const CoppiaPem mine = comune.autorita.issue(comune.tessera());
        const CoppiaPem other = comune.autorita.issue(comune.tessera());
        const Detto detto = comune.attempt({mine.certificato, other.chiave});
        QVERIFY(detto.exit != 0);
        QCOMPARE(detto.status, 0);
    }

    void onlyTwoAddressesAreAtTheDoor()
    {
        Comune comune(database());
        const QString door = q("https://127.0.0.1:" + std::to_string(comune.door.port()));
        for (const char* path : {"/", "/prova/", "/prova/accesso", "/prova/stanza", "/prova/carta/ritorno", "/stato",
                                 "/metriche", "/altro/carta", "/api/v1.0/x"})
            QCOMPARE(comune.show(door + QLatin1String(path)).status, 404);
        QCOMPARE(
            comune.show(door + QStringLiteral("/prova/carta"), {QStringLiteral("-d"), QStringLiteral("a=b")}).status,
            405);
        QCOMPARE(comune.show(door + QStringLiteral("/prova/carta?richiesta=x")).status, 403);
    }

    void onlyGoodVersionsOfTlsAreSpoken()
    {
        Comune comune(database());
        const QString url = comune.begin().porta;
        QVERIFY(comune
                    .show(url, {QStringLiteral("--tls-max"), QStringLiteral("1.1"), QStringLiteral("--tlsv1.0"),
                                QStringLiteral("--ciphers"), QStringLiteral("DEFAULT@SECLEVEL=0")})
                    .exit != 0);
        QVERIFY(comune
                    .show(url, {QStringLiteral("--tls-max"), QStringLiteral("1.2"), QStringLiteral("--ciphers"),
                                QStringLiteral("AES256-SHA")})
                    .exit != 0);
        QVERIFY(curl({q("http://127.0.0.1:" + std::to_string(comune.door.port()) + "/prova/carta")}).exit != 0);
    }

    void noSessionIsResumedAndTheAuthoritiesAreNamed()
    {
        Comune comune(database());
        for (const char* version : {"-tls1_2", "-tls1_3"}) {
            QProcess process;
            process.start(QStringLiteral("openssl"), {QStringLiteral("s_client"), QStringLiteral("-connect"),
                                                      q("127.0.0.1:" + std::to_string(comune.door.port())),
                                                      QLatin1String(version), QStringLiteral("-reconnect")});
            process.waitForStarted();
            process.closeWriteChannel();
            process.waitForFinished(20000);
            const QString said = QString::fromUtf8(process.readAllStandardOutput());
            QVERIFY(!said.contains(QStringLiteral("Reused, TLS")));
            QVERIFY(!said.contains(QStringLiteral("TLS session ticket")));
            QVERIFY(said.contains(QStringLiteral("CN = CA di prova")));
        }
    }

    void slowClientsKeepNobodyOut()
    {
        Comune comune(database());
        std::vector<Poco::Net::StreamSocket> slow;
        for (int i = 0; i < 60; ++i) {
            slow.emplace_back(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(comune.door.port())));
            // The beginning of a greeting.
            slow.back().sendBytes("\x16\x03\x01\x02", 4);
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(comune.attempt(comune.autorita.issue(comune.tessera())).status, 303);
        QVERIFY(timer.elapsed() < 10000);
        // Those who never greet are gone after a while.
        QTRY_VERIFY_WITH_TIMEOUT(comune.door.connections() == 0, 15000);
    }

    void whoIsInGoesOnWithoutACard()
    {
        Comune comune(database());
        const auto begun = comune.begin();
        const QString url =
            comune.show(begun.porta, comune.files(comune.autorita.issue(comune.tessera()))).header("Location");
        const QString session = Comune::comeBack(url, begun.cookie).cookie(QStringLiteral("__Host-stanza-prova"));
        const Detto again =
            Comune::comeBack(comune.portale(QStringLiteral("/prova/carta?ritorno=/prova/profilo")), session);
        QCOMPARE(again.header("Location"), QStringLiteral("/prova/profilo"));
        // Nowhere but to pages of this ente.
        const Detto away = curl({comune.portale(QStringLiteral("/prova/carta?ritorno=https://male.example/"))});
        QVERIFY(away.header("Location").startsWith(QStringLiteral("https://127.0.0.1")));
    }

    // A service may ask for more than the login that one came in with.
    void whoCameInLessStronglyMayStillShowACard()
    {
        Comune comune(database());
        Context context = comune.world.context();
        Identita mario;
        mario.codiceFiscale = kMario;
        mario.nome = "Mario";
        mario.cognome = "Rossi";
        const QString session =
            QStringLiteral("__Host-stanza-prova=") + q(actions::login(context, mario, {"Browser di prova"}).token);
        const Detto begun =
            Comune::comeBack(comune.portale(QStringLiteral("/prova/carta?livello=3&ritorno=/prova/servizi/")), session);
        const QString cookie = begun.cookie(QStringLiteral("__Host-stanza-prova-carta"));
        const Detto door = comune.show(begun.header("Location"), comune.files(comune.autorita.issue(comune.tessera())));
        const Detto back = Comune::comeBack(door.header("Location"), cookie + QStringLiteral("; ") + session);
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

private:
    static QString database()
    {
        QFETCH_GLOBAL(QString, database);
        return database;
    }

    static CoppiaPem bad(Comune& comune, const QString& kind)
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
            tessera.nomiComuni = {kMario + tail, "BNCGLI85C52L378P" + tail};
        else if (kind == QStringLiteral("senza barra"))
            tessera.nomiComuni = {kMario};
        else if (kind == QStringLiteral("carattere di controllo"))
            tessera.nomiComuni = {"RSSMRA72H25H612A" + tail};
        else if (kind == QStringLiteral("minuscolo"))
            tessera.nomiComuni = {"rssmra72h25h612h" + tail};
        else if (kind == QStringLiteral("zero nel nome"))
            tessera.nomiComuni = {std::string{"RSSMRA72H25H612H"} + '\0' + tail};
        return comune.autorita.issue(tessera);
    }
};

QTEST_GUILESS_MAIN(TestCarta)
#include "test_carta.moc"
