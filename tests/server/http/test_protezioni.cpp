#include "server/actions/compila.h"
#include "server/actions/submit.h"
#include "server/http/routes.h"
#include "server/http/server.h"
#include "server/jobs/worker.h"
#include "server/secrets/token.h"
#include "server/store/allegati.h"
#include "server/store/pratiche.h"
#include "server/store/sessions.h"
#include "tests/support/heard.h"
#include "tests/support/makers.h"
#include "tests/support/world.h"

#include <Poco/Net/StreamSocket.h>
#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::World;

namespace {

/// The whole server on a free port, as the world would find it behind a proxy with https.
struct Running
{
    Running()
        : world("sqlite"),
          statics((world.config().indirizzoPubblico = "https://stanza.esempio.it",
                   world.config().proxyFidati = {"127.0.0.1"}, world.config().paginePerMinuto = 400,
                   world.folder().write("prova.txt", "statico"), world.folder().path())),
          server(world.context(), http::routes(), statics,
                 [](const std::string&, long long) { return std::vector<http::Event>{}; })
    {
        server.start();
    }

    /// The head of the answer, in lower case.
    QString ask(const std::string& request, const std::string& more = {}, const std::string& body = {}) const
    {
        Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(server.port())));
        socket.setReceiveTimeout(Poco::Timespan(10, 0));
        const std::string text = request + " HTTP/1.1\r\nHost: x\r\n" + more +
                                 "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        socket.sendBytes(text.data(), static_cast<int>(text.size()));
        std::string head;
        while (head.find("\r\n\r\n") == std::string::npos) {
            char buffer[4096];
            const int count = socket.receiveBytes(buffer, sizeof buffer);
            if (count <= 0)
                break;
            head.append(buffer, static_cast<std::size_t>(count));
        }
        return QString::fromStdString(head.substr(0, head.find("\r\n\r\n") + 2)).toLower();
    }

    World world;
    http::Statics statics;
    http::Server server;
};

/// What is missing among the headers that each answer has.
QString missing(const QString& head)
{
    const char* const wanted[] = {
        "x-content-type-options: nosniff\r\n",
        "x-frame-options: deny\r\n",
        "referrer-policy: same-origin\r\n",
        "permissions-policy: camera=()",
        "cross-origin-opener-policy: same-origin\r\n",
        "cross-origin-resource-policy: same-origin\r\n",
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
        "frame-ancestors 'none'",
        "strict-transport-security: max-age=31536000\r\n",
        "cache-control: ",
    };
    QString all;
    for (const char* header : wanted) {
        if (head.count(header) != 1)
            all += QString{header} + " ";
    }
    if (head.contains("unsafe-") || head.contains("server:") || head.contains("x-powered-by"))
        all += "too much";
    return all;
}

std::string pathOf(std::string pattern)
{
    for (const auto& [name, value] : {std::pair{"{ente}", "prova"},
                                      {"{servizio}", "permesso-prova"},
                                      {"{pratica}", "p"},
                                      {"{passo}", "dati"},
                                      {"{documento}", "d"},
                                      {"{allegato}", "a"}})
    {
        if (const auto at = pattern.find(name); at != std::string::npos)
            pattern.replace(at, std::string_view{name}.size(), value);
    }
    return pattern;
}

}

class TestProtezioni : public QObject
{
    Q_OBJECT

private slots:
    void everyRouteAnswersWithThem()
    {
        const Running running;
        for (const http::Route& route : http::routes().routes) {
            const std::string request = std::string{route.method} + " " + pathOf(route.pattern);
            const QString head = running.ask(request);
            QVERIFY2(head.startsWith("http/1.1 "), request.c_str());
            QVERIFY2(missing(head).isEmpty(), (request + ": " + missing(head).toStdString()).c_str());
        }
    }

    void soDoFaultsRedirectsStaticsAndStreams_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("more");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* request, const char* more, int status) {
            QTest::newRow(name) << request << more << status;
        };
        row("not found", "GET /prova/niente", "", 404);
        row("no ente", "GET /niente/servizi/", "", 404);
        row("redirect", "GET /prova", "", 303);
        row("wrong method", "DELETE /prova/servizi/", "", 405);
        row("static", "GET /static/prova.txt", "", 200);
        row("no static", "GET /static/niente.css", "", 404);
        row("static not modified", "GET /static/prova.txt", "If-None-Match: *\r\n", 304);
        row("bad head", "GET /prova/ servizi", "", 400);
        row("bad address", "GET /%ff", "", 400);
        row("two lengths", "GET /", "Content-Length: 3\r\n", 400);
        row("api without a token", "GET /prova/api/operatori/v1/pratiche", "", 401);
        row("api fault", "POST /prova/api/operatori/v1/accesso", "", 422);
        row("other origin", "POST /prova/uscita", "Origin: https://male.esempio\r\n", 403);
        row("head", "HEAD /prova/servizi/", "", 200);
        row("internal", "GET /metriche", "X-Forwarded-For: 192.0.2.1\r\n", 403);
    }
    void soDoFaultsRedirectsStaticsAndStreams()
    {
        QFETCH(QString, request);
        QFETCH(QString, more);
        QFETCH(int, status);
        const Running running;
        const QString head = running.ask(request.toStdString(), more.toStdString());
        QVERIFY2(head.startsWith("http/1.1 " + QString::number(status)), qPrintable(head));
        QCOMPARE(missing(head), QString{});
    }

    void whatIsTooLargeOrOfAnOperatorHasThem()
    {
        Running running;
        QString head = running.ask("POST /prova/uscita", "", std::string(1024 * 1024 + 1, 'a'));
        QVERIFY2(head.startsWith("http/1.1 413"), qPrintable(head));
        QCOMPARE(missing(head), QString{});
        running.world.addOperatore(tests::makeOperatore("anna"));
        Context context = running.world.context();
        context.room = nullptr;
        http::NoBody body;
        http::Request login;
        login.method = "POST";
        login.path = "/prova/api/operatori/v1/accesso";
        login.body = R"({"username":"anna","password":"demo-stanza"})";
        const auto opened = http::respond(http::routes(), login, context, body);
        const std::string token = nlohmann::json::parse(*http::textOf(opened)).at("token");
        head = running.ask("GET /prova/api/operatori/v1/eventi?da=0", "Authorization: Bearer " + token + "\r\n");
        QVERIFY2(head.contains("text/event-stream"), qPrintable(head));
        QCOMPARE(missing(head), QString{});
        head = running.ask("GET /prova/api/operatori/v1/pratiche", "Authorization: Bearer " + token + "\r\n");
        QVERIFY2(head.startsWith("http/1.1 200"), qPrintable(head));
        QVERIFY2(head.contains("cache-control: no-store"), qPrintable(head));
    }

    // What people sent is none of our pages: a browser must save it, whatever is in it.
    void whatIsDownloadedHasThemToo()
    {
        Running running;
        World& world = running.world;
        const Cittadino mario = world.addCittadino(tests::makeCittadino());
        Context asking = world.as(mario);
        const Id<Pratica> id = world.makeBozza(mario);
        // A page with a script in it, under the name of a document.
        const std::string pdf = "%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF\n";
        actions::addFile(asking, id, "documento", world.file("relazione \"finale\" à.pdf", pdf));
        actions::submit(asking, id, store::pratica(world.database(), id).versione());
        const std::string allegato = store::allegatiOf(world.database(), id).front().allegato.id.text();
        {
            store::Transaction transaction(world.database());
            store::insert(transaction,
                          {secrets::hashOf("gettone"), store::TipoSessione::Cittadino, mario.id.text(), world.now(),
                           world.now() + 1h},
                          world.now());
            transaction.commit();
        }
        const QString head = running.ask("GET /prova/allegati/" + allegato, "Cookie: __Host-stanza-prova=gettone\r\n");
        QVERIFY2(head.startsWith("http/1.1 200"), qPrintable(head));
        QCOMPARE(missing(head), QString{});
        QVERIFY2(head.contains("content-disposition: attachment; filename"), qPrintable(head));
        QVERIFY2(head.contains("cache-control: no-store"), qPrintable(head));
        QVERIFY2(head.contains("content-type: application/pdf\r\n"), qPrintable(head));
    }

    void tooManyPagesOfOneAddressAreRefusedKindly()
    {
        const Running running;
        const std::string one = "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n";
        for (int i = 0; i < 400; ++i)
            QVERIFY(running.ask("GET /prova/servizi/", one).startsWith("http/1.1 200"));
        // Whatever stands before the proxy's own word is the client's invention, and so is a port behind it.
        for (const char* same : {"X-Forwarded-For: 203.0.113.10, 198.51.100.7\r\n", "X-Forwarded-For: 198.51.100.7\r\n",
                                 "X-Forwarded-For: x,198.51.100.7:4711\r\n",
                                 "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: ::ffff:198.51.100.7\r\n",
                                 "X-Forwarded-For: 198.51.100.7, 127.0.0.1\r\n"})
        {
            const QString head = running.ask("GET /prova/servizi/", same);
            QVERIFY2(head.startsWith("http/1.1 429"), (same + head.toStdString()).c_str());
            QVERIFY(head.contains("retry-after: 60\r\n"));
            QVERIFY(head.contains("text/html"));
            QCOMPARE(missing(head), QString{});
        }
        QVERIFY(running.ask("GET /prova/api/operatori/v1/pratiche", one).startsWith("http/1.1 401"));
        for (const char* other : {"X-Forwarded-For: 198.51.100.7, 203.0.113.9\r\n",
                                  "X-Forwarded-For: 198.51.100.7, garbage\r\n", "X-Forwarded-For:\r\n", ""})
            QVERIFY2(running.ask("GET /prova/servizi/", other).startsWith("http/1.1 200"), other);
    }
};

QTEST_GUILESS_MAIN(TestProtezioni)
#include "test_protezioni.moc"
