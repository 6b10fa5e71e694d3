#include "app/api/client.h"
#include "app/api/event_stream.h"
#include "app/text.h"
#include "tests/app/fake_network.h"

#include <QtTest>

using namespace sdc::app;

namespace {

FakeAnswer open()
{
    return {200, {}, QNetworkReply::NoError, {}, true};
}

struct Desk
{
    Desk() : network([](const SentRequest&) { return open(); }), client(network), stream(client)
    {
        client.setAddress(addressFrom(u"https://servizi.example.it"_s, u"rovereto"_s));
        client.setToken(u"t"_s);
    }

    FakeNetwork network;
    Client client;
    EventStream stream;
};

}

class TestEventStream : public QObject
{
    Q_OBJECT

private slots:
    void listensFromTheLastKnownChange()
    {
        Desk desk;
        desk.stream.listenFrom(41);
        QCOMPARE(desk.network.sent.first().url.query(), u"da=41"_s);
        QCOMPARE(desk.network.sent.first().request.rawHeader("Accept"), QByteArray("text/event-stream"));
    }

    void tellsEachChangeEvenInPieces()
    {
        Desk desk;
        QSignalSpy changed(&desk.stream, &EventStream::changed);
        desk.stream.listenFrom(41);
        FakeReply* const reply = desk.network.replies.first();
        reply->push(": battito\n\nid: 42\nevent: prat");
        reply->push("ica\ndata: {\"pratica\":\"p1\"}\n\nid: 43\r\ndata: {\"pratica\":\"p2\"}\r\n\r\n");
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed.at(0).first().toString(), u"p1"_s);
        QCOMPARE(changed.at(1).first().toString(), u"p2"_s);
    }

    void comesBackFromTheLastNumberAfterALostLine()
    {
        Desk desk;
        QSignalSpy missed(&desk.stream, &EventStream::missed);
        desk.stream.listenFrom(41);
        desk.network.replies.first()->push("id: 44\ndata: {\"pratica\":\"p1\"}\n\n");
        desk.network.replies.first()->finishWith(QNetworkReply::RemoteHostClosedError);
        QCOMPARE(missed.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(desk.network.sent.size(), 2, 4000);
        QCOMPARE(desk.network.sent.last().url.query(), u"da=44"_s);
    }

    // Changes are remembered for a week, and a backup may bring smaller numbers back.
    void readsEverythingAnewWhereChangesWereForgotten()
    {
        Desk desk;
        QSignalSpy outdated(&desk.stream, &EventStream::outdated);
        QSignalSpy changed(&desk.stream, &EventStream::changed);
        desk.stream.listenFrom(4711);
        desk.network.replies.first()->push("id: 17\nevent: pratica\ndata: {\"ricarica\":true}\n\n: battito\n\n");
        QCOMPARE(outdated.size(), 1);
        QCOMPARE(changed.size(), 0);
        desk.network.replies.first()->finishWith(QNetworkReply::RemoteHostClosedError);
        QTRY_COMPARE_WITH_TIMEOUT(desk.network.sent.size(), 2, 5000);
        QCOMPARE(desk.network.sent.last().url.query(), u"da=17"_s);
    }

    void oddDataIsPassedOver()
    {
        Desk desk;
        QSignalSpy changed(&desk.stream, &EventStream::changed);
        desk.stream.listenFrom(1);
        desk.network.replies.first()->push("data: {\"pratica\":7}\n\ndata: ciao\n\ndata: []\n\nretry: 9\n\n");
        QCOMPARE(changed.size(), 0);
        QVERIFY(desk.stream.isListening());
    }

    void anEndlessLineEndsTheStream()
    {
        Desk desk;
        desk.stream.listenFrom(1);
        desk.network.replies.first()->push(QByteArray(70 * 1024, 'x'));
        QVERIFY(!desk.stream.isListening());
    }

    void stopsWhenNobodyIsAtWork()
    {
        Desk desk;
        desk.stream.listenFrom(1);
        desk.stream.stop();
        QVERIFY(!desk.stream.isListening());
        QTest::qWait(1800);
        QCOMPARE(desk.network.sent.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestEventStream)
#include "test_event_stream.moc"
