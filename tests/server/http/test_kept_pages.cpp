#include "server/http/kept_pages.h"
#include "server/http/routes.h"
#include "server/http/statics.h"
#include "server/secrets/token.h"
#include "server/store/pagine.h"
#include "server/store/servizi.h"
#include "server/store/sessions.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QProcess>
#include <QTest>

using namespace sdc;
using tests::q;
using tests::World;

namespace {

/// A server that keeps its pages, asked by clients with headers of their own.
struct Site
{
    explicit Site(const QString& database) : world(database) {}

    http::Response get(const std::string& target, const std::map<std::string, std::string, std::less<>>& headers = {})
    {
        return ask("GET", target, headers, {});
    }

    http::Response ask(const char* method, const std::string& target,
                       const std::map<std::string, std::string, std::less<>>& headers,
                       const std::map<std::string, std::string, std::less<>>& cookies)
    {
        http::Request request;
        request.method = method;
        const auto question = target.find('?');
        request.path = target.substr(0, question);
        request.queryText = question == std::string::npos ? "" : target.substr(question + 1);
        if (const auto equals = request.queryText.find('='); equals != std::string::npos)
            request.query = {{request.queryText.substr(0, equals), request.queryText.substr(equals + 1)}};
        request.headers = headers;
        request.cookies = cookies;
        Context context = world.context();
        context.room = nullptr;
        context.pagine = &pages;
        http::NoBody body;
        return http::respond(http::routes(), request, context, body);
    }

    void set(Attivazione attivazione)
    {
        store::Transaction transaction(world.database());
        store::setAttivazione(transaction, "permesso-prova", attivazione);
        transaction.commit();
    }

    World world;
    http::KeptPages pages;
};

QString header(const http::Response& response, const std::string& name)
{
    for (const auto& [key, value] : response.headers) {
        if (key == name)
            return q(value);
    }
    return {};
}

QString text(const http::Response& response)
{
    const std::string* body = http::textOf(response);
    return body == nullptr ? QString{} : q(*body);
}

bool isKept(const http::Response& response)
{
    return std::holds_alternative<http::SharedText>(response.body);
}

void openSession(World& world, const Cittadino& cittadino, const std::string& token)
{
    store::Transaction transaction(world.database());
    store::insert(transaction,
                  {secrets::hashOf(token), store::TipoSessione::Cittadino, cittadino.id.text(), world.now(),
                   world.now() + std::chrono::hours{1}},
                  world.now());
    transaction.commit();
}

/// As another program reads it.
QByteArray gunzip(const std::string& bytes)
{
    QProcess process;
    process.start(QStringLiteral("gzip"), {QStringLiteral("-dc")});
    process.write(bytes.data(), static_cast<qint64>(bytes.size()));
    process.closeWriteChannel();
    return process.waitForFinished() && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray{"?"};
}

const char* const kPublic[] = {"/",
                               "/prova/",
                               "/prova/servizi/",
                               "/prova/servizi/?categoria=Prove",
                               "/prova/servizi/permesso-prova",
                               "/prova/privacy",
                               "/prova/accesso-operatori",
                               "/prova/password-dimenticata"};

}

class TestKeptPages : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void publicPagesAreKeptAndSaySo()
    {
        QFETCH_GLOBAL(QString, database);
        Site site(database);
        for (const char* target : kPublic) {
            const auto first = site.get(target);
            QVERIFY2(first.status == 200 && isKept(first), target);
            QCOMPARE(header(first, "Cache-Control"), q("private, no-cache"));
            QCOMPARE(header(first, "Vary"), q("Accept-Encoding, Cookie"));
            QCOMPARE(http::textOf(site.get(target)), http::textOf(first));
            const auto again = site.get(target, {{"if-none-match", header(first, "ETag").toStdString()}});
            QVERIFY2(again.status == 304 && text(again).isEmpty(), target);
            QCOMPARE(header(again, "ETag"), header(first, "ETag"));
            QCOMPARE(text(site.ask("HEAD", target, {}, {})), text(first));
        }
    }

    void gzippedTheyAreTheSameWordsUnderAnotherEtag()
    {
        QFETCH_GLOBAL(QString, database);
        Site site(database);
        for (const char* target : kPublic) {
            const auto plain = site.get(target);
            const auto zipped = site.get(target, {{"accept-encoding", "br, gzip;q=0.5"}});
            QCOMPARE(header(zipped, "Content-Encoding"), q("gzip"));
            QCOMPARE(QString::fromUtf8(gunzip(*http::textOf(zipped))), text(plain));
            QVERIFY(header(zipped, "ETag") != header(plain, "ETag"));
            const auto refused = site.get(target, {{"accept-encoding", "gzip;q=0, identity"}});
            QVERIFY(header(refused, "Content-Encoding").isEmpty());
        }
    }

    // E3, with another process in mind: what is kept is judged by the database alone.
    void aChangeOfTheServicesShowsAtOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Site site(database);
        const auto before = site.get("/prova/servizi/permesso-prova");
        site.set(Attivazione::Sospeso);
        const auto after =
            site.get("/prova/servizi/permesso-prova", {{"if-none-match", header(before, "ETag").toStdString()}});
        QCOMPARE(after.status, 200);
        QVERIFY(text(after) != text(before));
        site.set(Attivazione::Disattivo);
        QCOMPARE(site.get("/prova/servizi/permesso-prova").status, 404);
        QVERIFY(!text(site.get("/prova/servizi/")).contains("Permesso di prova"));
        site.set(Attivazione::Attivo);
        QCOMPARE(text(site.get("/prova/servizi/permesso-prova")), text(before));
        site.world.addServizio(tests::servizioJson("permesso-prova", "Permesso nuovo"));
        QVERIFY(text(site.get("/prova/servizi/")).contains("Permesso nuovo"));
    }

    void everyWriteOfWhatTheyShowIsAVersionOfItsOwn()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        std::set<std::string> versions{store::versionePagine(world.database())};
        const auto write = [&](const std::function<void(store::Transaction&)>& change) {
            store::Transaction transaction(world.database());
            change(transaction);
            transaction.commit();
            versions.insert(store::versionePagine(world.database()));
        };
        write([](auto& t) { store::setAttivazione(t, "permesso-prova", Attivazione::Sospeso); });
        write([](auto& t) { store::setAttivazione(t, "permesso-prova", Attivazione::Attivo); });
        write([](auto& t) { store::setInPrimoPiano(t, "permesso-prova", true); });
        write([&](auto& t) { store::importServizio(t, tests::servizioJson("altro", "Un altro"), world.now()); });
        QCOMPARE(versions.size(), std::size_t{5});
        {
            store::Transaction undone(world.database());
            store::setInPrimoPiano(undone, "permesso-prova", false);
        }
        QVERIFY2(versions.contains(store::versionePagine(world.database())), "what was undone changed nothing");
    }

    void aNewEnteShowsInTheListAtOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Site site(database);
        QVERIFY(!text(site.get("/")).contains("Comune di nuovo"));
        site.world.addEnte("nuovo");
        QVERIFY(text(site.get("/")).contains("Comune di nuovo"));
        QVERIFY2(text(site.get("/nuovo/privacy")).contains("comune@nuovo.esempio.it"), "each ente has its own");
    }

    void whoIsLoggedInGetsAPageOfTheirOwn()
    {
        QFETCH_GLOBAL(QString, database);
        Site site(database);
        const auto anonymous = site.get("/prova/servizi/");
        const std::string token = "una-parola-lunga-abbastanza";
        const Cittadino mario = site.world.addCittadino(tests::makeCittadino());
        openSession(site.world, mario, token);
        const std::map<std::string, std::string, std::less<>> cookies{{"__Host-stanza-prova", token}};
        const auto own = site.ask(
            "GET", "/prova/servizi/",
            {{"accept-encoding", "gzip"}, {"if-none-match", header(anonymous, "ETag").toStdString() + ", *"}}, cookies);
        QCOMPARE(own.status, 200);
        QVERIFY(!isKept(own));
        QVERIFY(text(own).contains(q(mario.cognome)));
        QVERIFY2(header(own, "Content-Encoding").isEmpty(), "it carries the word of its forms (BREACH)");
        QVERIFY(header(own, "ETag").isEmpty() && header(own, "Cache-Control").isEmpty());
        QCOMPARE(text(site.get("/prova/servizi/")), text(anonymous));
        QVERIFY(isKept(site.ask("GET", "/prova/servizi/", {}, {{"__Host-stanza-prova", "scaduta"}})));
    }

    void noticesFaultsAndFormsAreNeverKept()
    {
        QFETCH_GLOBAL(QString, database);
        Site site(database);
        for (const char* target : {"/prova/?avviso=uscita", "/prova/?avviso=", "/prova/accesso", "/prova/niente",
                                   "/prova/servizi/assente", "/stato"})
        {
            site.get(target);
            const auto again = site.get(target);
            QVERIFY2(!isKept(again) && header(again, "ETag").isEmpty(), target);
        }
        QVERIFY(text(site.get("/prova/?avviso=uscita")) != text(site.get("/prova/")));
    }

    void wordsOfOnesOwnPushOutOnlyTheirLike()
    {
        const auto page = std::make_shared<const http::Ready>(http::makeReady("text/html", std::string(9000, 'x'), 0));
        http::KeptPages pages(100'000, 50'000);
        pages.keep("/prova/", "1", page);
        for (int i = 0; i < 1000; ++i)
            pages.keep("/prova/servizi/?cerca=" + std::to_string(i), "1", page);
        QVERIFY(pages.find("/prova/", "1") != nullptr);
        QVERIFY(pages.find("/prova/servizi/?cerca=999", "1") != nullptr);
        QVERIFY(pages.find("/prova/servizi/?cerca=1", "1") == nullptr);
        QVERIFY2(pages.bytes() <= 150'000, qPrintable(QString::number(pages.bytes())));
        QVERIFY(pages.find("/prova/", "2") == nullptr);
        pages.keep("/prova/servizi/?cerca=x", "1",
                   std::make_shared<const http::Ready>(http::makeReady("text/html", std::string(60'000, 'x'), 0)));
        QVERIFY2(pages.find("/prova/servizi/?cerca=x", "1") == nullptr, "larger than all there is room for");
    }

    void theLastAskedForStays()
    {
        const auto page = std::make_shared<const http::Ready>(http::makeReady("text/html", std::string(9000, 'x'), 0));
        http::KeptPages pages(30'000, 0);
        for (const char* target : {"/a", "/b", "/c"})
            pages.keep(target, "1", page);
        pages.find("/a", "1");
        pages.keep("/d", "1", page);
        QVERIFY(pages.find("/a", "1") != nullptr && pages.find("/b", "1") == nullptr);
    }

    // RFC 9110, 12.5.3 and 13.1.2.
    void headersAreReadAsTheRfcSays()
    {
        for (const char* yes : {"gzip", "GZIP", "x-gzip", "br,gzip", "*", "gzip;q=0.001", "gzip; q=1", "*;q=0, gzip"})
            QVERIFY2(http::takesGzip(yes), yes);
        for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "identity", "*;q=0", "gzipped", "gzip;q=0, *"})
            QVERIFY2(!http::takesGzip(no), no);
        for (const char* yes : {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "*", "\"b\",W/\"a\" "})
            QVERIFY2(http::names(yes, "\"a\""), yes);
        for (const char* no : {"", "a", "\"b\"", "\"a", "\"a-gz\"", "W/"})
            QVERIFY2(!http::names(no, "\"a\""), no);
    }

    void staticFilesAreGzippedWhereThatIsShorter()
    {
        World world("sqlite");
        world.folder().write("lungo.css", std::string(5000, 'a'));
        world.folder().write("corto.css", "a");
        world.folder().write("figura.png", std::string(5000, 'a'));
        const http::Statics statics(world.folder().path());
        http::Request request;
        request.headers["accept-encoding"] = "gzip";
        const auto css = statics.respond(request, "lungo.css");
        QCOMPARE(gunzip(*http::textOf(css)), QByteArray(5000, 'a'));
        QCOMPARE(header(css, "Content-Encoding"), q("gzip"));
        QVERIFY(header(statics.respond(request, "corto.css"), "Content-Encoding").isEmpty());
        QVERIFY(header(statics.respond(request, "figura.png"), "Content-Encoding").isEmpty());
        request.headers["if-none-match"] = header(css, "ETag").toStdString();
        QCOMPARE(statics.respond(request, "lungo.css").status, 304);
        request.headers["accept-encoding"] = "";
        QVERIFY2(statics.respond(request, "lungo.css").status == 200, "other bytes, another ETag");
    }
};

QTEST_GUILESS_MAIN(TestKeptPages)
#include "test_kept_pages.moc"
