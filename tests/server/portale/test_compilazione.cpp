#include "tests/server/portale/visitor.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;

namespace {

/// Begins a request and says where its steps are, "/rovereto/pratiche/ID/passi/".
std::string begin(Visitor& visitor)
{
    visitor.follow(visitor.get("/rovereto/servizi/permesso-prova/pratica"));
    return visitor.at().substr(0, visitor.at().rfind('/') + 1);
}

std::string stepAfter(const http::Response& response)
{
    const std::string target = Visitor::locationOf(response);
    return target.substr(target.rfind('/') + 1);
}

/// Goes to the step with the fields.
std::string beginAtDati(Visitor& visitor)
{
    const std::string steps = begin(visitor);
    visitor.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
    visitor.follow(visitor.post(steps + "richiedente", {{"azione", "avanti"}}));
    return steps;
}

/// The content of a textarea as a browser would send it back.
std::string textareaOf(const http::Response& page, const std::string& id)
{
    const std::string text = Visitor::text(page);
    const auto start = text.find("<textarea", text.rfind("<", text.find("id=\"" + id + "\"")));
    const auto open = text.find('>', start) + 1;
    // HTML drops one newline after the tag.
    return text.substr(open + (text[open] == '\n' ? 1 : 0),
                       text.find("</textarea>", open) - open - (text[open] == '\n' ? 1 : 0));
}

}

class TestCompilazione : public QObject
{
    Q_OBJECT

private slots:
    void itBeginsWithTheInstructions()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const auto page = mario.follow(mario.get("/rovereto/servizi/permesso-prova/pratica"));
        QVERIFY(contains(page, "Nuova pratica: Permesso di prova"));
        QVERIFY(contains(page, "Passo 1 di 6 - Istruzioni sulla procedura"));
        QVERIFY(contains(page, "Ok mi è chiaro"));
        QVERIFY(!contains(page, ">Indietro<"));
        QVERIFY(!contains(page, ">Ricomincia<"));
    }

    void theInstructionsMustBeConfirmed()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        const auto refused = mario.post(steps + "istruzioni", {{"azione", "avanti"}});
        QCOMPARE(refused.status, 422);
        QVERIFY(contains(refused, "href=\"#campo-chiaro\""));
        QCOMPARE(stepAfter(mario.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}})),
                 std::string{"richiedente"});
    }

    void theApplicantsDataAreReadOnly()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        const auto page = mario.follow(mario.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}}));
        QVERIFY(contains(page, "Passo 2 di 6 - Dati del richiedente"));
        QVERIFY(contains(page, "value=\"RSSMRA72H25H612H\" readonly"));
        QVERIFY(contains(page, "I dati del richiedente sono modificabili dalla pagina dedicata al tuo profilo"));
    }

    void aStepThatWasNotReachedCannotBeOpened()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        mario.follow(mario.get(steps + "allegati"));
        QCOMPARE(mario.at(), steps + "istruzioni");
    }

    void wrongAnswersComeBackWithTheirMessages()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        const auto page = mario.post(steps + "dati", {{"oggetto", ""}, {"delega", "forse"}, {"azione", "avanti"}});
        QCOMPARE(page.status, 422);
        QVERIFY(contains(page, "Ci sono 2 errori da correggere"));
        QVERIFY(contains(page, "href=\"#campo-oggetto\""));
        QVERIFY(contains(page, "aria-invalid=\"true\""));
    }

    void nothingTypedIsLostByGoingBack()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        const auto back =
            mario.post(steps + "dati", {{"oggetto", "a <b> & \"c\""}, {"nota", "mia"}, {"azione", "indietro"}});
        QCOMPARE(stepAfter(back), std::string{"richiedente"});
        const auto page = mario.get(steps + "dati");
        QVERIFY(contains(page, "value=\"a &lt;b&gt; &amp; &quot;c&quot;\""));
        QCOMPARE(textareaOf(page, "campo-nota"), std::string{"mia"});
    }

    void linesAndTabsOfALongTextSurvive()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        mario.post(steps + "dati",
                   {{"descrizione", "uno\r\n\tdue\r\n\r\n  tre"}, {"nota", "uno\r\n\tdue"}, {"azione", "indietro"}});
        const auto page = mario.get(steps + "dati");
        QCOMPARE(textareaOf(page, "campo-descrizione"), std::string{"uno\n\tdue\n\n  tre"});
        QCOMPARE(textareaOf(page, "campo-nota"), std::string{"uno\n\tdue"});
    }

    void theNoteHolds2000CharactersNotBytes()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        std::string longest;
        for (int i = 0; i < 2000; ++i)
            longest += "è";
        QCOMPARE(mario.post(steps + "istruzioni", {{"chiaro", "si"}, {"nota", longest}, {"azione", "avanti"}}).status,
                 303);
        const auto page =
            mario.post(steps + "istruzioni", {{"chiaro", "si"}, {"nota", longest + "è"}, {"azione", "avanti"}});
        QCOMPARE(page.status, 422);
        QCOMPARE(textareaOf(page, "campo-nota"), longest + "è");
    }

    void aStepWithoutItsConditionIsSkippedButCounted()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        const auto skipped = mario.post(steps + "dati", {{"oggetto", "x"}, {"delega", "no"}, {"azione", "avanti"}});
        QCOMPARE(stepAfter(skipped), std::string{"allegati"});
        const auto page = mario.follow(skipped);
        QVERIFY(contains(page, "Passo 5 di 6 - Allegati"));
        QVERIFY(contains(page, "Specifica delega<span class=\"visually-hidden\"> Non richiesto</span>"));
        QCOMPARE(stepAfter(mario.post(steps + "dati", {{"oggetto", "x"}, {"delega", "si"}, {"azione", "avanti"}})),
                 std::string{"specifica"});
    }

    void startingAgainOffersTheDraft()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        const auto page = mario.get("/rovereto/servizi/permesso-prova/pratica");
        QVERIFY(contains(page, "Pratica in bozza"));
        QVERIFY(contains(page, "23-11-2026"));
        QVERIFY(contains(page, "Riprendi compilazione"));
        QVERIFY(contains(page, steps + "dati"));
    }

    void eachOfManyDraftsIsResumedWhereItWasLeft()
    {
        Site site;
        std::string json = servizioJson("permesso-libero", "Permesso libero");
        json.insert(json.find("\"passi\":"), "\"bozze_illimitate\": true, ");
        site.importServizio(json);
        Visitor mario(site);
        mario.enter(kMario);
        std::vector<std::string> steps;
        for (int i = 0; i < 2; ++i) {
            mario.follow(mario.post("/rovereto/servizi/permesso-libero/pratica", {}));
            steps.push_back(mario.at().substr(0, mario.at().rfind('/') + 1));
        }
        mario.post(steps[0] + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
        const auto page = mario.get("/rovereto/servizi/permesso-libero/pratica");
        QVERIFY(contains(page, "href=\"" + steps[0] + "richiedente\""));
        QVERIFY(contains(page, "href=\"" + steps[1] + "istruzioni\""));
        QVERIFY(!contains(page, "href=\"" + steps[1] + "richiedente\""));
    }

    void ricominciaKeepsTheData()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        QCOMPARE(stepAfter(mario.post(steps + "dati", {{"oggetto", "resta"}, {"azione", "ricomincia"}})),
                 std::string{"istruzioni"});
        QVERIFY(contains(mario.get(steps + "dati"), "value=\"resta\""));
    }

    void aDraftDoesNotExistForAnybodyElse()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        Visitor giulia(site);
        giulia.enter(kGiulia);
        QCOMPARE(giulia.get(steps + "istruzioni").status, 404);
        QCOMPARE(giulia.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}}).status, 404);
    }

    void whatIsPostedAfterTheSessionEndedComesBackAfterLogin()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        site.moment += std::chrono::hours{2};
        const auto ended =
            mario.post(steps + "dati", {{"oggetto", "scritto tardi"}, {"nota", "anche la nota"}, {"azione", "avanti"}});
        QCOMPARE(Visitor::locationOf(ended).substr(0, 17), std::string{"/rovereto/accesso"});
        mario.follow(ended);
        const auto page = mario.follow(mario.login(kMario, steps + "dati"));
        QVERIFY(contains(page, "La sessione era scaduta: qui sotto ritrovi quello che avevi scritto."));
        QVERIFY(contains(page, "value=\"scritto tardi\""));
        QCOMPARE(textareaOf(page, "campo-nota"), std::string{"anche la nota"});
    }

    // C3: the citizen came back in another tab; the page of the old one was made for the same person.
    void aStepOfAnEarlierSessionOfTheSameCitizenIsSaved()
    {
        Site site;
        Visitor oldTab(site);
        oldTab.enter(kMario);
        const std::string steps = beginAtDati(oldTab);
        site.moment += std::chrono::hours{2};
        Visitor newTab = oldTab;
        newTab.login(kMario);
        oldTab.takeCookies(newTab);
        const auto saved =
            oldTab.post(steps + "dati", {{"oggetto", "dalla vecchia"}, {"delega", "no"}, {"azione", "avanti"}});
        QCOMPARE(stepAfter(saved), std::string{"allegati"});
        QVERIFY(contains(newTab.get(steps + "dati"), "value=\"dalla vecchia\""));
    }

    void aStepOfAnotherCitizensSessionIsRefusedAndShowsWhatWasTyped()
    {
        Site site;
        Visitor oldTab(site);
        oldTab.enter(kMario);
        const std::string steps = beginAtDati(oldTab);
        Visitor giulia(site);
        giulia.enter(kGiulia);
        oldTab.takeCookies(giulia);
        const auto refused = oldTab.post(steps + "dati", {{"oggetto", "di Mario"}, {"azione", "avanti"}});
        QCOMPARE(refused.status, 403);
        QVERIFY(contains(refused, "La pagina non era più valida"));
        QVERIFY(contains(refused, "<li class=\"a-capo\">di Mario</li>"));
        QVERIFY(contains(refused, "href=\"" + steps + "dati\""));
    }

    // C3: nothing can be kept for who is not known; then it is said, and what was typed is shown.
    void whatCannotBeKeptIsSaidAndShown()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        mario.takeCookies(Visitor{site});
        const auto lost = mario.post(steps + "dati", {{"oggetto", "troppo tardi"}, {"azione", "avanti"}});
        QCOMPARE(lost.status, 403);
        QVERIFY(contains(lost, "non è stato conservato"));
        QVERIFY(contains(lost, "troppo tardi"));
        QVERIFY(contains(lost, "href=\"" + steps + "dati\""));
    }

    void filesOfAStepThatWasParkedMustBeChosenAgain()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        mario.follow(mario.post(steps + "dati", {{"oggetto", "x"}, {"delega", "no"}, {"azione", "avanti"}}));
        site.moment += std::chrono::hours{2};
        std::vector<http::Upload> files;
        files.push_back(makeUpload(site, "file.documento", "a.pdf", kPdf));
        mario.follow(mario.post(steps + "allegati", {{"nota", "con file"}, {"azione", "avanti"}}, std::move(files)));
        const auto page = mario.follow(mario.login(kMario));
        QVERIFY(contains(page, "I file che avevi scelto vanno scelti di nuovo."));
        QCOMPARE(textareaOf(page, "campo-nota"), std::string{"con file"});
        QVERIFY(contains(mario.get("/rovereto/allegati"), "Non hai ancora caricato file"));
    }

    // L2, C3: new terms come between a citizen and a step.
    void whatWasPostedBeforeNewTermsComesBackOnceTheyAreAccepted()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        const std::string versione =
            Visitor::between(Visitor::text(mario.get(steps + "dati")), "name=\"versione\" value=\"", "\"");
        site.addTermine("dati-personali", "Testo nuovo.");
        const auto away =
            mario.post(steps + "dati", {{"versione", versione}, {"oggetto", "prima"}, {"azione", "avanti"}});
        const std::string terms = Visitor::text(mario.follow(away));
        const auto page = mario.follow(
            mario.post("/rovereto/termini", {{"consenso", Visitor::between(terms, "id=\"campo-termine_", "\"")}}));
        QVERIFY(contains(page, "Qui sotto ritrovi quello che avevi scritto."));
        QVERIFY(contains(page, "value=\"prima\""));
    }

    void whatWasParkedIsNotPutOverNewerAnswers()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        const std::string versione =
            Visitor::between(Visitor::text(mario.get(steps + "dati")), "name=\"versione\" value=\"", "\"");
        site.moment += std::chrono::hours{2};
        mario.follow(
            mario.post(steps + "dati", {{"versione", versione}, {"oggetto", "vecchio"}, {"azione", "avanti"}}));
        Visitor elsewhere(site);
        elsewhere.enter(kMario);
        elsewhere.post(steps + "dati", {{"oggetto", "nuovo"}, {"delega", "no"}, {"azione", "avanti"}});
        const auto page = mario.follow(mario.login(kMario));
        QVERIFY(contains(page, "trovi la versione più recente"));
        QVERIFY(contains(page, "value=\"nuovo\""));
    }

    // C1: the page of a step that the form has no more leads to where one resumes.
    void aStepThatIsGoneLeadsToWhereOneResumes()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        std::string changed = servizioJson();
        changed.replace(changed.find("\"chiave\": \"dati\""), 16, "\"chiave\": \"nuovi\"");
        site.importServizio(changed);
        const auto posted = mario.post(steps + "dati", {{"oggetto", "salvo"}, {"azione", "avanti"}});
        QCOMPARE(stepAfter(posted), std::string{"richiedente?avviso=modulo-cambiato"});
        QVERIFY(contains(mario.follow(posted), "Il modulo di questo servizio è cambiato"));
        mario.follow(mario.get(steps + "dati"));
        QCOMPARE(mario.at(), steps + "richiedente?avviso=modulo-cambiato");
        mario.post(steps + "richiedente", {{"azione", "avanti"}});
        QVERIFY(contains(mario.get(steps + "nuovi"), "value=\"salvo\""));
    }

    // C5: the link to the profile keeps the note.
    void theWayToTheProfileSavesTheStepAndLeadsBack()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        mario.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
        const auto away = mario.post(steps + "richiedente", {{"nota", "non perdermi"}, {"azione", "profilo"}});
        QCOMPARE(Visitor::locationOf(away), "/rovereto/profilo?ritorno=" + http::encodeUrl(steps + "richiedente"));
        QCOMPARE(textareaOf(mario.get(steps + "richiedente"), "campo-nota"), std::string{"non perdermi"});
    }

    // C7: nothing typed is lost by a file that is refused, or was not chosen.
    void aFileThatIsRefusedOrMissingIsToldAtItsFieldAndItsDescriptionStays()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtDati(mario);
        mario.post(steps + "dati", {{"oggetto", "x"}, {"delega", "no"}, {"azione", "avanti"}});
        const http::Fields typed = {{"descrizione.documento", "La mia carta"}, {"azione", "carica:documento"}};
        std::vector<http::Upload> files;
        files.push_back(makeUpload(site, "file.documento", "a.pdf", "<html>"));
        const auto refused = mario.post(steps + "allegati", typed, std::move(files));
        QCOMPARE(refused.status, 422);
        QVERIFY(contains(refused, "value=\"La mia carta\""));
        const auto missing = mario.post(steps + "allegati", typed);
        QCOMPARE(missing.status, 422);
        QVERIFY(contains(missing, "href=\"#campo-documento\""));
        QVERIFY(contains(missing, "Scegli il file da caricare per &quot;Documento&quot;."));
        QVERIFY(contains(missing, "value=\"La mia carta\""));
        QCOMPARE(mario.post(steps + "allegati", {{"scegli.documento", ""}, {"azione", "usa:documento"}}).status, 422);
    }

    void aDeletedDraftIsGone()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = begin(mario);
        const std::string pratica = steps.substr(0, steps.find("/passi/"));
        QVERIFY(contains(mario.get(pratica + "/elimina"), "Sì, elimina la bozza"));
        QCOMPARE(mario.post(pratica + "/elimina", {}).status, 303);
        QCOMPARE(mario.get(steps + "istruzioni").status, 404);
    }
};

QTEST_APPLESS_MAIN(TestCompilazione)
#include "test_compilazione.moc"
