#include "server/jobs/worker.h"
#include "server/store/conferme.h"
#include "server/store/sessions.h"
#include "tests/server/portale/visitor.h"
#include "tests/support/rows.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;
using namespace std::chrono_literals;

namespace {

/// Keeps the mails; says what the test tells it to.
struct Buca : gateways::Posta
{
    std::optional<gateways::CausaPosta> guasto;
    std::vector<gateways::Mail> mails;

    void send(const gateways::Mail& mail) override
    {
        if (guasto)
            throw gateways::PostaNonInviata(*guasto, "no");
        mails.push_back(mail);
    }
};

/// A site with its mail.
struct SitoConPosta : Site
{
    Buca buca;
    documents::Stampa stampa{SDC_BIN_DIR "/stanza-stampa"};

    SitoConPosta() { config.mittente = "stanza@esempio.it"; }

    void deliver()
    {
        Context context{config, templates, identita, *rooms, [this] { return moment; }, nullptr, {}, {}, {}};
        const jobs::Tools tools{context, stampa, buca};
        while (jobs::runOne(tools, room(), "operaio", store::Coda::Posta)) {
        }
    }
    /// The address in the newest mail's link, without the server.
    std::string link() const
    {
        const std::string& text = buca.mails.back().testo;
        const auto at = text.find("/rovereto/conferma-email?chiave=");
        return at == std::string::npos ? "" : text.substr(at, text.find_first_of("\r\n ", at) - at);
    }
    long long number(const char* sql) { return numberOf(*room().database, sql); }
};

http::Fields profilo(const std::string& email, const std::string& cellulare = "333 1234567")
{
    return {{"email", email},
            {"cellulare", cellulare},
            {"residenza_via", "Via Dante 12"},
            {"residenza_cap", "38068"},
            {"residenza_citta", "Rovereto"}};
}

http::Fields with(http::Fields fields, const std::string& name, const std::string& value)
{
    fields.emplace_back(name, value);
    return fields;
}

std::string keyOf(const std::string& link)
{
    return link.substr(link.find("chiave=") + 7);
}

/// Presses the button behind a link, as somebody without a session.
http::Response press(Site& site, const std::string& link)
{
    Visitor anybody(site);
    anybody.get(link);
    return anybody.post("/rovereto/conferma-email", {{"chiave", keyOf(link)}});
}

}

class TestProfilo : public QObject
{
    Q_OBJECT

private slots:
    void anAddressIsConfirmedByTheButtonBehindTheLinkOfItsMailAlone()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        site.deliver();
        QCOMPARE(site.buca.mails.size(), std::size_t{1});
        QCOMPARE(site.buca.mails[0].a.indirizzo, std::string{"mario.rossi@esempio.it"});
        QVERIFY(site.buca.mails[0].testo.find("Mario") == std::string::npos);
        QVERIFY(contains(mario.get("/rovereto/profilo"), "è da confermare"));
        // A program that checks mail opens the link, more than once: nothing is confirmed.
        Visitor scanner(site);
        for (int i = 0; i < 2; ++i) {
            const auto page = scanner.get(site.link());
            QCOMPARE(page.status, 200);
            QVERIFY(!contains(page, "Rossi") && !contains(page, "mario.rossi"));
        }
        QCOMPARE(site.number("SELECT COUNT(*) FROM email_confermate"), 0LL);
        QVERIFY(contains(press(site, site.link()), "è confermato"));
        QVERIFY(contains(mario.get("/rovereto/profilo"), "Email confermata il 23-11-2026"));
        // Once alone.
        QCOMPARE(press(site, site.link()).status, 404);
    }

    void theTokenStandsNowhereInTheTables()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        site.deliver();
        const std::string key = keyOf(site.link());
        QCOMPARE(key.size(), std::size_t{43});
        QCOMPARE(site.number(("SELECT COUNT(*) FROM jobs WHERE dati LIKE '%" + key + "%'").c_str()), 0LL);
        QCOMPARE(site.number(("SELECT COUNT(*) FROM conferme_email WHERE hash = '" + key + "'").c_str()), 0LL);
    }

    void onlyTheNewestLinkConfirmsAndOnlyForThreeDays()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        site.deliver();
        const std::string first = site.link();
        mario.post("/rovereto/profilo", profilo("nuovo@esempio.it"));
        site.deliver();
        const std::string second = site.link();
        QVERIFY(first != second);
        QCOMPARE(press(site, first).status, 404);
        site.moment += 72h + 1s;
        QCOMPARE(press(site, second).status, 404);
        QCOMPARE(site.number("SELECT COUNT(*) FROM email_confermate"), 0LL);
        for (const char* key : {"", "x", "%27%20OR%201=1%20--"})
            QCOMPARE(Visitor{site}.get("/rovereto/conferma-email?chiave=" + std::string{key}).status, 404);
    }

    void theFormerAddressHearsOfTheChange()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        site.deliver();
        press(site, site.link());
        mario.post("/rovereto/profilo", profilo("altro@esempio.it"));
        site.deliver();
        std::vector<std::string> told;
        for (const auto& mail : site.buca.mails)
            told.push_back(mail.a.indirizzo + " " + mail.oggetto);
        const std::vector<std::string> expected = {
            "mario.rossi@esempio.it Conferma il tuo indirizzo email",
            "mario.rossi@esempio.it L'indirizzo email del tuo profilo è stato cambiato",
            "altro@esempio.it Conferma il tuo indirizzo email"};
        QCOMPARE(told, expected);
        QVERIFY(site.buca.mails[1].testo.find("altro@esempio.it") == std::string::npos);
    }

    void linksAreSentAFewTimesADay()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        for (int i = 0; i < 8; ++i)
            mario.post("/rovereto/profilo", with(profilo("vittima@esempio.it"), "link", "si"));
        site.deliver();
        QCOMPARE(site.number("SELECT COUNT(*) FROM jobs WHERE genere = 'avvisa_profilo'"), 5LL);
        const auto last = mario.post("/rovereto/profilo", with(profilo("vittima@esempio.it"), "link", "si"));
        QCOMPARE(Visitor::locationOf(last), std::string{"/rovereto/profilo?avviso=profilo-troppi-link"});
        site.moment += 24h + 1s;
        Visitor later(site);
        later.enter(kMario);
        later.get("/rovereto/profilo");
        later.post("/rovereto/profilo", profilo("mario.rossi@esempio.it"));
        QCOMPARE(site.number("SELECT COUNT(*) FROM jobs WHERE genere = 'avvisa_profilo'"), 6LL);
    }

    void anAddressThatDoesNotExistIsSaidToItsCitizen()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        site.buca.guasto = gateways::CausaPosta::Dati;
        site.deliver();
        QVERIFY(contains(mario.get("/rovereto/profilo"), "non è stato consegnato"));
        QCOMPARE(site.number("SELECT COUNT(*) FROM jobs WHERE stato = 'fermo'"), 0LL);
        QCOMPARE(mario.get("/rovereto/stanza").status, 200);
    }

    void askingForALinkSavesWhatWasTyped()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        mario.post("/rovereto/profilo", with(profilo("x@esempio.it", "0039 340-1112223"), "link", "si"));
        const auto page = mario.get("/rovereto/profilo");
        QVERIFY(contains(page, "value=\"x@esempio.it\""));
        QVERIFY(contains(page, "value=\"340 1112223\""));
    }

    void aProfilePostedAfterTheSessionEndedComesBackUnsaved()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        mario.get("/rovereto/profilo");
        site.moment += 2h;
        QCOMPARE(mario.post("/rovereto/profilo", profilo("scritto@esempio.it")).status, 303);
        const auto page = mario.follow(mario.login(kMario));
        QVERIFY(contains(page, "La sessione era scaduta: qui sotto ritrovi quello che avevi scritto"));
        QVERIFY(contains(page, "value=\"scritto@esempio.it\""));
        QCOMPARE(site.number("SELECT COUNT(*) FROM cittadini WHERE email = 'scritto@esempio.it'"), 0LL);
        mario.post("/rovereto/profilo", profilo("scritto@esempio.it"));
        QCOMPARE(site.number("SELECT COUNT(*) FROM cittadini WHERE email = 'scritto@esempio.it'"), 1LL);
        mario.post("/rovereto/profilo", profilo("dopo@esempio.it"));
        QVERIFY(contains(mario.get("/rovereto/profilo"), "value=\"dopo@esempio.it\""));
    }

    void aParkedProfileIsShownToItsCitizenAlone()
    {
        SitoConPosta site;
        Visitor mario(site);
        mario.enter(kMario);
        site.moment += 2h;
        mario.post("/rovereto/profilo", profilo("segreto@esempio.it"));
        mario.enter(kGiulia);
        QVERIFY(!contains(mario.get("/rovereto/profilo"), "segreto@esempio.it"));
    }

    void theWayBackIsCheckedBeforeItIsShown()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        for (const char* wish : {"https://esempio.it/", "//esempio.it", "/altro/", "/rovereto/%2e%2e/altro/",
                                 "/rovereto/..", "javascript:alert(1)"})
        {
            const auto page = mario.get("/rovereto/profilo?ritorno=" + std::string{wish});
            QCOMPARE(Visitor::between(Visitor::text(page), "name=\"ritorno\" value=\"", "\""),
                     std::string{"/rovereto/stanza"});
            const auto saved = mario.post("/rovereto/profilo", with(profilo("m@esempio.it"), "ritorno", wish));
            QCOMPARE(Visitor::locationOf(saved), std::string{"/rovereto/stanza"});
        }
        const auto saved =
            mario.post("/rovereto/profilo", with(profilo("m@esempio.it"), "ritorno", "/rovereto/servizi/?cerca=a//b"));
        QCOMPARE(Visitor::locationOf(saved), std::string{"/rovereto/servizi/?cerca=a//b"});
    }

    // L2: "shown again only when a text's version changes"; what was accepted is the version that was read.
    void aTextThatChangesWhileItIsReadIsNotAccepted()
    {
        Site site;
        Visitor mario(site);
        mario.login(kMario);
        const std::string old =
            Visitor::between(Visitor::text(mario.get("/rovereto/termini")), "id=\"campo-termine_", "\"");
        site.addTermine("dati-personali", "Testo nuovo.");
        const auto page = mario.post("/rovereto/termini", {{"consenso", old}});
        QCOMPARE(page.status, 422);
        QVERIFY(contains(page, "Un testo è cambiato mentre lo leggevi"));
        QVERIFY(contains(page, "Testo nuovo."));
        QVERIFY(!contains(page, " checked"));
        QCOMPARE(numberOf(*site.room().database, "SELECT COUNT(*) FROM accettazioni"), 0LL);
    }

    void aConsentThatIsNotMandatoryIsGivenAndTakenBack()
    {
        SitoConPosta site;
        {
            store::Transaction transaction(*site.room().database);
            store::importTermine(transaction, {"", "notizie", 0, "Notizie", "Testo.", false}, site.moment);
            transaction.commit();
        }
        Visitor mario(site);
        mario.enter(kMario); // without it
        QCOMPARE(mario.get("/rovereto/stanza").status, 200);
        const auto page = Visitor::text(mario.get("/rovereto/profilo"));
        const std::string id = Visitor::between(page, "name=\"termine\" value=\"", "\"");
        QVERIFY(!id.empty());
        mario.post("/rovereto/profilo/consensi", {{"termine", id}, {"azione", "dai"}});
        QVERIFY(contains(mario.get("/rovereto/profilo"), "Revoca il consenso"));
        mario.post("/rovereto/profilo/consensi", {{"termine", id}, {"azione", "revoca"}});
        QCOMPARE(site.number("SELECT COUNT(*) FROM accettazioni WHERE revocata IS NOT NULL"), 1LL);
        // Whoever posts too late is led back to the profile.
        Visitor late(site);
        const auto led = late.post("/rovereto/profilo/consensi", {{"termine", id}, {"azione", "dai"}});
        QCOMPARE(Visitor::locationOf(led), std::string{"/rovereto/accesso?ritorno=%2Frovereto%2Fprofilo%2Fconsensi"});
        QCOMPARE(mario.get("/rovereto/profilo/consensi").status, 200);
        // A mandatory one is not taken back this way.
        const auto mandatory = store::currentTermini(*site.room().database).at(0).id;
        QCOMPARE(mario.post("/rovereto/profilo/consensi", {{"termine", mandatory}, {"azione", "revoca"}}).status, 409);
        QCOMPARE(site.number("SELECT COUNT(*) FROM accettazioni WHERE revocata IS NOT NULL"), 1LL);
    }
};

QTEST_APPLESS_MAIN(TestProfilo)
#include "test_profilo.moc"
