#include "server/http/router.h"
#include "server/rooms.h"
#include "server/unavailable.h"
#include "tests/support/heard.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::q;
using tests::World;

namespace {

std::optional<http::Response> open(const http::Request&, Context&)
{
    return std::nullopt;
}

std::optional<http::Response> shut(const http::Request&, Context&)
{
    return http::seeOther("/accesso");
}

std::optional<http::Response> session(const http::Request&, Context& context)
{
    context.accesso = AccessoCittadino{{}, "la-parola", "hash"};
    return std::nullopt;
}

http::Response tell(const http::Request& request, Context& context)
{
    std::string text = context.room == nullptr ? "-" : context.ente().slug;
    for (const auto& [name, value] : request.params)
        text += " " + name + "=" + value;
    return http::html(text);
}

http::Response refuse(const http::Request& request, Context&)
{
    const std::string& what = request.param("cosa");
    if (what == "assente")
        throw NotFound();
    if (what == "vietato")
        throw Forbidden("No.");
    if (what == "conflitto")
        throw Conflict("Troppo tardi.");
    if (what == "errato")
        throw Invalid("Male.", {{"campo", "Correggi."}});
    if (what == "strano")
        throw Refusal("Strano.");
    if (what == "pieno")
        throw std::system_error(ENOSPC, std::generic_category(), "segreta");
    if (what == "sparito")
        throw std::system_error(ENOENT, std::generic_category(), "segreta");
    if (what == "staccato")
        throw Unavailable("password=segreta");
    throw std::runtime_error("password=segreta");
}

http::Response brokenPage(const http::Request&, Context&, int, const std::string&)
{
    throw Unavailable("la pagina chiede al database");
}

http::Response page(const http::Request&, Context&, int status, const std::string& message)
{
    return http::html("pagina: " + message, status);
}

void park(const http::Request& request, Context&, http::Response& response)
{
    response.header("X-Parcheggiato", std::to_string(request.form.size()));
}

constexpr http::Route kRoutes[] = {
    {"GET", "/", http::Carries::Nothing, open, tell},
    {"GET", "/stato", http::Carries::Nothing, open, tell},
    {"GET", "/{ente}/", http::Carries::Nothing, open, tell},
    {"GET", "/{ente}/servizi/", http::Carries::Nothing, open, tell},
    {"GET", "/{ente}/servizi/{servizio}", http::Carries::Nothing, open, tell},
    {"POST", "/{ente}/servizi/{servizio}", http::Carries::Form, session, tell},
    {"DELETE", "/{ente}/servizi/{servizio}", http::Carries::Nothing, open, tell},
    {"POST", "/{ente}/passo", http::Carries::Passo, shut, tell},
    {"POST", "/{ente}/file", http::Carries::Files, open, tell},
    {"POST", "/{ente}/json", http::Carries::Json, open, tell},
    {"GET", "/{ente}/chiuso", http::Carries::Nothing, shut, tell},
    {"GET", "/{ente}/rifiuto/{cosa}", http::Carries::Nothing, open, refuse},
    {"POST", "/{ente}/rifiuto/{cosa}", http::Carries::Form, open, refuse},
    {"GET", "/{ente}/api/rifiuto/{cosa}", http::Carries::Nothing, open, refuse},
    {"GET", "/file/{resto*}", http::Carries::Nothing, open, tell},
};
/// A browser that had a session says so in these tests by a cookie.
bool remembers(const http::Request& request, Context&)
{
    return request.cookies.contains("sessione");
}

/// "parola-di-ieri" was made for the same citizen in an earlier session.
bool ownsWord(const std::string& word, Context&)
{
    return word == "parola-di-ieri";
}

constexpr http::Table kTable{kRoutes, page, park, remembers, ownsWord};

/// A body of this length that is already in the request.
class Announced : public http::Body
{
public:
    explicit Announced(std::int64_t length) : length_(length) {}

    std::int64_t length() const override { return length_; }
    void read(http::Request&, http::Carries, const Context&, const std::string&) override { wasRead = true; }

    bool wasRead = false;

private:
    std::int64_t length_;
};

struct Asking
{
    World& world;
    http::Request request{};

    Asking(World& w, const char* method, const std::string& target) : world(w)
    {
        request.method = method;
        const auto question = target.find('?');
        request.path = target.substr(0, question);
        request.queryText = question == std::string::npos ? "" : target.substr(question + 1);
        request.headers["host"] = "stanza.esempio.it";
    }

    http::Response answer(http::Body& body)
    {
        Context context = world.context();
        context.room = nullptr;
        return http::respond(kTable, request, context, body);
    }
    http::Response answer()
    {
        http::NoBody body;
        return answer(body);
    }
};

http::Response ask(World& world, const char* method, const std::string& target)
{
    return Asking(world, method, target).answer();
}

QString bodyOf(const http::Response& response)
{
    return q(std::get<std::string>(response.body));
}

QString headerOf(const http::Response& response, const std::string& name)
{
    for (const auto& [key, value] : response.headers) {
        if (key == name)
            return q(value);
    }
    return {};
}

}

class TestRouter : public QObject
{
    Q_OBJECT

private slots:
    void findsTheRouteAndItsNames()
    {
        World world("sqlite");
        QCOMPARE(bodyOf(ask(world, "GET", "/")), q("-"));
        QCOMPARE(bodyOf(ask(world, "GET", "/prova/servizi/nascita")), q("prova ente=prova servizio=nascita"));
        QCOMPARE(bodyOf(ask(world, "GET", "/file/a/b/c.css")), q("- resto=a/b/c.css"));
        QCOMPARE(ask(world, "HEAD", "/prova/servizi/").status, 200);
    }

    void whatIsNotThereIsNotFound()
    {
        World world("sqlite");
        for (const char* path : {"/prova/niente", "/prova/servizi/a/b", "//", "/prova//servizi/", "/assente/",
                                 "/assente/servizi/x", "/PROVA/", "/prova/../prova/", "/static", "/prova/servizi//"})
            QVERIFY2(ask(world, "GET", path).status == 404, path);
        QCOMPARE(ask(world, "GET", "/assente/servizi/").status, 404);
    }

    // RFC 9110, 15.5.6: a 405 says which methods there are.
    void anotherMethodIsNotAllowed()
    {
        World world("sqlite");
        const auto response = ask(world, "PUT", "/prova/servizi/nascita");
        QCOMPARE(response.status, 405);
        QCOMPARE(headerOf(response, "Allow"), q("GET, POST, DELETE"));
        QCOMPARE(ask(world, "POST", "/stato").status, 405);
        QCOMPARE(ask(world, "TRACE", "/").status, 405);
        QCOMPARE(ask(world, "HEAD", "/prova/passo").status, 405);
    }

    void aMissingSlashIsAddedWithItsQuery()
    {
        World world("sqlite");
        const auto response = ask(world, "GET", "/prova/servizi?cerca=a%20b");
        QCOMPARE(response.status, 303);
        QCOMPARE(headerOf(response, "Location"), q("/prova/servizi/?cerca=a%20b"));
        QCOMPARE(headerOf(ask(world, "GET", "/prova"), "Location"), q("/prova/"));
    }

    void noRedirectLeadsToAnotherSite()
    {
        World world("sqlite");
        for (const char* path :
             {"/\\altrove.example", "//altrove.example", "/\t/altrove.example", "/\\/altrove.example", "/\r\naltrove"})
        {
            const auto response = ask(world, "GET", path);
            QVERIFY2(response.status == 404, path);
            QVERIFY2(headerOf(response, "Location").isEmpty(), path);
        }
    }

    void aDoorTurnsAwayBeforeTheBodyIsRead()
    {
        World world("sqlite");
        QCOMPARE(headerOf(ask(world, "GET", "/prova/chiuso"), "Location"), q("/accesso"));
        Announced body(http::largest(http::Carries::Passo));
        QCOMPARE(Asking(world, "POST", "/prova/passo").answer(body).status, 303);
        QVERIFY(!body.wasRead);
    }

    // C3: what was typed is not lost by an expired session; its size is a form's.
    void whatWasTypedWithoutASessionIsParked()
    {
        World world("sqlite");
        Asking asking(world, "POST", "/prova/passo");
        asking.request.form = {{"oggetto", "x"}};
        Announced body(100);
        const auto response = asking.answer(body);
        QCOMPARE(headerOf(response, "X-Parcheggiato"), q("1"));
        Asking foreign(world, "POST", "/prova/passo");
        foreign.request.headers["origin"] = "https://altrove.example";
        Announced other(100);
        QCOMPARE(foreign.answer(other).status, 403);
        QVERIFY(!other.wasRead);
    }

    // C3: a step with files is longer than a form; its fields are kept for who has just had a session.
    void aLongStepIsReadOnlyForWhoHadASession()
    {
        World world("sqlite");
        Asking stranger(world, "POST", "/prova/passo");
        Announced unread(http::largest(http::Carries::Form) + 1);
        QCOMPARE(stranger.answer(unread).status, 303);
        QVERIFY(!unread.wasRead);
        Asking known(world, "POST", "/prova/passo");
        known.request.cookies["sessione"] = "finita";
        Announced read(http::largest(http::Carries::Form) + 1);
        QCOMPARE(known.answer(read).status, 303);
        QVERIFY(read.wasRead);
        Asking greedy(world, "POST", "/prova/passo");
        greedy.request.cookies["sessione"] = "finita";
        Announced tooLong(http::largest(http::Carries::Passo) + 1);
        QCOMPARE(greedy.answer(tooLong).status, 413);
        QVERIFY(!tooLong.wasRead);
    }

    void aFormOfAnEarlierSessionOfTheSameCitizenIsTaken()
    {
        World world("sqlite");
        Asking earlier(world, "POST", "/prova/servizi/nascita");
        earlier.request.form = {{"csrf", "parola-di-ieri"}};
        QCOMPARE(earlier.answer().status, 200);
    }

    void aFormCarriesTheWordOfItsSession()
    {
        World world("sqlite");
        Asking missing(world, "POST", "/prova/servizi/nascita");
        QCOMPARE(missing.answer().status, 403);
        Asking wrong(world, "POST", "/prova/servizi/nascita");
        wrong.request.form = {{"csrf", "la-parolA"}};
        QCOMPARE(wrong.answer().status, 403);
        Asking inQuery(world, "POST", "/prova/servizi/nascita");
        inQuery.request.query = {{"csrf", "la-parola"}};
        QCOMPARE(inQuery.answer().status, 403);
        Asking right(world, "POST", "/prova/servizi/nascita");
        right.request.form = {{"csrf", "la-parola"}};
        QCOMPARE(right.answer().status, 200);
    }

    void aFormOfAnotherSiteIsNotRead()
    {
        World world("sqlite");
        for (const char* origin : {"https://altrove.example", "null", "https://stanza.esempio.it.altrove.example",
                                   "https://stanza.esempio.it:8443", "stanza.esempio.it"})
        {
            Asking asking(world, "POST", "/prova/file");
            asking.request.headers["origin"] = origin;
            Announced body(10);
            QVERIFY2(asking.answer(body).status == 403, origin);
            QVERIFY2(!body.wasRead, origin);
        }
        Asking own(world, "POST", "/prova/file");
        own.request.headers["origin"] = "https://stanza.esempio.it";
        Announced body(10);
        QCOMPARE(own.answer(body).status, 200);
    }

    // 60 MB a request, a form far less; what is not announced is not taken.
    void aBodyTooLargeIsRefusedBeforeItIsRead()
    {
        World world("sqlite");
        const auto statusOf = [&](const char* path, std::int64_t length) {
            Asking asking(world, "POST", path);
            Announced body(length);
            const int status = asking.answer(body).status;
            return status == 200 || !body.wasRead ? status : -1;
        };
        QCOMPARE(statusOf("/prova/file", 60LL * 1024 * 1024), 200);
        QCOMPARE(statusOf("/prova/file", 60LL * 1024 * 1024 + 1), 413);
        QCOMPARE(statusOf("/prova/json", 1024 * 1024), 200);
        QCOMPARE(statusOf("/prova/json", 1024 * 1024 + 1), 413);
        QCOMPARE(statusOf("/prova/file", -1), 411);
        Asking remove(world, "DELETE", "/prova/servizi/x");
        Announced body(1);
        QCOMPARE(remove.answer(body).status, 413);
    }

    void aRefusalBecomesItsStatus()
    {
        World world("sqlite");
        const std::pair<const char*, int> faults[] = {{"assente", 404}, {"vietato", 403}, {"conflitto", 409},
                                                      {"errato", 422},  {"strano", 400},  {"guasto", 500}};
        for (const auto& [what, status] : faults) {
            const auto asPage = ask(world, "GET", std::string{"/prova/rifiuto/"} + what);
            QVERIFY2(asPage.status == status, what);
            QVERIFY(bodyOf(asPage).startsWith("pagina: "));
            const auto asProblem = ask(world, "GET", std::string{"/prova/api/rifiuto/"} + what);
            QVERIFY2(asProblem.status == status, what);
            QCOMPARE(headerOf(asProblem, "Content-Type"), q("application/problem+json"));
        }
        QVERIFY(bodyOf(ask(world, "GET", "/prova/api/rifiuto/errato")).contains("Correggi."));
        for (const char* path : {"/prova/rifiuto/guasto", "/prova/api/rifiuto/guasto"})
            QVERIFY2(!bodyOf(ask(world, "GET", path)).contains("segreta"), "what failed inside is not shown");
    }

    // RFC 9110, 15.6.4: 503 with Retry-After, and words that say what cannot be done.
    void whatCannotBeDoneNowIsSaidSo()
    {
        World world("sqlite");
        const tests::Heard heard;
        for (const std::string what : {"pieno", "staccato"}) {
            for (const std::string path : {"/prova/rifiuto/", "/prova/api/rifiuto/"}) {
                const auto reading = ask(world, "GET", path + what);
                QCOMPARE(reading.status, 503);
                QVERIFY(headerOf(reading, "Retry-After").toInt() > 0);
                QVERIFY(bodyOf(reading).contains("Il servizio non è disponibile in questo momento"));
                QVERIFY(!bodyOf(reading).contains("segreta"));
            }
            const auto saving = ask(world, "POST", "/prova/rifiuto/" + what);
            QCOMPARE(saving.status, 503);
            QVERIFY(bodyOf(saving).contains("Il servizio non può salvare in questo momento"));
        }
        QCOMPARE(ask(world, "GET", "/prova/rifiuto/sparito").status, 500);
        // Six requests, two faults: that of reading and that of saving. What is nobody's known fault is told each time.
        QCOMPARE(heard.count({"richieste di lettura non riuscite"}), std::size_t{1});
        QCOMPARE(heard.count({"salvataggi non riusciti"}), std::size_t{1});
        QCOMPARE(heard.count({"richiesta non riuscita"}), std::size_t{1});
        world.advance(61s);
        ask(world, "GET", "/prova/");
        QCOMPARE(heard.count({"richieste di lettura non riuscite: finito"}), std::size_t{1});
        QCOMPARE(world.rooms().misure().guasti.lasting().size(), std::size_t{1});
        QCOMPARE(world.rooms().misure().answers(), (std::array<long long, 5>{0, 1, 0, 0, 7}));
    }

    void aPageOfAFaultThatFailsIsStillAnAnswer()
    {
        World world("sqlite");
        constexpr http::Table kBroken{kRoutes, brokenPage, park, remembers, ownsWord};
        for (const char* what : {"assente", "guasto", "staccato"}) {
            http::Request request;
            request.method = "GET";
            request.path = std::string{"/prova/rifiuto/"} + what;
            Context context = world.context();
            http::NoBody body;
            const auto answer = http::respond(kBroken, request, context, body);
            QCOMPARE(answer.status, 503);
            QCOMPARE(headerOf(answer, "Content-Type"), q("application/problem+json"));
        }
    }
};

QTEST_GUILESS_MAIN(TestRouter)
#include "test_router.moc"
