#include "tests/server/portale/visitor.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;

namespace {

/// Fills in a whole request, up to the summary; says its address, "/rovereto/pratiche/ID".
std::string fillIn(Visitor& visitor)
{
    visitor.follow(visitor.get("/rovereto/servizi/permesso-prova/pratica"));
    const std::string steps = visitor.at().substr(0, visitor.at().rfind('/') + 1);
    visitor.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
    visitor.post(steps + "richiedente", {{"azione", "avanti"}});
    visitor.post(steps + "dati",
                 {{"oggetto", "Festa <di> paese"}, {"delega", "no"}, {"nota", "nota mia"}, {"azione", "avanti"}});
    visitor.follow(visitor.post(steps + "allegati", {{"azione", "avanti"}}));
    return steps.substr(0, steps.find("/passi/"));
}

std::string versioneOf(const http::Response& page)
{
    return Visitor::between(Visitor::text(page), "name=\"versione\" value=\"", "\"");
}

}

class TestInvio : public QObject
{
    Q_OBJECT

private slots:
    void theSummaryShowsAllData()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const auto page = mario.get(fillIn(mario) + "/passi/riepilogo");
        QVERIFY(contains(page, "Passo 6 di 6 - Controllo e conferma"));
        QVERIFY(
            contains(page, "Controlla i dati che hai inserito. Per inviare la richiesta, premere il pulsante 'Invia'"));
        QVERIFY(contains(page, "Festa &lt;di&gt; paese"));
        QVERIFY(contains(page, "Comune di Rovereto"));
        QVERIFY(contains(page, "Sei sicuro di aver compilato il modulo correttamente e di voler inviare la pratica?"));
    }

    void withoutScriptsAPageAsksForConfirmation()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const auto page =
            mario.follow(mario.post(pratica + "/passi/riepilogo", {{"nota", "nota mia"}, {"azione", "invia"}}));
        QCOMPARE(mario.at(), pratica + "/invio");
        QVERIFY(contains(page, "Sì, sono sicuro"));
        QVERIFY(contains(mario.get(pratica), "Riprendi compilazione"));
    }

    void whoSendsTooOftenIsToldAndLosesNothing()
    {
        Site site;
        site.config.inviiPerOra = 1;
        Visitor mario(site);
        mario.enter(kMario);
        const auto send = [&](const std::string& pratica) {
            const std::string versione = versioneOf(mario.get(pratica + "/invio"));
            return mario.post(pratica + "/invio",
                              {{"versione", versione}, {"conferma", "si"}, {"nota", "da ricordare"}});
        };
        QCOMPARE(send(fillIn(mario)).status, 303);
        const std::string second = fillIn(mario);
        const auto refused = send(second);
        QCOMPARE(refused.status, 429);
        QVERIFY(std::find(refused.headers.begin(), refused.headers.end(),
                          std::pair<std::string, std::string>{"Retry-After", "3600"}) != refused.headers.end());
        QVERIFY(contains(refused, "Hai inviato molte pratiche"));
        QVERIFY(contains(mario.get(second + "/passi/riepilogo"), "da ricordare"));
        site.moment += std::chrono::minutes{59};
        QCOMPARE(send(second).status, 429);
        site.moment += std::chrono::minutes{1};
        QCOMPARE(mario.follow(send(second)).status, 200);
        QVERIFY(contains(mario.get(second), "In attesa di protocollazione"));
    }

    void sendingLeadsToTheDetail()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = versioneOf(mario.get(pratica + "/invio"));
        const auto page = mario.follow(mario.post(pratica + "/invio", {{"versione", versione}, {"conferma", "si"}}));
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, "In attesa di protocollazione"));
        QVERIFY(contains(page, "23-11-2026 alle 10:00"));
        QVERIFY(contains(page, "Iter della pratica"));
        QVERIFY(contains(page, "Festa &lt;di&gt; paese"));
        QVERIFY(!contains(page, "nota mia"));
    }

    void theNoteWrittenBesideInviaIsKept()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = versioneOf(mario.get(pratica + "/passi/riepilogo"));
        mario.post(pratica + "/invio", {{"versione", versione}, {"nota", "scritta alla fine"}, {"conferma", "si"}});
        QVERIFY(contains(mario.get("/rovereto/pratiche/?elenco=inviate"), "scritta alla fine"));
    }

    // C2: "at most 2,000 characters".
    void aNoteThatIsTooLongIsToldAtItsFieldAndNothingIsSent()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = versioneOf(mario.get(pratica + "/passi/riepilogo"));
        const std::string tooLong = "inizio " + std::string(2000, 'x');
        const auto page =
            mario.post(pratica + "/invio", {{"versione", versione}, {"nota", tooLong}, {"conferma", "si"}});
        QCOMPARE(page.status, 422);
        QVERIFY(contains(page, "href=\"#campo-nota\""));
        QVERIFY(contains(page, tooLong));
        QVERIFY(contains(mario.get(pratica), "Riprendi compilazione"));
    }

    // C3: "not by an expired session".
    void theNoteBesideInviaOutlivesTheSession()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = versioneOf(mario.get(pratica + "/passi/riepilogo"));
        site.moment += std::chrono::hours{2};
        const auto ended =
            mario.post(pratica + "/invio", {{"versione", versione}, {"nota", "alla fine"}, {"conferma", "si"}});
        mario.follow(ended);
        const auto page = mario.follow(mario.login(kMario));
        QVERIFY(mario.at().starts_with(pratica + "/passi/riepilogo?"));
        QVERIFY(contains(page, "alla fine"));
        QVERIFY(contains(page, "La sessione era scaduta: qui sotto ritrovi quello che avevi scritto."));
    }

    // P1: "(vedi tutte)" opens the first list that holds something.
    void theFirstListThatHoldsSomethingOpens()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        QVERIFY(contains(mario.get("/rovereto/pratiche/"), "<title>Le mie pratiche: In bozza"));
        const std::string pratica = fillIn(mario);
        mario.post(pratica + "/invio", {{"versione", versioneOf(mario.get(pratica + "/invio"))}, {"conferma", "si"}});
        const auto list = mario.get("/rovereto/pratiche/");
        QVERIFY(contains(list, "<title>Le mie pratiche: Inviate"));
        QVERIFY(contains(list, pratica));
        QVERIFY(contains(mario.get("/rovereto/pratiche/?elenco=bozza"), "Qui non c'è nessuna pratica."));
    }

    void sentTwiceItIsOnePratica()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = versioneOf(mario.get(pratica + "/invio"));
        mario.post(pratica + "/invio", {{"versione", versione}, {"conferma", "si"}});
        QCOMPARE(mario.post(pratica + "/invio", {{"versione", versione}, {"conferma", "si"}}).status, 303);
        const auto list = mario.get("/rovereto/pratiche/?elenco=inviate");
        QVERIFY(contains(list, "Inviate <span class=\"badge\">1</span>"));
        QVERIFY(contains(list, "In bozza <span class=\"badge\">0</span>"));
    }

    void whatChangedInAnotherTabIsNotSentUnread()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = versioneOf(mario.get(pratica + "/invio"));
        mario.post(pratica + "/passi/dati", {{"oggetto", "Altro"}, {"delega", "no"}, {"azione", "avanti"}});
        const auto refused =
            mario.post(pratica + "/invio", {{"versione", versione}, {"nota", "una nota"}, {"conferma", "si"}});
        QCOMPARE(refused.status, 409);
        QVERIFY(contains(refused, "I dati sono cambiati in un&#39;altra finestra"));
        QVERIFY(contains(refused, "href=\"" + pratica + "\""));
        QVERIFY(contains(mario.get(pratica), "una nota"));
    }

    void anIncompleteDraftLeadsToTheStepThatLacksSomething()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        mario.post(pratica + "/passi/dati", {{"oggetto", ""}, {"delega", "no"}, {"azione", "indietro"}});
        const auto page = mario.follow(mario.get(pratica + "/invio"));
        QVERIFY(mario.at().starts_with(pratica + "/passi/dati"));
        QVERIFY(contains(page, "href=\"#campo-oggetto\""));
    }

    void aSentPraticaHasNoStepsAnyMore()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        mario.post(pratica + "/invio", {{"versione", versioneOf(mario.get(pratica + "/invio"))}, {"conferma", "si"}});
        mario.follow(mario.get(pratica + "/passi/dati"));
        QCOMPARE(mario.at(), pratica);
        const auto late = mario.post(pratica + "/passi/dati", {{"oggetto", "dopo"}, {"azione", "avanti"}});
        QCOMPARE(late.status, 409);
        QVERIFY(contains(late, "La richiesta è già stata inviata"));
        QVERIFY(!contains(late, "altra finestra"));
        QVERIFY(contains(late, "href=\"" + pratica + "\""));
    }

    void aSentPraticaDoesNotExistForAnybodyElse()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        mario.post(pratica + "/invio", {{"versione", versioneOf(mario.get(pratica + "/invio"))}, {"conferma", "si"}});
        Visitor giulia(site);
        giulia.enter(kGiulia);
        QCOMPARE(giulia.get(pratica).status, 404);
        QCOMPARE(giulia.get(pratica + "/modulo").status, 404);
    }
};

QTEST_APPLESS_MAIN(TestInvio)
#include "test_invio.moc"
