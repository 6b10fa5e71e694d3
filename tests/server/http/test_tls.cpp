#include "server/http/server.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::q;
using tests::World;

namespace {

/// More than any socket's buffers hold.
constexpr std::size_t kLargeFile = 32UL * 1024 * 1024;

std::optional<http::Response> open(const http::Request&, Context&)
{
    return std::nullopt;
}

http::Response tell(const http::Request& request, Context&)
{
    std::string text = request.method + " " + request.path;
    for (const auto& upload : request.uploads)
        text += " " + upload.fileName + ":" + std::to_string(upload.size) + ":" + upload.sha256;
    return http::html(text + (request.certificato.empty() ? " senza certificato" : " con certificato"));
}

http::Response largeFile(const http::Request&, Context& context)
{
    return {200, {}, http::FileBody{context.config.cartella / "grande.bin"}};
}

http::Response changes(const http::Request&, Context&)
{
    return {200, {}, http::Events{}};
}

http::Response page(const http::Request&, Context&, int status, const std::string& message)
{
    return http::html(message, status);
}

void park(const http::Request&, Context&, http::Response&) {}

constexpr http::Route kRoutes[] = {
    {"GET", "/", http::Carries::Nothing, open, tell},
    {"POST", "/{ente}/file", http::Carries::Files, open, tell},
    {"GET", "/{ente}/eventi", http::Carries::Nothing, open, changes},
    {"GET", "/grande", http::Carries::Nothing, open, largeFile},
};
constexpr http::Table kTable{kRoutes, page, park};

std::string patternOf(std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>(i * 31 + i / 4093);
    return text;
}

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

struct Running
{
    Running()
        : world("sqlite"),
          autorita("CA di prova", world.now()),
          tls({world.folder().write("server.pem", keys().certificato), world.folder().path() / "server.key", true}),
          statics((world.folder().write("prova.txt", "statico"), world.folder().path())),
          server(world.context(), kTable, statics,
                 [](const std::string&, long long) { return std::vector<http::Event>{}; },
                 {"127.0.0.1", 0, 200, 100, 4, &tls})
    {
        server.start();
    }

    const tests::CoppiaPem& keys()
    {
        if (pair.chiave.empty()) {
            pair = autorita.issueServer(world.now() - 24h, world.now() + 24h);
            world.folder().write("server.key", pair.chiave);
        }
        return pair;
    }

    QByteArray curl(const std::string& path, const QStringList& more = {}) const
    {
        QProcess process;
        process.start(QStringLiteral("curl"),
                      QStringList{QStringLiteral("-sSk"), QStringLiteral("--max-time"), QStringLiteral("60"),
                                  q("https://127.0.0.1:" + std::to_string(server.port()) + path)} +
                          more);
        process.waitForFinished(70000);
        return process.readAllStandardOutput();
    }

    World world;
    tests::AutoritaCarte autorita;
    tests::CoppiaPem pair;
    http::Tls tls;
    http::Statics statics;
    http::Server server;
};

}

class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void filesAndUploadsPassWhole()
    {
        Running running;
        const std::string large = patternOf(kLargeFile);
        running.world.folder().write("grande.bin", large);
        const QByteArray wanted = sha256(QByteArray::fromStdString(large));
        for (const char* version : {"1.2", "1.3"})
            QCOMPARE(sha256(running.curl("/grande", {QStringLiteral("--tls-max"), QLatin1String(version)})), wanted);
        const auto upload = running.world.folder().write("invio.bin", large);
        const QByteArray said = running.curl("/prova/file", {QStringLiteral("-F"), q("file=@" + upload.string())});
        QCOMPARE(said, QByteArray("POST /prova/file invio.bin:33554432:" + wanted + " senza certificato"));
    }

    void whoReadsSlowlyGetsAllOfIt()
    {
        Running running;
        const std::string large = patternOf(4UL * 1024 * 1024);
        running.world.folder().write("grande.bin", large);
        const QByteArray got = running.curl("/grande", {QStringLiteral("--limit-rate"), QStringLiteral("1500k")});
        QCOMPARE(sha256(got), sha256(QByteArray::fromStdString(large)));
    }

    void aCertificateIsHandedOnWhoeverMadeIt()
    {
        Running running;
        tests::Tessera tessera;
        tessera.da = running.world.now() - 24h;
        tessera.fino = running.world.now() + 24h;
        const auto card = tests::AutoritaCarte("Altra CA", running.world.now()).issue(tessera);
        const auto pem = running.world.folder().write("carta.pem", card.certificato + card.chiave);
        const QByteArray said = running.curl("/", {QStringLiteral("--cert"), q(pem.string())});
        QCOMPARE(said, QByteArray("GET / con certificato"));
    }

    void eventsAreNotToldThere()
    {
        const Running running;
        QVERIFY(running.curl("/prova/eventi", {QStringLiteral("-i")}).startsWith("HTTP/1.1 503"));
    }

    void keysThatDoNotFitStopTheStart()
    {
        Running running;
        const auto other = running.autorita.issueServer(running.world.now() - 24h, running.world.now() + 24h);
        const auto wrong = running.world.folder().write("altra.key", other.chiave);
        const auto right = running.world.folder().path() / "server.pem";
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, http::Tls({right, wrong, true}));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, http::Tls({right / "manca", wrong, true}));
        // A certificate that was renewed badly: what was there goes on.
        running.world.folder().write("server.pem", "niente");
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, running.tls.renew({}));
        QCOMPARE(running.curl("/"), QByteArray("GET / senza certificato"));
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "test_tls.moc"
