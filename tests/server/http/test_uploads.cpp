#include "tests/server/http/running.h"

#include <QFile>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

using namespace sdc;
using tests::ask;
using tests::Client;
using tests::kPartHead;
using tests::kPartTail;
using tests::q;
using tests::Running;
using tests::uploadHead;

namespace {

/// The most memory that this process has held, in kB.
long peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toLong();
    }
    return 0;
}

/// How many of so many uploads of "abc", sent one behind the other, were answered with its SHA-256 (FIPS 180-2, B.1).
int uploadsWithHash(const Running& running, int times)
{
    const std::string body = kPartHead + "abc" + kPartTail;
    std::string uploads;
    for (int i = 0; i < times; ++i)
        uploads += uploadHead(body.size()) + body;
    Client client(running);
    client.send(uploads);
    int right = 0;
    for (int i = 0; i < times; ++i)
        right +=
            client.answer().endsWith(" grande.pdf:3:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    return right;
}

}

class TestUploads : public QObject
{
    Q_OBJECT

private slots:
    void anUploadTooLargeIsToldWhileTheClientStillSends()
    {
        Running running;
        Client client(running);
        client.send(uploadHead(300'000'000));
        const std::string piece(65536, 'x');
        for (int i = 0; i < 320; ++i)
            client.send(piece);
        const QString answer = client.rest();
        QVERIFY2(answer.startsWith("HTTP/1.1 413"), qPrintable(answer.left(200)));
    }

    void aLargeUploadStreamsToDisk()
    {
        Running running;
        constexpr std::size_t kSize = 30UL * 1024 * 1024;
        const std::string piece(65536, 'x');
        ask(running, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        const long before = peakMemory();
        Client client(running);
        client.send(uploadHead(kPartHead.size() + kSize + kPartTail.size()) + kPartHead);
        for (std::size_t sent = 0; sent < kSize; sent += piece.size())
            client.send(piece);
        client.send(kPartTail);
        const QString answer = client.answer();
        // SHA-256 of 31,457,280 letters x, by sha256sum.
        QVERIFY2(
            answer.endsWith("grande.pdf:31457280:726ec6766f96dcdc1001a5dbf49603b18d59a023c7a62785dd3684e551ceabf3"),
            qPrintable(answer));
        const long growth = peakMemory() - before;
        QVERIFY2(growth < 8 * 1024, qPrintable(QString::number(growth) + " kB"));
        QVERIFY2(std::filesystem::is_empty(running.world.folder().path() / "enti/prova/allegati/tmp"),
                 "the temporary file is gone");
    }

    // What is typed stays in memory, so it has a limit of its own below that of the files.
    void fieldsTooLongAreRefused()
    {
        Running running;
        std::string body;
        for (int i = 0; i < 12; ++i)
            body += "--confine\r\nContent-Disposition: form-data; name=\"a" + std::to_string(i) + "\"\r\n\r\n" +
                    std::string(200'000, 'x') + "\r\n";
        body += "--confine--\r\n";
        Client client(running);
        client.send(uploadHead(body.size()) + body);
        const QString answer = client.answer();
        QVERIFY2(answer.startsWith("HTTP/1.1 422"), qPrintable(answer.left(200)));
        QVERIFY2(answer.contains("1 MB"), qPrintable(answer));
    }

    // Poco counts who uses OpenSSL, and frees what they share while the next one makes it anew: files that came
    // together wrote over the heap.
    void manyUploadsAtOnceHaveTheirHashes()
    {
        constexpr int kClients = 16;
        constexpr int kTimes = 100;
        constexpr int kEach = 50;
        Running running;
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> clients;
            for (int i = 0; i < kClients; ++i)
                clients.emplace_back([&] {
                    for (int n = 0; n < kTimes; ++n)
                        right += uploadsWithHash(running, kEach);
                });
        }
        QCOMPARE(right.load(), kClients * kTimes * kEach);
    }

    // A line that breaks half-way: what did not arrive must not be taken for empty.
    void anUploadCutOffIsNotTaken_data()
    {
        QTest::addColumn<QString>("request");
        QTest::newRow("a form") << "POST /prova/form HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                   "application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=b&c=d";
        QTest::newRow("a file") << q(uploadHead(5000) + kPartHead + "%PDF-1.4 meta");
        QTest::newRow("within a field") << q(
            uploadHead(5000) + "--confine\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nmeta di una rispo");
        QTest::newRow("after a field") << q(
            uploadHead(5000) + "--confine\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--conf");
    }
    void anUploadCutOffIsNotTaken()
    {
        QFETCH(QString, request);
        Running running;
        Client client(running);
        client.send(request.toStdString());
        client.socket().shutdownSend();
        const QString answer = client.rest();
        QVERIFY2(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), qPrintable(answer));
    }

    void anUploadThatIsNotOneIsRefused()
    {
        Running running;
        for (const std::string& body :
             {std::string{"--confine\r\n\r\nsenza nome\r\n--confine--\r\n"}, std::string{"niente confini"},
              std::string{"--confine\r\nContent-Disposition: form-data\r\n\r\nx\r\n--confine--\r\n"}})
        {
            const QString answer = ask(running, uploadHead(body.size()) + body);
            QVERIFY2(answer.startsWith("HTTP/1.1 422") || answer.startsWith("HTTP/1.1 200"),
                     qPrintable(answer.left(200)));
        }
    }
};

QTEST_GUILESS_MAIN(TestUploads)
#include "test_uploads.moc"
