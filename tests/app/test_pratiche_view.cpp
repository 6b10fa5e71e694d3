#include "app/pratiche/pratiche_view.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "tests/app/fake_network.h"
#include "tests/app/memory_token_store.h"
#include "tests/app/samples.h"
#include "tests/app/widgets.h"

#include <QScrollBar>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

const QByteArray kCounts = R"({"gestire":0,"assegnare":12,"concluse":318,"tutte":1204})";

FakeNetwork::Server listOf(int totale, FakeAnswer toPost = {})
{
    return [totale, toPost](const SentRequest& request) {
        return request.method == "GET" ? FakeAnswer{200, elencoJson(totale, 0, 100, kCounts)} : toPost;
    };
}

struct Desk
{
    explicit Desk(FakeNetwork::Server server)
        : network(std::move(server)),
          client(network),
          store(dir.filePath(u"x.ini"_s), QSettings::IniFormat),
          settings(store),
          vault(tokens, dir.filePath(u"archivio"_s)),
          view(client, settings, vault)
    {
        client.setToken(u"t"_s);
        view.resize(1040, 600);
        view.show();
        view.begin();
        table = view.findChild<QTableView*>();
        tabs = view.findChild<QTabBar*>();
    }

    QTemporaryDir dir;
    FakeNetwork network;
    Client client;
    QSettings store;
    Settings settings;
    MemoryTokenStore tokens;
    Vault vault;
    PraticheView view;
    QTableView* table = nullptr;
    QTabBar* tabs = nullptr;
};

}

class TestPraticheView : public QObject
{
    Q_OBJECT

private slots:
    void namesAndCountsItsTabsAsTheManual()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.tabs->tabText(1), u"Pratiche da assegnare (12)"_s);
        QCOMPARE(desk.tabs->tabText(0), u"Pratiche da gestire (0)"_s);
        QCOMPARE(desk.tabs->tabText(2), u"Pratiche concluse (318)"_s);
        QCOMPARE(desk.tabs->tabText(3), u"Tutte le pratiche dell'ente (1.204)"_s);
    }

    void opensTheFirstTabThatHoldsSomething()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.tabs->currentIndex(), 1);
        QTRY_COMPARE(desk.view.model().elenco(), u"assegnare"_s);
    }

    void theButtonsSayWhichPraticaTheyActOn()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.tabs->currentIndex(), 1);
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        desk.table->selectRow(2);
        const auto* const take = find(desk.view, u"Prendi in carico"_s);
        QVERIFY(take && take->isEnabled());
        QCOMPARE(take->accessibleDescription(), u"0000002/2026, ROSSI Mario 2"_s);
    }

    void takingAsksFirstAndTheSafeAnswerIsTheDefault()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        QVERIFY(press(desk.view, u"Prendi in carico"_s));
        QTRY_VERIFY(openDialog());
        QVERIFY(shows(*openDialog(), u"Confermi la presa in carico della pratica Certificato nascita?"_s));
        QTest::keyClick(openDialog(), Qt::Key_Return);
        QTRY_VERIFY(!openDialog());
        QVERIFY(desk.network.to("POST", u"presa-in-carico"_s).isEmpty());
    }

    void takingOpensTheDetail()
    {
        Desk desk(listOf(12, {200, dettaglioJson()}));
        QSignalSpy taken(&desk.view, &PraticheView::taken);
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        QVERIFY(press(desk.view, u"Prendi in carico"_s));
        QVERIFY(answerSoon(u"Sì, sono sicuro"_s));
        QTRY_COMPARE(taken.size(), 1);
        QCOMPARE(desk.network.to("POST", u"/pratiche/p0/presa-in-carico"_s).size(), 1);
    }

    void theLoserIsToldWhoHasItAndTheListIsAskedAgain()
    {
        const QByteArray problem =
            R"({"title":"Conflict","status":409,"detail":"La pratica è già in carico a Anna Verdi."})";
        Desk desk(listOf(12, {409, problem}));
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        const auto asked = desk.network.to("GET", u"/pratiche"_s).size();
        QVERIFY(press(desk.view, u"Prendi in carico"_s));
        QVERIFY(answerSoon(u"Sì, sono sicuro"_s));
        QTRY_VERIFY(shows(desk.view, u"La pratica è già in carico a Anna Verdi."_s));
        QTRY_VERIFY(desk.network.to("GET", u"/pratiche"_s).size() > asked);
    }

    void enterOpensTheDetail()
    {
        Desk desk(listOf(12));
        QSignalSpy detail(&desk.view, &PraticheView::detailAsked);
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        QApplication::setActiveWindow(&desk.view);
        desk.table->setFocus();
        QTest::keyClick(desk.table, Qt::Key_Return);
        QTRY_COMPARE(detail.size(), 1);
    }

    void anEmptyListSaysWhyAndWhatToDo()
    {
        Desk desk([](const SentRequest&) {
            return FakeAnswer{200, elencoJson(0, 0, 0, R"({"gestire":0,"assegnare":0,"concluse":0,"tutte":0})")};
        });
        QTRY_VERIFY(shows(desk.view, u"Nessuna pratica in questo elenco"_s));
        QVERIFY(find(desk.view, u"Vai alle pratiche da assegnare"_s));
    }

    void aFailureIsAStripWithAWayToTryAgain()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::ConnectionRefusedError}; });
        QTRY_VERIFY(shows(desk.view, u"non risponde"_s));
        desk.network.setServer(listOf(12));
        QVERIFY(press(desk.view, u"Riprova"_s));
        QTRY_COMPARE(desk.view.model().rowCount(), 12);
    }

    void aFailureGoesByItselfWhenTheListComes()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::ConnectionRefusedError}; });
        QTRY_VERIFY(shows(desk.view, u"non risponde"_s));
        QCOMPARE(desk.tabs->tabText(0), u"Pratiche da gestire"_s);
        desk.network.setServer(listOf(12));
        desk.view.refresh();
        QTRY_COMPARE(desk.tabs->currentIndex(), 1);
        QTRY_VERIFY(!shows(desk.view, u"non risponde"_s));
    }

    void aSearchSaysHowManyItFoundAndEscLeavesIt()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        desk.table->selectRow(4);
        QSignalSpy cleared(&desk.view, &PraticheView::searchCleared);
        desk.network.setServer([](const SentRequest&) {
            return FakeAnswer{200, elencoJson(4, 0, 100, kCounts).replace("\"id\":\"p", "\"id\":\"q")};
        });
        desk.view.setCerca(u"rossi"_s);
        QTRY_VERIFY(shows(desk.view, u"4 trovate"_s));
        QCOMPARE(desk.table->currentIndex().row(), 0);
        QApplication::setActiveWindow(&desk.view);
        desk.table->setFocus();
        QTest::keyClick(desk.table, Qt::Key_Escape);
        QTRY_COMPARE(cleared.size(), 1);
    }

    void arrivingRowsDoNotCarryAwayWhoReadsElsewhere()
    {
        Desk desk(listOf(90));
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        desk.table->scrollToBottom();
        const int place = desk.table->verticalScrollBar()->value();
        QVERIFY(place > 0);
        const auto asked = desk.network.sent.size();
        desk.view.refresh();
        QTRY_VERIFY(desk.network.sent.size() > asked && !desk.view.model().isLoading());
        QCOMPARE(desk.table->verticalScrollBar()->value(), place);
    }

    void theNeighboursOfAPraticaThatLeftTheListAreThoseAboutItsPlace()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.tabs->currentIndex(), 1);
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        const sdc::Id<sdc::Pratica> open("p5");
        desk.view.select(open);
        desk.network.setServer([](const SentRequest&) {
            return FakeAnswer{200, elencoJson(11, 0, 100, kCounts).replace("\"p5\"", "\"p55\"")};
        });
        desk.view.refresh();
        QTRY_COMPARE(desk.view.model().rowCount(), 11);
        QCOMPARE(desk.view.neighbour(open, -1)->text(), std::string("p4"));
        QCOMPARE(desk.view.neighbour(open, 1)->text(), std::string("p55"));
    }

    void theSelectionFollowsThePraticaNotTheRow()
    {
        Desk desk(listOf(12));
        QTRY_COMPARE(desk.tabs->currentIndex(), 1);
        QTRY_COMPARE(desk.table->currentIndex().row(), 0);
        desk.table->selectRow(1);
        desk.network.setServer([](const SentRequest&) {
            return FakeAnswer{200, elencoJson(12, 0, 100, kCounts)
                                       .replace("\"p0\"", "\"nuova\"")
                                       .replace("\"p1\"", "\"p0\"")
                                       .replace("\"p2\"", "\"p1\"")};
        });
        desk.view.refresh();
        QTRY_COMPARE(desk.table->currentIndex().row(), 2);
    }
};

QTEST_MAIN(TestPraticheView)
#include "test_pratiche_view.moc"
