// A service that asks for more than a usual login: a higher level (L1), an age, and so a known day of birth.
#include "server/store/cittadini.h"
#include "server/store/pratiche.h"
#include "tests/server/portale/spid_site.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace sdc::tests;

namespace {

const std::string kPratica = "/rovereto/servizi/permesso-prova/pratica";
// A card's: their codice fiscale is of 1910 as well as of 2010.
constexpr const char* kRagazzo = "VRDLCU10A01H612V";

/// The sample definition that asks for this.
std::string asking(const std::string& keys)
{
    std::string json = servizioJson();
    return json.insert(json.find("\"passi\":"), keys + ", ");
}

std::string livello3()
{
    return asking(R"("livello_accesso": 3)");
}

Identita persona(const char* codiceFiscale, const char* nascita)
{
    Identita person = Visitor::personOf(kMario);
    person.codiceFiscale = codiceFiscale;
    person.dataNascita = dateFromIso(nascita);
    return person;
}

/// As a card brings them: nothing is known of them but codice fiscale and name.
Identita conCarta(const char* codiceFiscale)
{
    Identita person;
    person.codiceFiscale = codiceFiscale;
    person.nome = "LUCA";
    person.cognome = "VERDI";
    person.metodo = MetodoAccesso::Carta;
    person.livello = 3;
    return person;
}

/// Fills in a request up to its summary; says its address.
std::string fillIn(Visitor& visitor)
{
    visitor.follow(visitor.get(kPratica));
    const std::string steps = visitor.at().substr(0, visitor.at().rfind('/') + 1);
    visitor.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
    visitor.post(steps + "richiedente", {{"azione", "avanti"}});
    visitor.post(steps + "dati", {{"oggetto", "prima"}, {"delega", "no"}, {"azione", "avanti"}});
    visitor.post(steps + "allegati", {{"azione", "avanti"}});
    return steps.substr(0, steps.find("/passi/"));
}

std::string toLogin(int livello, const std::string& target)
{
    return "/rovereto/accesso?livello=" + std::to_string(livello) + "&ritorno=" + http::encodeUrl(target);
}

http::Fields profilo(const std::string& nascita)
{
    return {{"email", "luca@esempio.it"}, {"cellulare", "333 1234567"},    {"residenza_via", "Via Dante 12"},
            {"residenza_cap", "38068"},   {"residenza_citta", "Rovereto"}, {"data_nascita", nascita}};
}

/// A draft filled in up to its summary with a login of level 3, which the service asks for. Its citizen is now in
/// again, with a usual one.
struct Abbassato : SpidSite
{
    Visitor mario{*this};
    std::string pratica;

    Abbassato()
    {
        importServizio(livello3());
        mario.enter(Visitor::personOf(kMario, 3));
        pratica = fillIn(mario);
        mario.login(kMario);
    }

    std::string step(const char* passo) const { return pratica + "/passi/" + passo; }
    Id<Pratica> id() const { return Id<Pratica>{pratica.substr(pratica.rfind('/') + 1)}; }
    /// All that a person can change of a draft, and of what belongs to it.
    std::string contents()
    {
        const Pratica now = store::pratica(*room().database, id());
        return store::risposte(*room().database, id()).dump() + store::notaPrivata(*room().database, id()) +
               std::to_string(now.versione()) + now.fields().passo + std::string{name(now.stato())} +
               std::to_string(count("allegati")) + " " + std::to_string(count("pratiche"));
    }
    /// Comes in again, by SPID, with what the provider says of them.
    http::Response loginBySpid(Visitor& visitor, const std::string& livello, const std::string& ritorno,
                               const char* codiceFiscale = "TINIT-RSSMRA72H25H612H")
    {
        const Mandata request = mandata(visitor.get(kLogin + "&livello=3&ritorno=" + http::encodeUrl(ritorno)));
        RispostaIdp answer = answerTo(request, *this);
        answer.livello = "https://www.spid.gov.it/SpidL" + livello;
        answer.attributi["fiscalNumber"] = codiceFiscale;
        return bring(visitor, answer, request.relayState);
    }
};

}

class TestLivello : public QObject
{
    Q_OBJECT

private slots:
    void aLowerLoginIsLedToAHigherOneAndBackWithItsQuery()
    {
        SpidSite site;
        site.importServizio(livello3());
        Visitor mario(site);
        mario.enter(kMario);
        const auto away = mario.get(kPratica + "?da=elenco&n=1");
        QCOMPARE(away.status, 303);
        QCOMPARE(Visitor::locationOf(away), toLogin(3, kPratica + "?da=elenco&n=1"));
        const auto page = mario.follow(away);
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, "Questo servizio chiede un accesso di livello 3"));
        QVERIFY(contains(page, "è di un livello più basso"));
        QVERIFY(contains(page, "idp=https%3A%2F%2Fidp.esempio.it&amp;livello=3&amp;ritorno=" +
                                   http::encodeUrl(kPratica + "?da=elenco&n=1")));
        QCOMPARE(site.count("pratiche"), 0LL);
        // Whoever is not in yet is asked for it at once, and not told of a login that they do not have.
        Visitor anybody(site);
        const auto first = anybody.get(kPratica);
        QCOMPARE(Visitor::locationOf(first), toLogin(3, kPratica));
        const auto asked = anybody.follow(first);
        QVERIFY(contains(asked, "Questo servizio chiede un accesso di livello 3"));
        QVERIFY(contains(asked, "con le credenziali di livello 3"));
        QVERIFY(!contains(asked, "è di un livello più basso"));
    }

    void aHigherLoginOpensTheServiceAndEndsTheLowerOne()
    {
        Abbassato site;
        const Visitor before = site.mario;
        const std::string target = site.step("dati") + "?da=mail";
        const auto entered = site.loginBySpid(site.mario, "3", target);
        QCOMPARE(entered.status, 303);
        const auto page = site.mario.follow(entered);
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, "value=\"prima\""));
        // The browser's former session is no more; and who is in as asked sees no login page.
        Visitor former = before;
        QVERIFY(Visitor::locationOf(former.get("/rovereto/stanza")).starts_with("/rovereto/accesso?ritorno="));
        QCOMPARE(Visitor::locationOf(site.mario.get(toLogin(3, target))), target);
        QCOMPARE(Visitor::locationOf(site.mario.get(toLogin(2, target))), target);
    }

    void anAnswerOfALowerLevelThanAskedIsRefused()
    {
        for (const char* low : {"1", "2"}) {
            Abbassato site;
            const auto refused = site.loginBySpid(site.mario, low, site.step("dati"));
            QCOMPARE(refused.status, 403);
            QVERIFY(contains(refused, "/rovereto/accesso?livello=3&amp;ritorno=" + http::encodeUrl(site.step("dati"))));
            QCOMPARE(Visitor::locationOf(site.mario.get(site.step("dati"))), toLogin(3, site.step("dati")));
        }
    }

    // By hand, from the address of a later step to "Invia": nothing is shown, nothing is changed.
    void whoSkipsTheLoginChangesNothing()
    {
        Abbassato site;
        const std::string before = site.contents();
        Visitor& mario = site.mario;
        for (const char* passo : {"istruzioni", "richiedente", "dati", "allegati", "riepilogo", "non-esiste"}) {
            const auto shown = mario.get(site.step(passo));
            QCOMPARE(Visitor::locationOf(shown), toLogin(3, site.step(passo)));
            for (const char* azione : {"avanti", "indietro", "ricomincia", "resta", "profilo", "invia"}) {
                const auto posted =
                    mario.post(site.step(passo), {{"oggetto", "dopo"}, {"nota", "dopo"}, {"azione", azione}});
                QCOMPARE(Visitor::locationOf(posted), toLogin(3, site.step(passo)));
            }
        }
        std::vector<http::Upload> files;
        files.push_back(makeUpload(site, "file.documento", "a.pdf", kPdf));
        QCOMPARE(mario.post(site.step("allegati"), {{"azione", "carica:documento"}}, std::move(files)).status, 303);
        QCOMPARE(Visitor::locationOf(mario.get(site.pratica + "/invio")), toLogin(3, site.pratica + "/invio"));
        for (int versione = 0; versione < 12; ++versione)
            QCOMPARE(Visitor::locationOf(
                         mario.post(site.pratica + "/invio",
                                    {{"conferma", "si"}, {"versione", std::to_string(versione)}, {"nota", "dopo"}})),
                     toLogin(3, site.pratica + "/invio"));
        QCOMPARE(Visitor::locationOf(mario.post(kPratica, {})), toLogin(3, kPratica));
        QCOMPARE(q(site.contents()), q(before));
    }

    // A draft goes by what its service asks today.
    void aDraftBegunBeforeTheServiceAskedForMoreIsHeldToo()
    {
        SpidSite site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        const std::string versione = Visitor::between(Visitor::text(mario.get(pratica + "/passi/riepilogo")),
                                                      "name=\"versione\" value=\"", "\"");
        site.importServizio(livello3());
        const auto sent = mario.post(pratica + "/invio", {{"conferma", "si"}, {"versione", versione}});
        QCOMPARE(Visitor::locationOf(sent), toLogin(3, pratica + "/invio"));
        QCOMPARE(site.count("pratiche WHERE inviata IS NOT NULL"), 0LL);
    }

    // What was parked on the way to the login must not come into the draft by another door.
    void whatWasPostedTooLowlyComesIntoTheDraftByNoOtherWay()
    {
        Abbassato site;
        const std::string before = site.contents();
        site.mario.post(site.step("dati"), {{"oggetto", "dopo"}, {"delega", "no"}, {"azione", "avanti"}});
        for (const char* way : {"/rovereto/accesso", "/rovereto/accesso?livello=2", "/rovereto/termini",
                                "/rovereto/profilo", "/rovereto/stanza"})
            site.mario.get(way);
        site.mario.post("/rovereto/profilo", profilo(""));
        site.mario.login(kMario, site.step("dati"));
        QCOMPARE(q(site.contents()), q(before));
    }

    void nothingTypedIsLostOnTheWayToTheHigherLogin()
    {
        Abbassato site;
        const auto away =
            site.mario.post(site.step("dati"), {{"oggetto", "scritto prima"}, {"delega", "si"}, {"nota", "mia"}});
        QCOMPARE(Visitor::locationOf(away), toLogin(3, site.step("dati")));
        const auto page = site.mario.follow(site.loginBySpid(site.mario, "3", site.step("dati")));
        QVERIFY(contains(page, "ritrovi quello che avevi scritto"));
        QVERIFY(contains(page, "value=\"scritto prima\""));
        QVERIFY(contains(page, "mia</textarea>"));
    }

    // A session that ended asks at once for what the draft's service wants.
    void afterTheSessionEndedTheHigherLoginIsAskedForAtOnce()
    {
        Abbassato site;
        site.mario.login(Visitor::personOf(kMario, 3));
        site.mario.get(site.step("dati"));
        site.moment += std::chrono::hours{2};
        const auto away = site.mario.post(site.step("dati"), {{"oggetto", "tardi"}, {"azione", "avanti"}});
        QCOMPARE(Visitor::locationOf(away), toLogin(3, site.step("dati")));
        // One who comes in lower meanwhile gets no further, and loses nothing.
        site.mario.follow(site.mario.login(kMario, site.step("dati")));
        QCOMPARE(site.mario.at(), toLogin(3, site.step("dati")));
        const auto page = site.mario.follow(site.loginBySpid(site.mario, "3", site.step("dati")));
        QVERIFY(contains(page, "value=\"tardi\""));
        // A stranger learns nothing of whose drafts ask for what.
        QCOMPARE(Visitor::locationOf(Visitor{site}.get(site.step("dati"))),
                 "/rovereto/accesso?ritorno=" + http::encodeUrl(site.step("dati")));
    }

    void anotherPersonWhoComesInInsteadSeesNothingOfTheFirst()
    {
        Abbassato site;
        site.mario.post(site.step("dati"), {{"oggetto", "segreto di Mario"}, {"nota", "segreto"}});
        Visitor& browser = site.mario;
        const auto page = browser.follow(site.loginBySpid(browser, "3", site.step("dati"), "TINIT-BNCGLI85C52L378P"));
        QVERIFY(!contains(page, "segreto"));
        browser.enter(Visitor::personOf(kGiulia, 3));
        QCOMPARE(browser.get(site.step("dati")).status, 404);
        QCOMPARE(browser.post(site.step("dati"), {{"oggetto", "di Giulia"}, {"azione", "avanti"}}).status, 404);
        QCOMPARE(browser.post(site.pratica + "/invio", {{"conferma", "si"}, {"versione", "5"}}).status, 404);
        QVERIFY(!contains(browser.follow(browser.get(kPratica)), "segreto"));
        QCOMPARE(site.count("parcheggi"), 0LL);
        QCOMPARE(site.count("risposte WHERE json LIKE '%segreto%'"), 0LL);
        // Mario himself finds his draft as he had saved it.
        browser.login(Visitor::personOf(kMario, 3));
        QVERIFY(contains(browser.get(site.step("dati")), "value=\"prima\""));
    }

    // What was sent is read with a usual login.
    void whatWasSentStaysReadable()
    {
        Abbassato site;
        site.mario.login(Visitor::personOf(kMario, 3));
        const auto summary = site.mario.get(site.step("riepilogo"));
        const std::string versione = Visitor::between(Visitor::text(summary), "name=\"versione\" value=\"", "\"");
        QCOMPARE(site.mario.post(site.pratica + "/invio", {{"conferma", "si"}, {"versione", versione}}).status, 303);
        site.mario.login(kMario);
        QVERIFY(contains(site.mario.get(site.pratica), "Informazioni presentate"));
        QCOMPARE(Visitor::locationOf(site.mario.get(site.pratica + "/invio")), site.pratica + "?avviso=gia-inviata");
    }

    // Sessions from before levels were noted: they end at their own time, but do not lead in circles.
    void aSessionWithoutALevelIsAskedToComeInAgain()
    {
        SpidSite site;
        Visitor mario(site);
        mario.enter(Visitor::personOf(kMario, 0));
        const auto page = mario.follow(mario.get(kPratica));
        QCOMPARE(mario.at(), toLogin(2, kPratica));
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, "Entra con SPID"));
    }

    void theLevelInTheAddressIsOneOfTheThree()
    {
        SpidSite site;
        Visitor mario(site);
        mario.enter(kMario);
        for (const char* text : {"1", "4", "33", "-3", "3 ", "tre", "%3Cb%3E"})
            QCOMPARE(Visitor::locationOf(mario.get("/rovereto/accesso?livello=" + std::string{text})),
                     std::string{"/rovereto/stanza"});
        QVERIFY(contains(mario.get("/rovereto/accesso?livello=3&ritorno=https://male.example/"),
                         "livello=3&amp;ritorno=%2Frovereto%2Fstanza"));
    }

    void theListAndThePageOfTheServiceSayWhatIsNeeded()
    {
        SpidSite site;
        Visitor anybody(site);
        const std::string page = "/rovereto/servizi/permesso-prova";
        QVERIFY(!contains(anybody.get(page), "Per questo servizio serve"));
        QVERIFY(!contains(anybody.get("/rovereto/servizi/"), "accesso di livello"));
        site.importServizio(asking(R"("livello_accesso": 3, "eta_minima": 18)"));
        QVERIFY(contains(anybody.get(page), "Per questo servizio serve un accesso di livello 3 (SPID livello 3, CIE o "
                                            "carta)."));
        QVERIFY(contains(anybody.get(page), "Può usare questo servizio chi ha compiuto 18 anni."));
        for (const char* list : {"/rovereto/servizi/", "/rovereto/servizi/?vista=colonne"}) {
            QVERIFY(contains(anybody.get(list), "Serve un accesso di livello 3"));
            QVERIFY(contains(anybody.get(list), "Per chi ha compiuto 18 anni"));
        }
    }

    void whoIsTooYoungIsToldAndChangesNothing()
    {
        SpidSite site;
        Visitor anna(site);
        anna.enter(persona(kRagazzo, "2010-01-01"));
        anna.follow(anna.get(kPratica));
        const std::string step = anna.at();
        const std::string pratica = step.substr(0, step.find("/passi/"));
        site.importServizio(asking(R"("eta_minima": 18)"));
        for (const auto& answer :
             {anna.get(kPratica), anna.post(kPratica, {}), anna.get(step),
              anna.post(step, {{"chiaro", "si"}, {"azione", "avanti"}}), anna.get(pratica + "/invio"),
              anna.post(pratica + "/invio", {{"conferma", "si"}, {"versione", "0"}})})
        {
            QCOMPARE(answer.status, 409);
            QVERIFY(contains(answer, "riservato a chi ha compiuto 18 anni"));
        }
        QCOMPARE(site.count("pratiche"), 1LL);
        QCOMPARE(site.count("pratiche WHERE passo <> 'istruzioni' OR versione <> 0"), 0LL);
    }

    // The day is that of Italy: 23:30 of 31 December in UTC is 1 January in Rome.
    void theAgeIsReachedOnTheBirthdayInRome()
    {
        SpidSite site;
        site.importServizio(asking(R"("eta_minima": 17)"));
        Visitor anna(site);
        site.moment = instant("2026-12-31T22:30:00Z");
        anna.enter(persona(kRagazzo, "2010-01-01"));
        QCOMPARE(anna.get(kPratica).status, 409);
        site.moment = instant("2026-12-31T23:00:00Z");
        QCOMPARE(anna.get(kPratica).status, 303);
        QCOMPARE(site.count("pratiche"), 1LL);
    }

    // A card tells no century: what one declares makes nobody older.
    void whoDeclaresToBeOlderIsNot()
    {
        SpidSite site;
        site.importServizio(asking(R"("eta_minima": 18)"));
        Visitor luca(site);
        luca.enter(conCarta(kRagazzo));
        for (const char* said : {"", "01/01/2010", "01/01/1910"}) {
            QCOMPARE(luca.post("/rovereto/profilo", profilo(said)).status, 303);
            const auto answer = luca.get(kPratica);
            QCOMPARE(answer.status, 409);
            QVERIFY(contains(answer, "accedi con SPID o CIE"));
        }
        QCOMPARE(site.count("pratiche"), 0LL);
        // Of 14 years at least, whichever century it is.
        site.importServizio(asking(R"("eta_minima": 14)"));
        QCOMPARE(luca.get(kPratica).status, 303);
        // The identity says it: nothing more to explain.
        Visitor anna(site);
        site.importServizio(asking(R"("eta_minima": 18)"));
        anna.enter(persona(kRagazzo, "2010-01-01"));
        QVERIFY(!contains(anna.get(kPratica), "accedi con SPID o CIE"));
    }

    void theProfileTakesADayOfBirthThatTheCodeAllows()
    {
        SpidSite site;
        Visitor luca(site);
        luca.enter(conCarta(kRagazzo));
        QVERIFY(contains(luca.get("/rovereto/profilo"), "name=\"data_nascita\""));
        const auto wrong = luca.post("/rovereto/profilo", profilo("02/01/2010"));
        QCOMPARE(wrong.status, 422);
        QVERIFY(contains(wrong, "href=\"#campo-data_nascita\""));
        QVERIFY(contains(wrong, "id=\"errore-data_nascita\""));
        QVERIFY(contains(wrong, "value=\"02/01/2010\""));
        QVERIFY(contains(wrong, "non corrisponde al tuo codice fiscale"));
        QCOMPARE(site.count("cittadini WHERE data_nascita IS NOT NULL"), 0LL);
        luca.post("/rovereto/profilo", profilo("01/01/2010"));
        QCOMPARE(site.count("cittadini WHERE data_nascita = '2010-01-01' AND nascita_dichiarata = 1"), 1LL);
        // A slip of the pen can be mended; a profile saved without the field takes nothing away.
        QVERIFY(contains(luca.get("/rovereto/profilo"), "value=\"01/01/2010\""));
        luca.post("/rovereto/profilo", profilo("01/01/1910"));
        luca.post("/rovereto/profilo", profilo(""));
        QCOMPARE(site.count("cittadini WHERE data_nascita = '1910-01-01' AND nascita_dichiarata = 1"), 1LL);
    }

    // Nothing is kept of who has not consented (L2), though it was typed before.
    void aStepPostedBeforeNewTermsWaitsForThem()
    {
        SpidSite site;
        Visitor luca(site);
        luca.enter(conCarta(kRagazzo));
        luca.follow(luca.get(kPratica));
        const std::string steps = luca.at().substr(0, luca.at().rfind('/') + 1);
        luca.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
        luca.post(steps + "richiedente", {{"azione", "avanti"}});
        luca.get(steps + "dati");
        site.moment += std::chrono::minutes{10};
        site.addTermine("dati-personali", "Un testo nuovo.");
        luca.post(steps + "dati", {{"oggetto", "scritto prima"}, {"azione", "avanti"}});
        QCOMPARE(Visitor::locationOf(luca.get("/rovereto/accesso?ritorno=/rovereto/stanza")),
                 std::string{"/rovereto/stanza"});
        QCOMPARE(site.count("risposte WHERE json LIKE '%scritto prima%'"), 0LL);
        const auto asked = luca.get("/rovereto/termini");
        const std::string termini = *http::textOf(asked);
        const auto page = luca.follow(
            luca.post("/rovereto/termini",
                      {{"consenso", Visitor::between(termini, "name=\"consenso\" id=\"campo-termine_", "\"")}}));
        QVERIFY(contains(page, "value=\"scritto prima\""));
    }

    // Off is no way back to the rules that a draft began with.
    void aServiceThatIsSwitchedOffAsksWhatItAskedLast()
    {
        SpidSite site;
        Visitor anna(site);
        anna.enter(persona(kRagazzo, "2010-01-01"));
        anna.follow(anna.get(kPratica));
        const std::string step = anna.at();
        site.importServizio(asking(R"("eta_minima": 18)"));
        {
            store::Transaction transaction(*site.room().database);
            store::setAttivazione(transaction, "permesso-prova", Attivazione::Disattivo);
            transaction.commit();
        }
        QCOMPARE(anna.get(step).status, 409);
        QCOMPARE(anna.post(step, {{"chiaro", "si"}, {"azione", "avanti"}}).status, 409);
    }

    // L3: what comes from the identity cannot be edited.
    void whatAnIdentitySaysOfTheBirthIsNotTheCitizensToChange()
    {
        SpidSite site;
        Visitor luca(site);
        luca.enter(conCarta(kRagazzo));
        luca.post("/rovereto/profilo", profilo("01/01/1910"));
        luca.login(persona(kRagazzo, "2010-01-01"));
        QCOMPARE(site.count("cittadini WHERE data_nascita = '2010-01-01' AND nascita_dichiarata = 0"), 1LL);
        const auto page = luca.get("/rovereto/profilo");
        QVERIFY(contains(page, "<dd>01-01-2010</dd>"));
        QVERIFY(!contains(page, "name=\"data_nascita\""));
        QCOMPARE(luca.post("/rovereto/profilo", profilo("01/01/1910")).status, 303);
        luca.login(conCarta(kRagazzo));
        luca.post("/rovereto/profilo", profilo("01/01/1910"));
        QCOMPARE(site.count("cittadini WHERE data_nascita = '2010-01-01' AND nascita_dichiarata = 0"), 1LL);
    }

    // Of most people the codice fiscale leaves but one century.
    void aCodiceFiscaleThatLeavesOneCenturyTellsTheBirth()
    {
        SpidSite site;
        Visitor mario(site);
        mario.login(conCarta(kMario));
        QCOMPARE(site.count("cittadini WHERE data_nascita = '1972-06-25' AND nascita_dichiarata = 0"), 1LL);
        QVERIFY(!contains(mario.get("/rovereto/profilo"), "name=\"data_nascita\""));
        // Who is 100 or just born has to say which.
        Visitor altri(site);
        altri.login(conCarta("RSSMRA01A01H612L"));
        QCOMPARE(site.count("cittadini WHERE data_nascita IS NULL"), 1LL);
    }
};

QTEST_APPLESS_MAIN(TestLivello)
#include "test_livello.moc"
