#include "tests/server/http/running.h"

#include <QTest>

using namespace sdc;
using tests::ask;
using tests::Client;
using tests::Running;

class TestHostileShapes : public QObject
{
    Q_OBJECT

private slots:
    // RFC 9112, 3.2 and 6.1, 6.3.
    void anAmbiguousRequestIsRefusedAndTheConnectionEnds_data()
    {
        QTest::addColumn<QString>("head");
        QTest::newRow("no host") << "GET / HTTP/1.1";
        QTest::newRow("an empty host") << "GET / HTTP/1.1\r\nHost:";
        QTest::newRow("two hosts") << "GET / HTTP/1.1\r\nHost: a\r\nHost: b";
        QTest::newRow("both lengths")
            << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked";
        QTest::newRow("two lengths")
            << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6";
        QTest::newRow("a coding that is not chunked")
            << "POST /prova/form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked";
        QTest::newRow("two codings")
            << "POST /prova/form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked";
        QTest::newRow("a length with a comma") << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length: 1,0";
        QTest::newRow("a length with a sign") << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length: +5";
        QTest::newRow("a name with a space after it") << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length : 5";
        QTest::newRow("a line that goes on") << "GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n b";
        QTest::newRow("a lone CR") << "GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\rContent-Length: 5";
        QTest::newRow("a length that Poco alone decodes")
            << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length: =?utf-8?Q?3?=";
        QTest::newRow("a coding that Poco alone decodes")
            << "POST /prova/form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: =?utf-8?Q?chunked?=";
        QTest::newRow("a vertical tab") << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Length: \x0b"
                                           "3";
        QTest::newRow("words after the version") << "GET / HTTP/1.1 x\r\nHost: x";
        QTest::newRow("a tab in the request line") << "GET /\tHTTP/1.1\r\nHost: x";
        QTest::newRow("a header that is none") << "GET / HTTP/1.1\r\nHost: x\r\nniente";
        QTest::newRow("an address without a slash") << "GET prova HTTP/1.1\r\nHost: x";
        QTest::newRow("an address that is not UTF-8") << "GET /%FF HTTP/1.1\r\nHost: x";
        QTest::newRow("an address with a NUL") << "GET /%00 HTTP/1.1\r\nHost: x";
        QTest::newRow("half a percent sign") << "GET /%2 HTTP/1.1\r\nHost: x";
        QTest::newRow("a query that is not UTF-8") << "GET /?a=%FF HTTP/1.1\r\nHost: x";
    }
    void anAmbiguousRequestIsRefusedAndTheConnectionEnds()
    {
        QFETCH(QString, head);
        Running running;
        const QString answer = ask(running, (head + "\r\n\r\n").toStdString());
        QVERIFY2(answer.startsWith("HTTP/1.1 400"), qPrintable(answer));
    }

    void aRequestThatIsTooMuchIsRefusedReadably_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QByteArray headers = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 10000; ++i)
            headers += "X-" + QByteArray::number(i) + ": valore\r\n";
        QTest::newRow("10,000 headers") << headers + "\r\n" << 431;
        QTest::newRow("a huge address") << "GET /" + QByteArray(200000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n" << 414;
        QTest::newRow("a long address") << "GET /" + QByteArray(5000, 'a') +
                                               " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                        << 400;
        QTest::newRow("a huge header") << "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + QByteArray(200000, 'a') + "\r\n\r\n"
                                       << 431;
        QTest::newRow("no HTTP at all") << QByteArray(100000, '\x16') << 400;
    }
    void aRequestThatIsTooMuchIsRefusedReadably()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        Running running;
        Client client(running);
        client.send(request.toStdString());
        const QString answer = client.rest();
        QVERIFY2(answer.startsWith("HTTP/1.1 " + QString::number(status)), qPrintable(answer.left(200)));
    }

    void aValueOfTheAddressCannotAddAHeader()
    {
        Running running;
        const QString answer = ask(running, "GET /eco?eco=a%0D%0AX-Rubato:%201 HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(!answer.contains("\r\nX-Rubato"));
    }
};

QTEST_GUILESS_MAIN(TestHostileShapes)
#include "test_hostile_shapes.moc"
