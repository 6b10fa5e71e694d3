#include "tests/server/portale/visitor.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;

class TestAccesso : public QObject
{
    Q_OBJECT

private slots:
    void personalPagesLeadToLogin_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : {"/rovereto/stanza", "/rovereto/pratiche/", "/rovereto/profilo", "/rovereto/allegati",
                                 "/rovereto/termini", "/rovereto/servizi/permesso-prova/pratica"})
            QTest::newRow(path) << path;
    }

    void personalPagesLeadToLogin()
    {
        QFETCH(QString, path);
        Site site;
        const auto response = Visitor{site}.get(path.toStdString());
        QCOMPARE(response.status, 303);
        QCOMPARE(Visitor::locationOf(response), "/rovereto/accesso?ritorno=" + http::encodeUrl(path.toStdString()));
    }

    void afterLoginOneFirstAcceptsTheTerms()
    {
        Site site;
        Visitor mario(site);
        mario.login(kMario, "/rovereto/stanza");
        const auto page = mario.follow(mario.get("/rovereto/stanza"));
        QVERIFY(contains(page, "Accettazione termini di utilizzo"));
        QVERIFY(contains(page, "Consenso al trattamento dei dati personali"));
        QVERIFY(contains(page, "Dò il consenso"));
    }

    void withoutConsentOneStaysThereWithAMessage()
    {
        Site site;
        Visitor mario(site);
        mario.login(kMario);
        mario.get("/rovereto/termini");
        const auto page = mario.post("/rovereto/termini", {});
        QCOMPARE(page.status, 422);
        QVERIFY(contains(page, "<title>Errore: "));
        QVERIFY(contains(page, "id=\"riepilogo-errori\""));
        QVERIFY(contains(mario.follow(mario.get("/rovereto/stanza")), "Accettazione termini di utilizzo"));
    }

    void theWayLeadsBackToThePageFirstAsked()
    {
        Site site;
        Visitor mario(site);
        mario.follow(mario.get("/rovereto/pratiche/?elenco=inviate"));
        const std::string login = mario.at();
        QVERIFY(login.find("ritorno=%2Frovereto%2Fpratiche%2F%3Felenco%3Dinviate") != std::string::npos);
        mario.follow(mario.login(kMario, "/rovereto/pratiche/?elenco=inviate"));
        const std::string terms =
            Visitor::text(mario.get("/rovereto/termini?ritorno=/rovereto/pratiche/?elenco=inviate"));
        mario.post("/rovereto/termini", {{"consenso", Visitor::between(terms, "id=\"campo-termine_", "\"")}});
        const auto saved = mario.post("/rovereto/profilo", {{"email", "m@esempio.it"},
                                                            {"cellulare", "333 1234567"},
                                                            {"residenza_via", "Via Dante 12"},
                                                            {"residenza_cap", "38068"},
                                                            {"residenza_citta", "Rovereto"},
                                                            {"ritorno", "/rovereto/pratiche/?elenco=inviate"}});
        QCOMPARE(Visitor::locationOf(saved), std::string{"/rovereto/pratiche/?elenco=inviate"});
    }

    void anIncompleteProfileIsAskedForWithItsFaults()
    {
        Site site;
        Visitor luca(site);
        luca.login(kLuca);
        const std::string terms = Visitor::text(luca.get("/rovereto/termini"));
        luca.post("/rovereto/termini", {{"consenso", Visitor::between(terms, "id=\"campo-termine_", "\"")}});
        const auto page = luca.follow(luca.get("/rovereto/stanza"));
        QVERIFY(contains(page, "Verifica che l'email sia corretta, completa e conferma i dati del tuo profilo"));
        QVERIFY(contains(page, "Profilo utente Luca Verdi"));
        const auto wrong = luca.post("/rovereto/profilo", {{"email", "sbagliata"}, {"cellulare", "333 1234567"}});
        QCOMPARE(wrong.status, 422);
        QVERIFY(contains(wrong, "href=\"#campo-email\""));
        QVERIFY(contains(wrong, "value=\"sbagliata\""));
        QVERIFY(contains(wrong, "value=\"333 1234567\""));
    }

    void aDomicileThatLacksSomethingIsToldAtItsFields()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const auto page = mario.post("/rovereto/profilo", {{"email", "m@esempio.it"},
                                                           {"cellulare", "333 1234567"},
                                                           {"residenza_via", "Via Dante 12"},
                                                           {"residenza_cap", "38068"},
                                                           {"residenza_citta", "Rovereto"},
                                                           {"domicilio_citta", "Isera"}});
        QCOMPARE(page.status, 422);
        QVERIFY(contains(page, "href=\"#campo-domicilio_via\""));
        QVERIFY(contains(page, "href=\"#campo-domicilio_cap\""));
        QVERIFY(contains(page, "value=\"Isera\""));
    }

    void anotherSiteIsNoPlaceToComeBackTo()
    {
        Site site;
        Visitor mario(site);
        const auto response = mario.login(kMario, "https://esempio.it/");
        QCOMPARE(Visitor::locationOf(response), std::string{"/rovereto/stanza"});
    }

    void logoutEndsTheSessionOnTheServer()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        Visitor copy = mario;
        QCOMPARE(copy.get("/rovereto/stanza").status, 200);
        const auto response = mario.post("/rovereto/uscita", {});
        QCOMPARE(Visitor::locationOf(response).substr(0, 10), std::string{"/rovereto/"});
        QCOMPARE(copy.get("/rovereto/stanza").status, 303);
    }

    // L4: logout "returns to the comune's main page", whatever became of the session meanwhile.
    void logoutEndsAtTheMainPageEvenWithoutASession()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        site.moment += std::chrono::hours{3};
        const auto page = mario.follow(mario.post("/rovereto/uscita", {}));
        QCOMPARE(mario.at(), std::string{"/rovereto/?avviso=uscita"});
        QVERIFY(contains(page, "Sei uscito dall'area personale."));
        QVERIFY(contains(page, "ritorno=%2Frovereto%2F\""));
        QCOMPARE(Visitor::locationOf(mario.get("/rovereto/uscita")), std::string{"/rovereto/"});
    }

    void theLoginKeepsThePageFirstAskedForInItsHeader()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/accesso?ritorno=/rovereto/profilo");
        QVERIFY(contains(page, "/rovereto/accesso?ritorno=%2Frovereto%2Fprofilo\""));
    }

    void aFormWithoutTheWordOfItsSessionIsRefused()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        QCOMPARE(mario.send("POST", "/rovereto/profilo", {{"csrf", "indovinato"}, {"email", "x@esempio.it"}}).status,
                 403);
    }
};

QTEST_APPLESS_MAIN(TestAccesso)
#include "test_accesso.moc"
