#include "server/http/server.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace sdc;
using namespace std::chrono_literals;
using tests::q;
using tests::World;

namespace {

std::optional<http::Response> open(const http::Request&, Context&)
{
    return std::nullopt;
}

http::Response tell(const http::Request& request, Context&)
{
    std::string text = request.method + " " + request.path;
    for (const auto& [name, value] : request.form)
        text += " " + name + "=" + value;
    for (const auto& upload : request.uploads)
        text += " " + upload.fileName + ":" + std::to_string(upload.size) + ":" + upload.sha256;
    return http::html(text);
}

http::Response changesOf(const http::Request&, Context& context)
{
    http::Events events;
    events.ente = context.ente().slug;
    events.from = 7;
    events.concerns = [](const std::string& servizio) { return servizio == "mio"; };
    return {200, {}, events};
}

http::Response changesForNobody(const http::Request& request, Context& context)
{
    http::Response response = changesOf(request, context);
    auto& events = std::get<http::Events>(response.body);
    events.stillAllowed = [] { return false; };
    events.recheck = std::chrono::milliseconds{0};
    return response;
}

http::Response injecting(const http::Request& request, Context&)
{
    return http::html("x").header("X-Eco", request.queryField("eco"));
}

/// More than any socket's buffers hold.
constexpr std::size_t kLargeFile = 32UL * 1024 * 1024;

http::Response largeFile(const http::Request&, Context& context)
{
    return {200, {}, http::FileBody{context.config.cartella / "grande.bin"}};
}

/// Longer than a client may take for its head.
http::Response slowPage(const http::Request&, Context&)
{
    std::this_thread::sleep_for(7s);
    return http::html("piano");
}

http::Response page(const http::Request&, Context&, int status, const std::string& message)
{
    return http::html(message, status);
}

void park(const http::Request&, Context&, http::Response&) {}

constexpr http::Route kRoutes[] = {
    {"GET", "/", http::Carries::Nothing, open, tell},
    {"POST", "/{ente}/form", http::Carries::Form, open, tell},
    {"POST", "/{ente}/file", http::Carries::Files, open, tell},
    {"GET", "/{ente}/eventi", http::Carries::Nothing, open, changesOf},
    {"GET", "/{ente}/eventi-di-nessuno", http::Carries::Nothing, open, changesForNobody},
    {"GET", "/eco", http::Carries::Nothing, open, injecting},
    {"GET", "/grande", http::Carries::Nothing, open, largeFile},
    {"GET", "/piano", http::Carries::Nothing, open, slowPage},
};
constexpr http::Table kTable{kRoutes, page, park};

/// A running server on a free port.
struct Running
{
    explicit Running(int perAddress = 500)
        : world("sqlite"),
          statics((world.config().connessioniPerIndirizzo = perAddress, world.folder().write("prova.txt", "statico"),
                   world.folder().path())),
          server(world.context(), kTable, statics,
                 [this](const std::string& ente, long long from) { return read(ente, from); })
    {
        server.start();
    }

    void writeLargeFile() { world.folder().write("grande.bin", std::string(kLargeFile, 'z')); }

    std::vector<http::Event> read(const std::string& ente, long long from) const
    {
        if (!changed || ente != "prova" || from != 7)
            return {};
        return {{8, "altrui", R"({"pratica":"p-0"})"}, {9, "mio", R"({"pratica":"p-1"})"}};
    }

    std::atomic<bool> changed = false;
    World world;
    http::Statics statics;
    http::Server server;
};

/// A client that says exactly what it is told.
class Client
{
public:
    explicit Client(const Running& running)
        : socket_(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(running.server.port())))
    {
        socket_.setReceiveTimeout(Poco::Timespan(10, 0));
    }

    void send(const std::string& text)
    {
        for (std::size_t sent = 0; sent < text.size();)
            sent +=
                static_cast<std::size_t>(socket_.sendBytes(text.data() + sent, static_cast<int>(text.size() - sent)));
    }

    /// One answer: its head and the body that its Content-Length announces.
    QString answer()
    {
        while (got_.find("\r\n\r\n") == std::string::npos)
            receive();
        const auto head = got_.find("\r\n\r\n") + 4;
        const auto at = got_.find("Content-Length: ");
        const std::size_t length = at == std::string::npos || at > head ? 0 : std::stoul(got_.substr(at + 16));
        while (got_.size() < head + length)
            receive();
        const QString text = q(got_.substr(0, head + length));
        got_.erase(0, head + length);
        return text;
    }

    /// Everything until the server closes; throws where the connection is reset.
    QString rest()
    {
        while (receiveSome()) {
        }
        return q(std::exchange(got_, {}));
    }

    bool receiveUntil(const std::string& word)
    {
        while (got_.find(word) == std::string::npos) {
            if (!receiveSome())
                return false;
        }
        return true;
    }

    Poco::Net::StreamSocket& socket() { return socket_; }

private:
    bool receiveSome()
    {
        char buffer[65536];
        const int size = socket_.receiveBytes(buffer, sizeof buffer);
        got_.append(buffer, static_cast<std::size_t>(std::max(size, 0)));
        return size > 0;
    }
    void receive()
    {
        if (!receiveSome())
            throw std::runtime_error("closed: " + got_);
    }

    Poco::Net::StreamSocket socket_;
    std::string got_;
};

QString ask(const Running& running, const std::string& text)
{
    Client client(running);
    client.send(text);
    return client.answer();
}

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

const std::string kPartHead = "--confine\r\nContent-Disposition: form-data; name=\"file\"; filename=\"grande.pdf\"\r\n"
                              "Content-Type: application/pdf\r\n\r\n";
const std::string kPartTail = "\r\n--confine--\r\n";

std::string uploadHead(std::size_t length)
{
    return "POST /prova/file HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "
           "boundary=confine\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n";
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

    void aHeadOfAStreamEnds()
    {
        Running running;
        Client client(running);
        client.send("HEAD /prova/eventi HTTP/1.1\r\nHost: x\r\n\r\n");
        const QString answer = client.rest();
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.endsWith("\r\n\r\n"));
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
