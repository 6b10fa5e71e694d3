#include "tests/server/http/running.h"

#include <Poco/Net/NetException.h>

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace sdc;
using namespace std::chrono_literals;
using tests::ask;
using tests::Client;
using tests::kLargeFile;
using tests::kPartHead;
using tests::q;
using tests::Running;
using tests::uploadHead;

class TestSlowClients : public QObject
{
    Q_OBJECT

private slots:
    // Far more than there are threads.
    void whoTakesItsTimeHoldsNobodyUp_data()
    {
        QTest::addColumn<QString>("request");
        QTest::newRow("a head that does not end") << "GET / HTTP/1.1\r\nHost: x\r\nX-Lento: a";
        QTest::newRow("a body that does not come") << q(uploadHead(1'000'000));
        QTest::newRow("a file half-way") << q(uploadHead(1'000'000) + kPartHead);
        QTest::newRow("an answer that nobody takes") << "GET /grande HTTP/1.1\r\nHost: x\r\n\r\n";
        QTest::newRow("nothing more") << "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    }
    void whoTakesItsTimeHoldsNobodyUp()
    {
        QFETCH(QString, request);
        Running running;
        running.writeLargeFile();
        std::vector<std::unique_ptr<Client>> slow;
        for (int i = 0; i < 200; ++i) {
            slow.push_back(std::make_unique<Client>(running));
            slow.back()->send(request.toStdString());
        }
        for (int i = 0; i < 20; ++i)
            QVERIFY(ask(running, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200"));
        QVERIFY(running.server.connections() >= 200);
    }

    void aSlowReaderGetsAllOfAFile()
    {
        Running running;
        running.writeLargeFile();
        Client client(running);
        client.send("GET /grande HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        std::this_thread::sleep_for(500ms);
        const QString answer = client.rest();
        const auto begin = answer.indexOf("\r\n\r\n") + 4;
        QCOMPARE(static_cast<std::size_t>(answer.size() - begin), kLargeFile);
        QVERIFY(answer.mid(begin) == QString(static_cast<qsizetype>(kLargeFile), 'z'));
    }

    // What was sent and lies unread is not the client's delay.
    void whoWaitsForAFreeThreadIsNotCutOff()
    {
        Running running;
        std::vector<std::unique_ptr<Client>> all;
        for (int i = 0; i < 32; ++i) {
            all.push_back(std::make_unique<Client>(running));
            all.back()->send("GET /piano HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        }
        std::this_thread::sleep_for(100ms);
        Client late(running);
        late.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(late.answer().startsWith("HTTP/1.1 200"));
        for (const auto& client : all)
            QVERIFY(client->rest().endsWith("piano"));
    }

    void oneAddressHasOnlySoManyConnections()
    {
        Running running(8);
        std::vector<std::unique_ptr<Client>> idle;
        for (int i = 0; i < 8; ++i) {
            idle.push_back(std::make_unique<Client>(running));
            idle.back()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            QVERIFY(idle.back()->answer().startsWith("HTTP/1.1 200"));
        }
        QVERIFY(ask(running, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200"));
        // The one that had waited longest made room.
        QCOMPARE(idle.front()->rest(), QString{});
        idle.back()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(idle.back()->answer().startsWith("HTTP/1.1 200"));
    }

    void aClientThatDripsItsHeadersIsCutOff()
    {
        Running running;
        Client client(running);
        QElapsedTimer timer;
        timer.start();
        client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Lento: ");
        client.socket().setReceiveTimeout(Poco::Timespan(0, 300'000));
        bool open = true;
        while (open && timer.elapsed() < 9000) {
            try {
                client.send("a");
                open = client.socket().poll(Poco::Timespan(0, 300'000), Poco::Net::Socket::SELECT_READ)
                           ? !client.rest().isEmpty()
                           : true;
            } catch (const Poco::Exception&) {
                open = false;
            }
        }
        QVERIFY2(!open && timer.elapsed() > 4000 && timer.elapsed() < 8000,
                 qPrintable(QString::number(timer.elapsed())));
        QVERIFY(ask(running, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200"));
    }

    // At least 1 kB a second in each stretch of ten: what came quickly before buys no time.
    void aBodyThatStopsComingIsCutOff()
    {
        Running running;
        Client stops(running);
        Client goesOn(running);
        for (Client* client : {&stops, &goesOn})
            client->send(uploadHead(1'000'000) + kPartHead + std::string(200'000, 'x'));
        bool open = true;
        QElapsedTimer timer;
        for (timer.start(); open && timer.elapsed() < 25'000;) {
            goesOn.send(std::string(2000, 'x'));
            open = !stops.socket().poll(Poco::Timespan(1, 0), Poco::Net::Socket::SELECT_READ);
        }
        QVERIFY2(!open && timer.elapsed() > 10'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(!goesOn.socket().poll(Poco::Timespan(0, 0), Poco::Net::Socket::SELECT_READ), "it is slow, but comes");
    }
};

QTEST_GUILESS_MAIN(TestSlowClients)
#include "test_slow_clients.moc"
