#include "app/api/client.h"
#include "app/text.h"
#include "core/api/paths.h"
#include "tests/app/fake_network.h"
#include "tests/app/samples.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

const sdc::Id<sdc::Pratica> kPratica("p1");

FakeNetwork::Server always(int status, const QByteArray& body)
{
    return [status, body](const SentRequest&) { return FakeAnswer{status, body}; };
}

/// A client that knows its address and token.
struct Desk
{
    explicit Desk(FakeNetwork::Server server) : network(std::move(server)), client(network)
    {
        client.setAddress(addressFrom(u"https://servizi.example.it"_s, u"rovereto"_s));
        client.setToken(u"segreto-1"_s);
    }

    /// Waits for the answer of one call.
    template <class T, class Ask>
    std::optional<Reply<T>> answer(Ask ask)
    {
        std::optional<Reply<T>> got;
        ask([&got](const Reply<T>& reply) { got = reply; });
        [&] { QTRY_VERIFY(got.has_value()); }();
        return got;
    }

    std::optional<Reply<sdc::api::Dettaglio>> detail()
    {
        return answer<sdc::api::Dettaglio>([this](auto then) { client.pratica(kPratica, this->receiver(), then); });
    }

    QObject* receiver() { return &object; }

    FakeNetwork network;
    Client client;
    QObject object;
};

}

class TestClient : public QObject
{
    Q_OBJECT

private slots:
    void aLate401OfAnOlderTokenDoesNotEndANewSession()
    {
        FakeNetwork network([](const SentRequest&) { return FakeAnswer{200, {}, QNetworkReply::NoError, {}, true}; });
        Client client(network);
        QSignalSpy expired(&client, &Client::sessionExpired);
        client.setToken(u"vecchio"_s);
        client.protocollo(this, [](const auto&) {});
        client.setToken(u"nuovo"_s);
        client.metriche(this, [](const auto&) {});
        network.replies.at(0)->answer({401, {}});
        QCOMPARE(expired.size(), 0);
        network.replies.at(1)->answer({401, {}});
        QCOMPARE(expired.size(), 1);
    }

    void loginPostsTheCredentialsWithoutToken()
    {
        Desk desk(always(201, kAccessoJson));
        const auto reply = desk.answer<sdc::api::Accesso>([&](auto then) {
            desk.client.login({"operatore", "demo-stanza"}, desk.receiver(), then);
        });
        QVERIFY(reply->ok());
        QCOMPARE(toQt(*reply->value().token), u"segreto-1"_s);
        const SentRequest& sent = desk.network.sent.first();
        QCOMPARE(sent.method, QByteArray("POST"));
        QCOMPARE(sent.url, QUrl(u"https://servizi.example.it/rovereto/api/operatori/v1/accesso"_s));
        QCOMPARE(sent.body, QByteArray(R"({"password":"demo-stanza","username":"operatore"})"));
        QVERIFY(!sent.request.hasRawHeader("Authorization"));
        QCOMPARE(sent.request.rawHeader("Content-Type"), QByteArray("application/json"));
    }

    void requestsCarryTheTokenAndATimeout()
    {
        Desk desk(always(200, dettaglioJson()));
        QVERIFY(desk.detail()->ok());
        const SentRequest& sent = desk.network.sent.first();
        QCOMPARE(sent.url.path(), u"/rovereto/api/operatori/v1/pratiche/p1"_s);
        QCOMPARE(sent.request.rawHeader("Authorization"), QByteArray("Bearer segreto-1"));
        QVERIFY(sent.request.transferTimeout() > 0);
    }

    void searchWordsAreEncodedWhole()
    {
        Desk desk(always(200, elencoJson(0, 0, 0)));
        ListQuery query;
        query.elenco = u"tutte"_s;
        query.cerca = u"D'Avià & co+1 %"_s;
        query.ordina = u"-protocollo"_s;
        query.da = 300;
        desk.answer<sdc::api::ElencoPratiche>([&](auto then) { desk.client.pratiche(query, desk.receiver(), then); });
        QCOMPARE(desk.network.sent.first().url.query(QUrl::FullyEncoded),
                 u"elenco=tutte&cerca=D%27Avi%C3%A0%20%26%20co%2B1%20%25&ordina=-protocollo&da=300&limite=100"_s);
    }

    void aCursorTakesThePlaceOfTheOffset()
    {
        Desk desk(always(200, elencoJson(0, 0, 0)));
        ListQuery query;
        query.da = 100;
        query.dopo = u"abc="_s;
        desk.answer<sdc::api::ElencoPratiche>([&](auto then) { desk.client.pratiche(query, desk.receiver(), then); });
        const QString sent = desk.network.sent.first().url.query(QUrl::FullyEncoded);
        QVERIFY2(sent.contains(u"dopo=abc%3D"_s) && !sent.contains(u"da="_s), qPrintable(sent));
    }

    void aProblemsSentenceIsShown()
    {
        Desk desk(always(409, R"({"type":"about:blank","title":"Conflict","status":409,
                                  "detail":"La pratica è già in carico a Anna Verdi."})"));
        const auto reply = desk.detail();
        QCOMPARE(reply->error().kind, Failure::Conflict);
        QCOMPARE(reply->error().sentence, u"La pratica è già in carico a Anna Verdi."_s);
    }

    void faultsOfFieldsAreKeptApart()
    {
        Desk desk(always(422, R"({"type":"about:blank","title":"Invalid","status":422,"detail":"No.",
                                  "errori":[{"campo":"file","messaggio":"La firma non è integra."}]})"));
        const auto reply = desk.detail();
        QCOMPARE(reply->error().fields.size(), 1);
        QCOMPARE(reply->error().fields.first().field, u"file"_s);
    }

    void strangeAnswersAreRefusedWithASentence_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << 200 << QByteArray();
        QTest::newRow("a web page") << 200 << QByteArray("<html>Benvenuti</html>");
        QTest::newRow("another JSON") << 200 << QByteArray(R"({"id":1})");
        QTest::newRow("an array") << 200 << QByteArray("[]");
        QTest::newRow("bad UTF-8") << 200 << QByteArray("{\"id\":\"\xff\"}");
        QTest::newRow("too deep") << 200 << QByteArray(100000, '[');
        QTest::newRow("too large") << 200 << QByteArray(9 * 1024 * 1024, ' ');
        QTest::newRow("a proxy's page") << 502 << QByteArray("<html>Bad gateway</html>");
        QTest::newRow("a problem without words") << 500 << QByteArray("{}");
        QTest::newRow("a redirect") << 302 << QByteArray();
    }

    void strangeAnswersAreRefusedWithASentence()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Desk desk(always(status, body));
        const auto reply = desk.detail();
        QVERIFY(!reply->ok());
        QVERIFY(reply->error().sentence.size() > 20);
    }

    void redirectsAreNotFollowed()
    {
        Desk desk([](const SentRequest&) {
            return FakeAnswer{302, {}, QNetworkReply::NoError, {{"Location", "https://altrove.example.com/"}}};
        });
        QVERIFY(!desk.detail()->ok());
        QCOMPARE(desk.network.sent.size(), 1);
        QCOMPARE(desk.network.sent.first().request.attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
                 static_cast<int>(QNetworkRequest::ManualRedirectPolicy));
    }

    void anUnknownTokenEndsTheSession()
    {
        Desk desk(always(401, {}));
        QSignalSpy expired(&desk.client, &Client::sessionExpired);
        QCOMPARE(desk.detail()->error().kind, Failure::Expired);
        QCOMPARE(expired.size(), 1);
    }

    void aLostLineIsTold()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::ConnectionRefusedError}; });
        QSignalSpy line(&desk.client, &Client::lineChanged);
        QCOMPARE(desk.detail()->error().kind, Failure::Offline);
        QCOMPARE(line.size(), 1);
        desk.network.setServer(always(200, dettaglioJson()));
        QVERIFY(desk.detail()->ok());
        QCOMPARE(line.last().first().toBool(), true);
    }

    void aTlsFaultIsExplainedAndNotIgnored()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::SslHandshakeFailedError}; });
        const auto reply = desk.detail();
        QCOMPARE(reply->error().kind, Failure::Insecure);
        QVERIFY(reply->error().sentence.contains(u"non è sicuro"_s));
    }

    void nobodyIsCalledAfterTheReceiverIsGone()
    {
        Desk desk(always(200, dettaglioJson()));
        bool called = false;
        {
            QObject gone;
            desk.client.pratica(kPratica, &gone, [&called](const auto&) { called = true; });
        }
        QTest::qWait(20);
        QVERIFY(!called);
    }

    void anOutcomeGoesAsMultipartWithTheFileLast()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"certificato di \"nascita\".p7m"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("FIRMATO");
        file.close();
        Desk desk(always(200, dettaglioJson()));
        const Decision decision{kPratica, 3, u"chiave-1"_s, true, u"Va bene così"_s, file.fileName()};
        desk.answer<sdc::api::Dettaglio>([&](auto then) { desk.client.decide(decision, desk.receiver(), then); });
        const SentRequest& sent = desk.network.sent.first();
        QCOMPARE(sent.url.path(), u"/rovereto/api/operatori/v1/pratiche/p1/esito"_s);
        QVERIFY(sent.request.rawHeader("Content-Type").startsWith("multipart/form-data; boundary="));
        qsizetype from = 0;
        for (const char* const piece :
             {"name=\"chiave\"", "chiave-1", "name=\"versione\"", "\r\n3\r\n", "name=\"esito\"", "approva",
              "name=\"motivazione\"", "Va bene cos\xc3\xac",
              "name=\"file\"; filename=\"certificato di %22nascita%22.p7m\"", "FIRMATO\r\n--"})
        {
            from = sent.body.indexOf(piece, from);
            QVERIFY2(from >= 0, piece);
        }
        QVERIFY(!sent.body.mid(from).contains("name="));
    }

    void aMissingFileIsToldWithoutSending()
    {
        Desk desk(always(200, dettaglioJson()));
        const Decision decision{kPratica, 3, u"k"_s, true, {}, u"/nessun/file.p7m"_s};
        const auto reply =
            desk.answer<sdc::api::Dettaglio>([&](auto then) { desk.client.decide(decision, desk.receiver(), then); });
        QCOMPARE(reply->error().kind, Failure::Local);
        QVERIFY(desk.network.sent.isEmpty());
    }

    void aDownloadAppearsOnlyWhenWhole()
    {
        QTemporaryDir dir;
        const QString target = dir.filePath(u"modulo.pdf"_s);
        Desk desk(always(200, "%PDF-1.4 contenuto"));
        const auto get = [&] {
            return desk.answer<Nothing>(
                [&](auto then) { desk.client.download("pratiche/p1/documenti/d1", target, desk.receiver(), then); });
        };
        QVERIFY(get()->ok());
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("%PDF-1.4 contenuto"));
        file.remove();
        desk.network.setServer(always(404, R"({"title":"x","status":404,"detail":"Il documento non esiste."})"));
        QCOMPARE(get()->error().sentence, u"Il documento non esiste."_s);
        QVERIFY(!QFile::exists(target));
    }

    void aCallCanBeGivenUp()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{200, {}, QNetworkReply::NoError, {}, true}; });
        const auto reply = desk.answer<sdc::api::Dettaglio>([&](auto then) {
            const Call call = desk.client.pratica(kPratica, desk.receiver(), then);
            call->cancel();
        });
        QCOMPARE(reply->error().kind, Failure::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestClient)
#include "test_client.moc"
