#include "app/esito/bozze_esito.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "tests/app/fake_network.h"
#include "tests/app/memory_token_store.h"
#include "tests/app/samples.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

const sdc::Id<sdc::Pratica> kId("p1");

sdc::api::Dettaglio pratica(const QByteArray& bozza = "null")
{
    auto json = nlohmann::json::parse(dettaglioJson().toStdString());
    json["bozza"] = nlohmann::json::parse(bozza.toStdString());
    return json.get<sdc::api::Dettaglio>();
}

QByteArray bozzaJson(const char* motivazione, const char* salvata)
{
    return QByteArray(R"({"esito":"rigetta","motivazione":")") + motivazione + R"(","passo":1,"salvata":")" + salvata +
           R"("})";
}

FakeAnswer keep(const SentRequest& request)
{
    if (request.method == "DELETE")
        return {204, {}};
    auto json = nlohmann::json::parse(request.body.toStdString());
    json["salvata"] = "2026-11-22T10:00:00Z";
    return {200, QByteArray::fromStdString(json.dump())};
}

struct Desk
{
    explicit Desk(FakeNetwork::Server server = keep) : network(std::move(server)), client(network)
    {
        client.setToken(u"t"_s);
        start();
    }

    /// The program, started anew on the same computer.
    void start()
    {
        bozze.reset();
        vault = std::make_unique<Vault>(tokens, dir.filePath(u"archivio"_s));
        bozze = std::make_unique<BozzeEsito>(client, *vault);
        QSignalSpy opened(vault.get(), &Vault::opened);
        vault->open(u"anna"_s);
        opened.wait(1000);
    }
    void type(const QString& text)
    {
        BozzaEsito& bozza = bozze->find(pratica());
        bozza.approva = false;
        bozza.motivazione = text;
        bozze->keep(kId);
    }
    QList<SentRequest> kept() const { return network.to("PUT", u"/pratiche/p1/bozza-esito"_s); }

    QTemporaryDir dir;
    FakeNetwork network;
    Client client;
    MemoryTokenStore tokens;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<BozzeEsito> bozze;
};

}

class TestBozzeEsito : public QObject
{
    Q_OBJECT

private slots:
    void theServerGetsItOnceTheTypingPauses()
    {
        Desk desk;
        desk.type(u"M"_s);
        desk.type(u"Manca la firma"_s);
        QTest::qWait(300);
        QCOMPARE(desk.kept().size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(desk.kept().size(), 1, 3000);
        const auto body = nlohmann::json::parse(desk.kept().first().body.toStdString());
        QCOMPARE(toQt(body.at("motivazione").get<std::string>()), u"Manca la firma"_s);
        QCOMPARE(toQt(body.at("esito").get<std::string>()), u"rigetta"_s);
        QCOMPARE(body.at("passo").get<int>(), 1);
        QTRY_COMPARE(desk.bozze->unsaved(), 0);
    }

    void aCrashLosesNoKeystroke()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::ConnectionRefusedError}; });
        desk.type(u"Manca la firma"_s);
        desk.start();
        const BozzaEsito& bozza = desk.bozze->find(pratica());
        QCOMPARE(bozza.motivazione, u"Manca la firma"_s);
        QVERIFY(bozza.approva == std::optional(false));
        desk.network.setServer(keep);
        desk.bozze->flush();
        QTRY_COMPARE(desk.bozze->unsaved(), 0);
    }

    void whatAnEarlierRunLeftUnsentGoesOutAtTheNextStart()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::ConnectionRefusedError}; });
        desk.type(u"Manca la firma"_s);
        desk.network.setServer(keep);
        desk.start();
        QCOMPARE(desk.bozze->unsaved(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bozze->unsaved(), 0, 5000);
        QVERIFY(desk.kept().last().body.contains("Manca la firma"));
    }

    void whatTheServerRefusesCountsAsNotSaved()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{404, {}}; });
        desk.type(u"Manca la firma"_s);
        desk.bozze->flush();
        QTRY_VERIFY(!desk.bozze->isSaving());
        QCOMPARE(desk.bozze->unsaved(), 1);
    }

    void theServersCopyFillsAnEmptyComputer()
    {
        Desk desk;
        const BozzaEsito& bozza = desk.bozze->find(pratica(bozzaJson("Di ieri", "2026-11-21T10:00:00Z")));
        QCOMPARE(bozza.motivazione, u"Di ieri"_s);
        QVERIFY(bozza.approva == std::optional(false));
        QCOMPARE(desk.bozze->unsaved(), 0);
    }

    void theNewerOfTwoWins()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::ConnectionRefusedError}; });
        desk.type(u"Di adesso"_s);
        QCOMPARE(desk.bozze->find(pratica(bozzaJson("Di ieri", "2020-01-01T10:00:00Z"))).motivazione, u"Di adesso"_s);
        QCOMPARE(desk.bozze->find(pratica(bozzaJson("Di dopo", "2099-01-01T10:00:00Z"))).motivazione, u"Di dopo"_s);
    }

    void anOldDetailDoesNotBringBackWhatWasOverwritten()
    {
        Desk desk;
        const auto old = pratica(bozzaJson("Di ieri", "2026-11-21T10:00:00Z"));
        desk.bozze->find(old);
        desk.type(u"Di adesso"_s);
        desk.bozze->flush();
        QTRY_COMPARE(desk.bozze->unsaved(), 0);
        QCOMPARE(desk.bozze->find(old).motivazione, u"Di adesso"_s);
    }

    void whatIsTypedWhileItIsOnItsWayFollows()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{200, {}, QNetworkReply::NoError, {}, true}; });
        desk.type(u"Manca"_s);
        desk.bozze->flush();
        desk.type(u"Manca la firma"_s);
        desk.bozze->flush();
        QCOMPARE(desk.kept().size(), 1);
        desk.network.replies.first()->answer(keep(desk.kept().first()));
        QCOMPARE(desk.bozze->unsaved(), 1);
        desk.bozze->flush();
        QCOMPARE(desk.kept().size(), 2);
    }

    void anEmptiedOneIsTakenBackFromTheServer()
    {
        Desk desk;
        desk.type(u"x"_s);
        desk.bozze->of(kId) = {};
        desk.bozze->keep(kId);
        desk.bozze->flush();
        QCOMPARE(desk.network.to("DELETE", u"/pratiche/p1/bozza-esito"_s).size(), 1);
    }

    void aServerThatSaysNoIsNotAskedForEver()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{409, {}}; });
        desk.type(u"x"_s);
        desk.bozze->flush();
        QTRY_VERIFY(!desk.bozze->isSaving());
        desk.bozze->flush();
        QCOMPARE(desk.kept().size(), 1);
    }

    void theFileOfThisComputerComesBackToo()
    {
        Desk desk;
        desk.type(u"x"_s);
        desk.bozze->of(kId).file = u"/tmp/certificato.p7m"_s;
        desk.bozze->keep(kId);
        desk.start();
        QCOMPARE(desk.bozze->find(pratica()).file, u"/tmp/certificato.p7m"_s);
    }
};

QTEST_GUILESS_MAIN(TestBozzeEsito)
#include "test_bozze_esito.moc"
