#include "core/base/error.h"
#include "server/actions/accesso_cittadino.h"
#include "server/actions/accesso_operatore.h"
#include "server/actions/accesso_partner.h"
#include "server/actions/nuova_password.h"
#include "server/actions/operatori.h"
#include "server/actions/partner.h"
#include "server/secrets/token.h"
#include "server/store/cittadini.h"
#include "server/store/conferme.h"
#include "server/store/jobs.h"
#include "server/store/sessions.h"
#include "server/store/termini.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

#include <atomic>

using namespace sdc;
using namespace std::chrono_literals;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::q;
using tests::World;

namespace {

Identita identita(const std::string& codiceFiscale = "RSSMRA72H25H612H")
{
    return {codiceFiscale,
            "Mario",
            "Rossi",
            "Rovereto",
            dateFromIso("1972-06-25"),
            "spid@esempio.it",
            "333 0000000",
            {"Via Spid 1", "38068", "Rovereto", "TN", "Italia"}};
}

actions::AccessoOperatore enter(Context& context, const std::string& username, const std::string& password,
                                const std::string& rete = "192.0.2.1")
{
    return actions::loginOperatore(context, {username, password, "", rete});
}

/// How long is to be waited before a try; nothing where it is made, and refused.
std::optional<std::chrono::seconds> waitOf(Context& context, const std::string& username, const std::string& rete)
{
    try {
        enter(context, username, "sbagliata", rete);
    } catch (const actions::TooManyTries& refusal) {
        return refusal.wait();
    } catch (const Forbidden&) {
        return std::nullopt;
    }
    return std::nullopt;
}

}

class TestAccesso : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void theFirstLoginMakesACitizenWhoMustConfirm()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Context context = world.context();
        const auto entrato = actions::login(context, identita());
        const auto session = store::findSessione(world.database(), secrets::hashOf(entrato.token),
                                                 store::TipoSessione::Cittadino, world.now());
        QVERIFY(session.has_value());
        const auto known = store::findCittadino(world.database(), Id<Cittadino>{session->soggetto}).value();
        QCOMPARE(q(known.email), q("spid@esempio.it"));
        QVERIFY(!known.confermato);
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM cittadini"), 1LL);
    }

    // L3: what comes from the identity follows it; the rest is the citizen's once confirmed.
    void aLaterLoginLeavesWhatTheCitizenConfirmed()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addCittadino(makeCittadino());
        Identita married = identita();
        married.cognome = "Rossi Bianchi";
        Context context = world.context();
        actions::login(context, married);
        const auto known = store::findCittadinoByCodiceFiscale(world.database(), "RSSMRA72H25H612H").value();
        QCOMPARE(q(known.cognome), q("Rossi Bianchi"));
        QCOMPARE(q(known.email), q("mario.rossi@esempio.it"));
        QVERIFY(known.residenza == makeCittadino().residenza);
    }

    void eightLoginsAtOnceMakeOneCitizenAndEightSessions()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        for (int round = 0; round < 2; ++round) {
            tests::inThreads(8, [&](int) {
                Context context = world.context();
                actions::login(context, identita());
            });
        }
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM cittadini"), 1LL);
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM sessioni"), 16LL);
    }

    void anIdentityWithoutAValidCodiceFiscaleDoesNotEnter()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Context context = world.context();
        QVERIFY_EXCEPTION_THROWN(actions::login(context, identita("RSSMRA72H25H501Y")), Invalid);
        QVERIFY_EXCEPTION_THROWN(actions::login(context, identita("")), Invalid);
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM sessioni"), 0LL);
    }

    // L2: all boxes or none; the date of each is kept.
    void termsAreAcceptedAllOrNone()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        {
            store::Transaction transaction(world.database());
            store::importTermine(transaction, {"", "personali", 1, "Consenso uno", "Testo", true}, world.now());
            store::importTermine(transaction, {"", "sensibili", 1, "Consenso due", "Testo", true}, world.now());
            transaction.commit();
        }
        Context context = world.as(mario);
        const auto asked = store::termineDaAccettare(world.database(), mario.id);
        QCOMPARE(asked.size(), std::size_t{2});
        QVERIFY_EXCEPTION_THROWN(actions::acceptTermini(context, {asked[0].id}), Invalid);
        QCOMPARE(store::termineDaAccettare(world.database(), mario.id).size(), std::size_t{2});
        actions::acceptTermini(context, {asked[0].id, asked[1].id});
        QVERIFY(store::termineDaAccettare(world.database(), mario.id).empty());
        QCOMPARE(store::terminiAccettati(world.database(), mario.id).at(0).quando, world.now());
    }

    // L2: "Date and time of each acceptance are kept, with the version"; asked again only when a version changes.
    void aNewVersionIsAskedForAndTheOldOneStaysInTheHistory()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto import = [&](const std::string& testo, bool obbligatorio) {
            store::Transaction transaction(world.database());
            store::importTermine(transaction, {"", "altro", 0, "Altro", "Testo", true}, world.now());
            const bool changed =
                store::importTermine(transaction, {"", "personali", 0, "Titolo", testo, obbligatorio}, world.now());
            transaction.commit();
            return changed;
        };
        Context context = world.as(mario);
        const auto acceptAll = [&] {
            std::vector<std::string> ids;
            for (const auto& termine : store::termineDaAccettare(world.database(), mario.id))
                ids.push_back(termine.id);
            actions::acceptTermini(context, ids);
            return ids.size();
        };
        QVERIFY(import("Uno", true));
        QCOMPARE(acceptAll(), std::size_t{2});
        QVERIFY(!import("Uno", true));
        QVERIFY(store::termineDaAccettare(world.database(), mario.id).empty());
        world.advance(1h);
        QVERIFY(import("Due", true));
        QCOMPARE(acceptAll(), std::size_t{1});
        const auto accepted = store::terminiAccettati(world.database(), mario.id);
        QCOMPARE(accepted.size(), std::size_t{3});
        QCOMPARE(q(accepted[0].termine.testo), q("Due"));
        QCOMPARE(accepted[0].termine.versione, 2);
        QCOMPARE(accepted[0].quando - accepted[2].quando, 1h);
        // The new version keeps its text's place.
        QCOMPARE(q(store::currentTermini(world.database()).at(1).testo), q("Due"));
        QVERIFY(import("Due", false));
        QVERIFY(store::termineDaAccettare(world.database(), mario.id).empty());
        QCOMPARE(store::terminiFacoltativi(world.database(), mario.id).size(), std::size_t{1});
    }

    void aWithdrawnTextIsAskedForNoMore()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        store::Transaction transaction(world.database());
        const store::Termine termine{"", "personali", 0, "Titolo", "Testo", true};
        store::importTermine(transaction, termine, world.now());
        QVERIFY(store::withdrawTermine(transaction, "personali", world.now()));
        QVERIFY(!store::withdrawTermine(transaction, "personali", world.now()));
        QVERIFY(store::termineDaAccettare(transaction, mario.id).empty());
        QVERIFY(store::importTermine(transaction, termine, world.now()));
        const auto asked = store::termineDaAccettare(transaction, mario.id);
        QCOMPARE(asked.size(), std::size_t{1});
        QCOMPARE(asked[0].versione, 2);
    }

    void ofTwoWhoTakeOneLinkOneAloneConfirms()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const std::string token = secrets::newToken();
        {
            store::Transaction transaction(world.database());
            store::save(transaction, store::ConfermaEmail{mario.id, secrets::hashOf(token), mario.email, world.now(),
                                                          world.now() + 72h, false});
            transaction.commit();
        }
        std::atomic<int> confirmed = 0;
        tests::inThreads(4, [&](int) {
            Context context = world.context();
            confirmed += actions::confirmEmail(context, token) ? 1 : 0;
        });
        QCOMPARE(confirmed.load(), 1);
        QCOMPARE(q(store::emailConfermata(world.database(), mario.id).value().email), q(mario.email));
    }

    void mailAboutAnAddressIsForgottenWithItsJob()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Context context = world.as(world.addCittadino(makeCittadino()));
        const Cittadino c = makeCittadino();
        QVERIFY(actions::saveProfilo(context, {c.email, c.cellulare, c.residenza, {}}) == actions::EsitoLink::Inviato);
        QVERIFY(!store::hasDueJob(world.database(), store::Coda::Iter, world.now()));
        QVERIFY(store::hasDueJob(world.database(), store::Coda::Posta, world.now()));
        {
            store::Transaction transaction(world.database());
            const auto job = store::takeJob(transaction, {"w", store::Coda::Posta, world.now() + 5min}, world.now());
            QVERIFY(job && job->genere == store::GenereJob::AvvisaProfilo);
            QVERIFY(store::finish(transaction, *job, world.now()));
            transaction.commit();
        }
        store::PostoJob from;
        QCOMPARE(store::forgetDone(world.database(), world.now() + 1h, from, 100), 1LL);
    }

    // Its mail may have to be tried for days: the log that is never shortened hears of it once.
    void aLinkIsLoggedOnceHoweverOftenItsMailIsTried()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Operatore anna = makeOperatore("anna");
        anna.email = "anna@esempio.it";
        world.addOperatore(anna);
        Context context = world.context();
        actions::askNuovaPassword(context, "anna");
        std::optional<store::Job> job;
        {
            store::Transaction transaction(world.database());
            job = store::takeJob(transaction, {"w", store::Coda::Tutte, world.now() + 5min}, world.now());
            transaction.commit();
        }
        QVERIFY(job);
        const auto first = actions::makeLink(context, *job);
        const auto second = actions::makeLink(context, *job);
        QVERIFY(first && second);
        QCOMPARE(q(first->codice), q(second->codice));
        QCOMPARE(tests::numberOf(world.database(),
                                 "SELECT COUNT(*) FROM attivita WHERE azione = 'link per la password inviato'"),
                 1);
    }

    void anOperatorEntersWithTheRightPasswordAlone()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Operatore anna = world.addOperatore(makeOperatore("anna"));
        Operatore off = makeOperatore("spenta");
        off.attivo = false;
        world.addOperatore(off);
        Context context = world.context();
        const auto opened = enter(context, " anna ", "demo-stanza");
        QVERIFY(opened.operatore.id == anna.id);
        QVERIFY(store::findSessione(world.database(), secrets::hashOf(opened.token), store::TipoSessione::Operatore,
                                    world.now()));
        QStringList words;
        for (const auto& [name, password] :
             {std::pair{"anna", "demo-stanzA"}, {"nessuno", "demo-stanza"}, {"spenta", "demo-stanza"}, {"anna", ""}})
        {
            try {
                enter(context, name, password);
                QFAIL(name);
            } catch (const Forbidden& refusal) {
                words << q(refusal.what());
            }
        }
        QCOMPARE(words.removeDuplicates(), 3);
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM sessioni"), 1LL);
    }

    void tenWrongPasswordsInAQuarterOfAnHourSlowANameDownKnownOrNot()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        QCOMPARE(world.config().tentativiPerUtente, 10);
        world.addOperatore(makeOperatore("anna"));
        Context context = world.context();
        for (const char* name : {"anna", "nessuno"}) {
            for (int i = 0; i < 10; ++i)
                QVERIFY(!waitOf(context, name, "198.51.100.7"));
            QCOMPARE(waitOf(context, name, "198.51.100.7"), std::optional{2s});
        }
        QVERIFY_EXCEPTION_THROWN(enter(context, "anna", "demo-stanza", "198.51.100.7"), actions::TooManyTries);
        world.advance(2s);
        enter(context, "anna", "demo-stanza", "198.51.100.7");
    }

    // Whoever attacks an account keeps its owner out neither where they always work nor elsewhere.
    void anAttackOnANameKeepsItsOwnerOutNowhere()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addOperatore(makeOperatore("anna"));
        Context context = world.context();
        enter(context, "anna", "demo-stanza", "192.0.2.1");
        int made = 0;
        for (int i = 0; i < 100; ++i)
            made += waitOf(context, "anna", "198.51.100.7") ? 0 : 1;
        QCOMPARE(made, 10);
        enter(context, "anna", "demo-stanza", "192.0.2.1");
        enter(context, "anna", "demo-stanza", "203.0.113.9");
        // A slip of the keys costs nothing where the owner is known, and two seconds elsewhere.
        QVERIFY(!waitOf(context, "anna", "192.0.2.1"));
        enter(context, "anna", "demo-stanza", "192.0.2.1");
        QVERIFY(!waitOf(context, "anna", "203.0.113.10"));
        QCOMPARE(waitOf(context, "anna", "203.0.113.10"), std::optional{2s});
        world.advance(2s);
        enter(context, "anna", "demo-stanza", "203.0.113.10");
        // The owner's success gives the attacker nothing.
        QVERIFY(!waitOf(context, "anna", "198.51.100.7"));
        QCOMPARE(waitOf(context, "anna", "198.51.100.7"), std::optional{4s});
    }

    void guessesFromOneAddressAreFewInADay()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addOperatore(makeOperatore("anna"));
        Context context = world.context();
        int made = 0;
        for (const Instant end = world.now() + 24h; world.now() < end;) {
            const auto wait = waitOf(context, "anna", "198.51.100.7");
            made += wait ? 0 : 1;
            if (wait) {
                QVERIFY(*wait <= 15min);
                world.advance(*wait);
            }
        }
        QVERIFY2(made > 20 && made <= 120, qPrintable(QString::number(made)));
    }

    void triesAtOnceCountEachOther()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addOperatore(makeOperatore("anna"));
        std::atomic<int> made = 0;
        tests::inThreads(8, [&](int) {
            Context context = world.context();
            for (int i = 0; i < 5; ++i) {
                try {
                    enter(context, "anna", "sbagliata", "198.51.100.7");
                } catch (const actions::TooManyTries&) {
                } catch (const Forbidden&) {
                    ++made;
                } catch (const Refusal&) {
                    // The machine's turns were taken: no try was made.
                }
            }
        });
        QVERIFY2(made <= 10, qPrintable(QString::number(made)));
    }

    void aDisabledAccountIsRefusedAsAWrongPasswordIs()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addOperatore(makeOperatore("anna"));
        Context context = world.context();
        enter(context, "anna", "demo-stanza");
        actions::disableByName(world.database(), "anna", world.now());
        QVERIFY_EXCEPTION_THROWN(enter(context, "anna", "demo-stanza"), Forbidden);
        QCOMPARE(
            tests::numberOf(world.database(), "SELECT COUNT(*) FROM sessioni WHERE scade > '2026-11-23T10:00:00Z'"),
            0LL);
        actions::enableByName(world.database(), "anna", world.now());
        enter(context, "anna", "demo-stanza");
        actions::setPasswordByName(world.database(), "anna", "un'altra parola", world.now());
        QVERIFY_EXCEPTION_THROWN(enter(context, "anna", "demo-stanza"), Forbidden);
        enter(context, "anna", "un'altra parola");
        QVERIFY_EXCEPTION_THROWN(actions::setPasswordByName(world.database(), "anna", "corta", world.now()), Invalid);
        QVERIFY_EXCEPTION_THROWN(actions::disableByName(world.database(), "nessuno", world.now()), NotFound);
    }

    void aSessionThatEndedIsNotExtended()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Context context = world.context();
        const std::string hash = secrets::hashOf(actions::login(context, identita()).token);
        const auto found = [&] {
            return store::findSessione(world.database(), hash, store::TipoSessione::Cittadino, world.now());
        };
        const auto read = found();
        QVERIFY(read);
        {
            store::Transaction transaction(world.database());
            // Also where the clock of who extends is behind.
            store::endSessione(transaction, hash, world.now());
            store::extend(transaction, *read, world.now() - 1s, world.now() + 1h);
            transaction.commit();
        }
        QVERIFY(!found());
    }

    void aNameOfAnyLettersIsOnlyAWrongName()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Context context = world.context();
        for (const QString& name :
             {QString(59, 'a') + "è", QString(), QStringLiteral("'; --"), QStringLiteral("😀").repeated(50)})
            QVERIFY_EXCEPTION_THROWN(enter(context, name.toStdString(), "x"), Forbidden);
    }

    // Whatever is typed at the operators' login is counted against operators alone.
    void aPartnersNameIsNotAnOperators()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Context context = world.context();
        actions::addPartner(world.database(), {{}, "giscom", "Giscom", RuoloPartner::Pratiche, true},
                            "treni-lenti-notturni", world.now());
        for (int i = 0; i < 12; ++i)
            waitOf(context, actions::nomeAccesso("giscom"), "192.0.2.1");
        const actions::TentativoPartner own{"giscom", "treni-lenti-notturni", "192.0.2.1"};
        QCOMPARE(q(actions::loginPartner(context, own).partner.username), QStringLiteral("giscom"));
    }

    void codesOfASecondFactorThatIsOnlyBegunAreCountedToo()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addOperatore(makeOperatore("anna"));
        Context context = world.context();
        context.operatore = enter(context, "anna", "demo-stanza").operatore;
        actions::beginSecondoFattore(context, {"demo-stanza", "", "192.0.2.1"});
        // "x" is never a code.
        for (int i = 0; i < 20; ++i)
            QVERIFY_THROWS_EXCEPTION(Invalid, actions::confirmSecondoFattore(context, "x"));
        QVERIFY_THROWS_EXCEPTION(actions::TooManyTries, actions::confirmSecondoFattore(context, "x"));
        world.advance(1h + 1s);
        QVERIFY_THROWS_EXCEPTION(Invalid, actions::confirmSecondoFattore(context, "x"));
    }

    void enablingWhoIsEnabledTellsNobody()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addOperatore(makeOperatore("anna"));
        actions::enableByName(world.database(), "anna", world.now());
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM jobs"), 0);
        actions::disableByName(world.database(), "anna", world.now());
        actions::enableByName(world.database(), "anna", world.now());
        QCOMPARE(tests::numberOf(world.database(), "SELECT COUNT(*) FROM jobs"), 1);
    }
};

QTEST_GUILESS_MAIN(TestAccesso)
#include "test_accesso.moc"
