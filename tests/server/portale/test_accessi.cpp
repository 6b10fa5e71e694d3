#include "core/cittadino/profilo.h"
#include "server/doors/doors.h"
#include "server/store/cittadini.h"
#include "server/store/sessions.h"
#include "tests/server/portale/visitor.h"
#include "tests/support/rows.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> namesOf(const http::Response& page)
{
    std::vector<std::string> names;
    const std::string mark = "name=\"accesso\" value=\"";
    const std::string text = Visitor::text(page);
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
        names.push_back(text.substr(at + mark.size(), text.find('"', at + mark.size()) - at - mark.size()));
    return names;
}

/// The names in the store of all of Mario's sessions.
std::vector<std::string> hashesOf(Site& site)
{
    store::Database& database = *site.room().database;
    const auto mario = store::findCittadinoByCodiceFiscale(database, kMario).value();
    return store::sessioniOf(database, mario.id.text(), store::TipoSessione::Cittadino);
}

std::string cookieOf(const http::Response& response, const std::string& name)
{
    for (const auto& [header, value] : response.headers) {
        if (header == "Set-Cookie" && value.starts_with(name + "="))
            return value;
    }
    return {};
}

}

class TestAccessi : public QObject
{
    Q_OBJECT

private slots:
    void theSessionsCookieIsForThisHostAndHttpsAlone()
    {
        Site site;
        Visitor mario(site);
        mario.login(kMario);
        const std::string cookie = cookieOf(mario.entered(), "__Host-stanza-rovereto");
        QCOMPARE(cookie.substr(cookie.find(';')), std::string{"; Path=/; Secure; HttpOnly; SameSite=Lax"});
    }

    // Fixation: what the browser had before the login opens nothing afterwards.
    void aLoginBringsANewTokenAndEndsTheBrowsersOlderSession()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const Visitor before = mario;
        mario.enter(kMario);
        Visitor old = before;
        QCOMPARE(old.get("/rovereto/stanza").status, 303);
        QCOMPARE(mario.get("/rovereto/stanza").status, 200);
    }

    void aSessionEndsHoweverItIsUsed()
    {
        Site site;
        site.config.durataMassimaSessione = 4 * 3600;
        Visitor mario(site);
        mario.enter(kMario);
        for (int i = 0; i < 7; ++i) {
            site.moment += 30min;
            QCOMPARE(mario.get("/rovereto/stanza").status, 200);
        }
        QVERIFY(contains(mario.get("/rovereto/stanza"), "data-sessione=\"1800\" data-ultima=\"si\""));
        site.moment += 30min;
        QCOMPARE(mario.get("/rovereto/stanza").status, 303);
    }

    void whatIsTypedOutlivesTheLongestSession()
    {
        Site site;
        site.config.durataMassimaSessione = 3600;
        Visitor mario(site);
        mario.enter(kMario);
        mario.follow(mario.get("/rovereto/servizi/permesso-prova/pratica"));
        const std::string step = mario.at();
        site.moment += 3601s;
        QCOMPARE(mario.post(step, {{"nota", "Scritto a lungo"}, {"azione", "avanti"}}).status, 303);
        const auto page = mario.follow(mario.login(kMario, step));
        QVERIFY(contains(page, "La sessione era scaduta"));
        QVERIFY(contains(page, "Scritto a lungo"));
    }

    void continueSaysHowLongTheSessionLastsNow()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        site.moment += 59min;
        const auto answer = mario.post("/rovereto/sessione", {});
        QCOMPARE(Visitor::text(answer), std::string{R"({"secondi":3600,"ultima":false})"});
        QCOMPARE(mario.send("POST", "/rovereto/sessione", {{"csrf", "indovinato"}}).status, 403);
        site.moment += 61min;
        QCOMPARE(mario.post("/rovereto/sessione", {}).status, 303);
    }

    void oneClosesAnotherSessionOfOnesOwn()
    {
        Site site;
        Visitor here(site);
        Visitor there(site);
        here.enter(kMario);
        there.enter(kMario);
        const auto page = here.get("/rovereto/accessi");
        QVERIFY(contains(page, "questo dispositivo"));
        QVERIFY(contains(page, "SPID"));
        const auto names = namesOf(page);
        QCOMPARE(names.size(), std::size_t{1});
        here.post("/rovereto/accessi", {{"azione", "chiudi"}, {"accesso", names[0]}});
        QCOMPARE(there.get("/rovereto/stanza").status, 303);
        QCOMPARE(here.get("/rovereto/stanza").status, 200);
        QCOMPARE(here.post("/rovereto/accessi", {{"azione", "chiudi"}, {"accesso", names[0]}}).status, 404);
        QCOMPARE(numberOf(*site.room().database, "SELECT COUNT(*) FROM attivita WHERE azione = 'accesso chiuso'"), 1LL);
    }

    void anotherCitizensSessionIsNotOnesOwnToClose()
    {
        Site site;
        Visitor mario(site);
        Visitor elsewhere(site);
        Visitor giulia(site);
        mario.enter(kMario);
        elsewhere.enter(kMario);
        giulia.enter(kGiulia);
        const auto names = namesOf(mario.get("/rovereto/accessi"));
        giulia.get("/rovereto/accessi");
        QCOMPARE(giulia.post("/rovereto/accessi", {{"azione", "chiudi"}, {"accesso", names.at(0)}}).status, 404);
        for (const std::string& one : hashesOf(site))
            QCOMPARE(giulia.post("/rovereto/accessi", {{"azione", "chiudi"}, {"accesso", one}}).status, 404);
        QCOMPARE(elsewhere.get("/rovereto/stanza").status, 200);
        // The page tells no session's name in the store: the words of its forms are made of it.
        for (const std::string& one : hashesOf(site))
            QVERIFY(!contains(mario.get("/rovereto/accessi"), one));
    }

    void leavingEverywhereEndsAllOfOnesSessionsAndNobodyElses()
    {
        Site site;
        Visitor here(site);
        Visitor there(site);
        Visitor giulia(site);
        here.enter(kMario);
        there.enter(kMario);
        giulia.enter(kGiulia);
        QCOMPARE(here.send("POST", "/rovereto/accessi", {{"csrf", "x"}, {"azione", "tutti"}}).status, 403);
        here.get("/rovereto/accessi");
        const auto page = here.follow(here.post("/rovereto/accessi", {{"azione", "tutti"}}));
        QVERIFY(contains(page, "Sei uscito dall'area personale su tutti i dispositivi."));
        QCOMPARE(here.get("/rovereto/stanza").status, 303);
        QCOMPARE(there.get("/rovereto/stanza").status, 303);
        QCOMPARE(giulia.get("/rovereto/stanza").status, 200);
    }

    // User-Agents as browsers send them.
    void tellsBrowsersApartByTheirOwnWords_data()
    {
        QTest::addColumn<QString>("agent");
        QTest::addColumn<QString>("words");
        QTest::newRow("firefox") << "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
                                 << "Firefox su Linux";
        QTest::newRow("chrome") << "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                                   "Chrome/126.0.0.0 Safari/537.36"
                                << "Chrome su Windows";
        QTest::newRow("edge") << "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                                 "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"
                              << "Edge su Windows";
        QTest::newRow("iphone") << "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                                   "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
                                << "Safari su iPhone";
        QTest::newRow("android") << "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
                                    "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36"
                                 << "Samsung Internet su Android";
        QTest::newRow("none") << ""
                              << "";
        QTest::newRow("hostile") << "<script>alert(1)</script>"
                                 << "";
    }

    void tellsBrowsersApartByTheirOwnWords()
    {
        QFETCH(QString, agent);
        QFETCH(QString, words);
        http::Request request;
        request.headers["user-agent"] = agent.toStdString();
        QCOMPARE(QString::fromStdString(doors::dispositivo(request)), words);
    }
};

QTEST_APPLESS_MAIN(TestAccessi)
#include "test_accessi.moc"
