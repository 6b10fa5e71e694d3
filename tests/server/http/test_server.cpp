#include "tests/server/http/running.h"

#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace sdc;
using namespace std::chrono_literals;
using tests::ask;
using tests::Client;
using tests::q;
using tests::Running;

class TestServer : public QObject
{
    Q_OBJECT

private slots:
    void answersAndKeepsTheConnection()
    {
        Running running;
        Client client(running);
        for (int i = 0; i < 3; ++i) {
            client.send("GET /?n=" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            const QString answer = client.answer();
            QVERIFY(answer.startsWith("HTTP/1.1 200"));
            QVERIFY(answer.endsWith("GET /"));
        }
        client.send("POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Type: "
                    "application/x-www-form-urlencoded\r\nContent-Length: 16\r\n\r\na=b+c&d=%C3%A8&e");
        QVERIFY(client.answer().contains("a=b c d=è e="));
        client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QVERIFY(client.rest().startsWith("HTTP/1.1 200"));
    }

    // RFC 9112, 3.2 and 3.2.2; RFC 9110, 7.6.1.
    void olderAndFullerWaysOfAskingAreUnderstood_data()
    {
        QTest::addColumn<QString>("head");
        QTest::addColumn<QString>("end");
        QTest::addColumn<bool>("closes");
        QTest::newRow("1.0 without a host") << "GET /?a HTTP/1.0"
                                            << "GET /" << true;
        QTest::newRow("the whole address") << "GET http://x/?a=1 HTTP/1.1\r\nHost: x"
                                           << "GET /" << false;
        QTest::newRow("the whole address, no path") << "GET HTTPS://x?a=1 HTTP/1.1\r\nHost: x"
                                                    << "GET /" << false;
        QTest::newRow("close among other words") << "GET / HTTP/1.1\r\nHost: x\r\nConnection: TE, Close"
                                                 << "GET /" << true;
        QTest::newRow("close in a second line") << "GET / HTTP/1.1\r\nHost: x\r\nConnection: TE\r\nConnection: close"
                                                << "GET /" << true;
        QTest::newRow("a word that is like it") << "GET / HTTP/1.1\r\nHost: x\r\nConnection: closed"
                                                << "GET /" << false;
    }
    void olderAndFullerWaysOfAskingAreUnderstood()
    {
        QFETCH(QString, head);
        QFETCH(QString, end);
        QFETCH(bool, closes);
        Running running;
        const QString answer = ask(running, (head + "\r\n\r\n").toStdString());
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), qPrintable(answer));
        QVERIFY2(answer.endsWith("\r\n\r\n" + end), qPrintable(answer));
        QCOMPARE(answer.contains("Connection: close"), closes);
    }

    void aHeadHasNoBody()
    {
        Running running;
        Client client(running);
        client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        const QString answer = client.rest();
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.endsWith("\r\n\r\n"));
    }

    void everyPageCarriesTheHeadersThatProtectIt()
    {
        Running running;
        const QString answer = ask(running, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        for (const char* header : {"X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'",
                                   "Cache-Control: no-store", "X-Frame-Options: DENY"})
            QVERIFY2(answer.contains(header), header);
        QVERIFY2(!answer.contains("unsafe-inline"), "a script of the page's own text must not run");
        QVERIFY(ask(running, "GET /static/prova.txt HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("statico"));
        QVERIFY(ask(running, "GET /static/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 404"));
    }

    // RFC 9112, 9.3.2.
    void requestsSentTogetherAreAnsweredInOrder()
    {
        Running running;
        Client client(running);
        std::string all;
        for (int i = 0; i < 50; ++i)
            all += i % 2 == 0 ? "GET /eco?n=" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n"
                              : "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                "application/x-www-form-urlencoded\r\nContent-Length: 4\r\n\r\na=" +
                                    std::to_string(10 + i);
        client.send(all);
        for (int i = 0; i < 50; ++i) {
            const QString answer = client.answer();
            QVERIFY2(answer.endsWith(i % 2 == 0 ? QStringLiteral("x") : "a=" + QString::number(10 + i)),
                     qPrintable(answer));
        }
    }

    void aRequestMayComeInPieces()
    {
        Running running;
        Client client(running);
        const std::string body(40'000, 'y');
        const std::string request = "\r\nPOST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                    "application/x-www-form-urlencoded\r\nContent-Length: 40002\r\n\r\na=" +
                                    body;
        for (std::size_t at = 0; at < request.size(); at += at < 200 ? 1 : 9000) {
            client.send(request.substr(at, at < 200 ? 1 : 9000));
            std::this_thread::sleep_for(1ms);
        }
        QVERIFY(client.answer().endsWith("a=" + q(body)));
    }

    // RFC 9110, 10.1.1.
    void aClientThatAsksFirstIsToldToGoOn()
    {
        Running running;
        const std::string head = "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                 "application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: ";
        Client client(running);
        client.send(head + "3\r\n\r\n");
        QCOMPARE(client.answer(), QStringLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
        client.send("a=b");
        QVERIFY(client.answer().endsWith("a=b"));
        Client another(running);
        another.send(head + "70000000\r\n\r\n");
        QVERIFY(another.answer().startsWith("HTTP/1.1 413"));
    }

    void aHeadOfAStreamEnds()
    {
        Running running;
        Client client(running);
        client.send("HEAD /prova/eventi HTTP/1.1\r\nHost: x\r\n\r\n");
        const QString answer = client.rest();
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.endsWith("\r\n\r\n"));
    }

    void whoMayListenNoMoreLosesTheStream()
    {
        Running running;
        Client client(running);
        running.changed = true;
        client.send("GET /prova/eventi-di-nessuno HTTP/1.1\r\nHost: x\r\n\r\n");
        const QString all = client.rest();
        QVERIFY(all.startsWith("HTTP/1.1 200"));
        QVERIFY(all.endsWith("\r\n\r\n"));
    }

    void ofOneSessionsStreamsTheNewestTwentyGoOn()
    {
        Running running;
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < 22; ++i) {
            clients.push_back(std::make_unique<Client>(running));
            clients.back()->send("GET /prova/eventi HTTP/1.1\r\nHost: localhost\r\n\r\n");
            QVERIFY(clients.back()->answer().startsWith("HTTP/1.1 200"));
        }
        QVERIFY(!clients[0]->rest().contains("p-1"));
        QVERIFY(!clients[1]->rest().contains("p-1"));
        running.changed = true;
        for (std::size_t i = 2; i < clients.size(); ++i)
            QVERIFY2(clients[i]->receiveUntil("p-1"), std::to_string(i).c_str());
    }

    void changesArriveByThemselves()
    {
        Running running;
        Client client(running);
        client.send("GET /prova/eventi HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(client.receiveUntil("\r\n\r\n"));
        QVERIFY(ask(running, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200"));
        running.changed = true;
        // The change before it is about a servizio that is none of theirs.
        QVERIFY(client.receiveUntil("\r\n\r\nid: 9\nevent: pratica\ndata: {\"pratica\":\"p-1\"}\n\n"));
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "test_server.moc"
