#include "app/pratiche/pratiche_model.h"
#include "app/text.h"
#include "tests/app/fake_network.h"
#include "tests/app/samples.h"

#include <QAbstractItemModelTester>
#include <QUrlQuery>
#include <QtTest>

using namespace sdc::app;

namespace {

/// A list of so many rows, as the server pages it.
FakeNetwork::Server listOf(int totale)
{
    return [totale](const SentRequest& request) {
        const QUrlQuery query(request.url);
        const int from = query.queryItemValue(u"da"_s).toInt();
        return FakeAnswer{200, elencoJson(totale, from, query.queryItemValue(u"limite"_s).toInt())};
    };
}

struct Desk
{
    explicit Desk(int totale) : network(listOf(totale)), client(network), model(client)
    {
        client.setToken(u"t"_s);
        model.setElenco(u"assegnare"_s);
    }

    QString shown(int row, int column) const
    {
        return model.data(model.index(row, column), Qt::DisplayRole).toString();
    }

    FakeNetwork network;
    Client client;
    PraticheModel model;
};

}

class TestPraticheModel : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheRulesOfModels()
    {
        Desk desk(0);
        const QAbstractItemModelTester tester(&desk.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(!desk.model.isLoading());
        desk.network.setServer(listOf(250));
        desk.model.refresh();
        QTRY_COMPARE(desk.model.rowCount(), 250);
        desk.network.setServer(listOf(30));
        desk.model.refresh();
        QTRY_COMPARE(desk.model.rowCount(), 30);
        desk.model.clear();
        QCOMPARE(desk.model.rowCount(), 0);
    }

    void showsTheColumnsOfTheManual()
    {
        Desk desk(1);
        QTRY_COMPARE(desk.model.rowCount(), 1);
        const QStringList names{u"Protocollo"_s, u"Richiedente"_s,          u"Servizio"_s,
                                u"Categoria"_s,  u"Data di compilazione"_s, u"Stato"_s};
        for (int column = 0; column < names.size(); ++column)
            QCOMPARE(desk.model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), names.at(column));
        QCOMPARE(desk.shown(0, PraticheModel::Protocollo), u"0000000/2026"_s);
        // 09:31 UTC in November is 10:31 in Italy.
        QCOMPARE(desk.shown(0, PraticheModel::DataCompilazione), u"20-11-2026 10:31"_s);
        QCOMPARE(desk.shown(0, PraticheModel::StatoColonna), u"Protocollata"_s);
        QCOMPARE(desk.shown(0, PraticheModel::Azione), u"Prendi in carico"_s);
    }

    void aRowWithoutNumberWaitsAndCannotBeTaken()
    {
        Desk desk(0);
        desk.network.setServer([](const SentRequest&) {
            QByteArray body = elencoJson(1, 0, 1);
            body.replace(R"("0000000/2026")", "null").replace(R"("prendibile":true)", R"("prendibile":false)");
            return FakeAnswer{200, body};
        });
        desk.model.setElenco(u"assegnare"_s);
        QTRY_COMPARE(desk.model.rowCount(), 1);
        QCOMPARE(desk.shown(0, PraticheModel::Protocollo), u"In attesa di protocollazione"_s);
        QCOMPARE(desk.model.data(desk.model.index(0, PraticheModel::Azione), PraticheModel::ActionEnabledRole).toBool(),
                 false);
    }

    void asksForAPageOnlyWhenItIsLookedAt()
    {
        Desk desk(100'000);
        QTRY_COMPARE(desk.model.rowCount(), 100'000);
        QCOMPARE(desk.network.sent.size(), 1);
        QCOMPARE(desk.shown(70'050, PraticheModel::Richiedente), u"…"_s);
        QTRY_COMPARE(desk.shown(70'050, PraticheModel::Richiedente), u"ROSSI Mario 70050"_s);
        QCOMPARE(desk.network.sent.size(), 2);
        QVERIFY(desk.network.sent.last().url.query().contains(u"da=70000"_s));
    }

    void keepsNoMoreThanFortyPagesInMemory()
    {
        Desk desk(100'000);
        QTRY_COMPARE(desk.model.rowCount(), 100'000);
        for (int row = 0; row < 60 * PraticheModel::kPageRows; row += PraticheModel::kPageRows) {
            desk.shown(row, PraticheModel::Richiedente);
            QTRY_VERIFY(desk.model.riga(row) != nullptr);
        }
        QCOMPARE(desk.model.pagesInMemory(), PraticheModel::kMostPages);
        QVERIFY(desk.model.riga(0) == nullptr);
        QVERIFY(desk.model.riga(59 * PraticheModel::kPageRows) != nullptr);
    }

    void sortsOnTheServer()
    {
        Desk desk(5);
        QTRY_COMPARE(desk.model.rowCount(), 5);
        desk.model.sort(PraticheModel::Richiedente, Qt::AscendingOrder);
        QVERIFY(desk.network.sent.last().url.query().contains(u"ordina=richiedente&"_s));
        desk.model.sort(PraticheModel::Richiedente, Qt::DescendingOrder);
        QVERIFY(desk.network.sent.last().url.query().contains(u"ordina=-richiedente&"_s));
        const auto asked = desk.network.sent.size();
        desk.model.sort(PraticheModel::Azione, Qt::AscendingOrder);
        QCOMPARE(desk.network.sent.size(), asked);
    }

    void anOldAnswerDoesNotReplaceANewQuestion()
    {
        Desk desk(500);
        desk.network.setServer(listOf(3));
        desk.model.setCerca(u"rossi"_s);
        QTRY_COMPARE(desk.model.rowCount(), 3);
        QTest::qWait(30);
        QCOMPARE(desk.model.rowCount(), 3);
    }

    void whoPointsAtAPraticaFollowsItWhenRowsMove()
    {
        Desk desk(250);
        const QAbstractItemModelTester tester(&desk.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(desk.model.rowCount(), 250);
        const QPersistentModelIndex third(desk.model.index(2, 0));
        const QPersistentModelIndex fourth(desk.model.index(3, 0));
        desk.network.setServer([](const SentRequest& request) {
            FakeAnswer answer = listOf(251)(request);
            answer.body.replace("\"p3\"", "\"altra\"").replace("\"p0\"", "\"nuova\"").replace("\"p1\"", "\"p0\"");
            answer.body.replace("\"p2\"", "\"p1\"").replace("\"altra\"", "\"p2\"");
            return answer;
        });
        desk.model.refresh();
        QTRY_COMPARE(desk.model.rowCount(), 251);
        QCOMPARE(third.row(), 3);
        QVERIFY(!fourth.isValid());
    }

    void pagesBeyondTheEndAreForgotten()
    {
        Desk desk(250);
        QTRY_COMPARE(desk.model.rowCount(), 250);
        desk.shown(240, PraticheModel::Richiedente);
        QTRY_VERIFY(desk.model.riga(240) != nullptr);
        desk.network.setServer(listOf(120));
        desk.model.refresh();
        QTRY_COMPARE(desk.model.rowCount(), 120);
        QCOMPARE(desk.model.rowOf(sdc::Id<sdc::Pratica>("p240")), -1);
    }

    void newsDuringARefreshAreAskedAfterIt()
    {
        Desk desk(5);
        QTRY_COMPARE(desk.model.rowCount(), 5);
        const auto asked = desk.network.sent.size();
        for (int news = 0; news < 4; ++news)
            desk.model.refresh();
        QCOMPARE(desk.network.sent.size(), asked + 1);
        QTRY_COMPARE(desk.network.sent.size(), asked + 2);
        QTest::qWait(30);
        QCOMPARE(desk.network.sent.size(), asked + 2);
    }

    void rowsStayWhenARefreshFails()
    {
        Desk desk(5);
        QTRY_COMPARE(desk.model.rowCount(), 5);
        QSignalSpy failed(&desk.model, &PraticheModel::failed);
        desk.network.setServer([](const SentRequest&) { return FakeAnswer{0, {}, QNetworkReply::TimeoutError}; });
        desk.model.refresh();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(desk.model.rowCount(), 5);
        QVERIFY(desk.model.riga(4) != nullptr);
        // Repaints must not hammer a server that is away.
        const auto asked = desk.network.sent.size();
        desk.shown(0, 0);
        QTest::qWait(20);
        QCOMPARE(desk.network.sent.size(), asked);
    }
};

QTEST_MAIN(TestPraticheModel)
#include "test_pratiche_model.moc"
