#include "server/gateways/mail.h"
#include "server/store/attivita.h"
#include "tests/server/operatori/office.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"

#include <QTest>

#include <atomic>

using namespace sdc;
using namespace std::chrono_literals;
using tests::Answer;
using tests::execute;
using tests::makeOperatore;
using tests::numberOf;
using tests::Office;
using tests::q;
using tests::textIn;

class TestCredenziali : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void aForgottenPasswordIsSetByTheMailedLinkOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string before = office.token("anna");
        QCOMPARE(office.post("password-dimenticata", {{"username", "anna"}}).status, 303);
        const std::string codice = office.codeInMail();
        QVERIFY(codice.size() >= 32);
        QCOMPARE(q(office.posta.mails.back().a.indirizzo), q("anna@comune.esempio.it"));
        // Mail scanners follow links: reading uses nothing up.
        for (int i = 0; i < 3; ++i)
            QCOMPARE(office.page("nuova-password", {{"codice", codice}}).status, 200);
        QCOMPARE(office.reset(codice, "corta").status, 422);
        QCOMPARE(office.post("nuova-password", {{"codice", codice}, {"password", "una frase lunga"}, {"ripetuta", "x"}})
                     .status,
                 422);
        QCOMPARE(office.reset(codice, "una frase lunga").status, 303);
        QCOMPARE(office.reset(codice, "un'altra ancora").status, 410);
        QCOMPARE(office.page("nuova-password", {{"codice", codice}}).status, 410);
        QCOMPARE(office.login("anna").status, 401);
        QCOMPARE(office.login("anna", "una frase lunga").status, 201);
        // Whoever was in is out, and the owner is told.
        QCOMPARE(office.ask("GET", "accesso", before).status, 401);
        office.runAll();
        QCOMPARE(q(office.posta.mails.back().oggetto), q("La password è stata cambiata"));
        QVERIFY(office.posta.mails.back().testo.find("codice=") == std::string::npos);
        QVERIFY(!store::firstBreak(office.database(), store::kCatenaAttivita));
    }

    void theLinkIsNotInTheStore()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.post("password-dimenticata", {{"username", "anna"}});
        const std::string codice = office.codeInMail();
        for (const char* query :
             {"SELECT COUNT(*) FROM jobs WHERE dati LIKE '%", "SELECT COUNT(*) FROM nuove_password WHERE hash LIKE '%",
              "SELECT COUNT(*) FROM attivita WHERE dettaglio LIKE '%"})
            QCOMPARE(numberOf(office.database(), (query + codice + "%'").c_str()), 0LL);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM nuove_password"), 1LL);
    }

    void twoWhoUseOneLinkAtOnceAreOneAndTheOther()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.post("password-dimenticata", {{"username", "anna"}});
        const std::string codice = office.codeInMail();
        std::atomic<int> done = 0;
        std::atomic<int> late = 0;
        tests::inThreads(4, [&](int thread) {
            const int status = office.reset(codice, "una frase numero " + std::to_string(thread)).status;
            done += status == 303 ? 1 : 0;
            late += status == 410 ? 1 : 0;
        });
        QCOMPARE(done.load(), 1);
        QCOMPARE(late.load(), 3);
    }

    void aNewerLinkVoidsTheOlderAndAnHourEndsBoth()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.post("password-dimenticata", {{"username", "anna"}});
        const std::string older = office.codeInMail();
        office.advance(1min);
        office.post("password-dimenticata", {{"username", "anna"}});
        const std::string newer = office.codeInMail();
        QVERIFY(older != newer);
        QCOMPARE(office.reset(older, "una frase lunga").status, 410);
        office.advance(1h);
        QCOMPARE(office.reset(newer, "una frase lunga").status, 410);
        QCOMPARE(office.login("anna").status, 201);
    }

    void nobodyLearnsWhichNamesThereAre()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        Operatore off = makeOperatore("spenta");
        off.attivo = false;
        office.addOperatore(off);
        const Answer there = office.post("password-dimenticata", {{"username", "anna"}});
        for (const char* name : {"nessuno", "spenta", "a b", "'; --", "x"}) {
            const Answer answer = office.post("password-dimenticata", {{"username", name}});
            QCOMPARE(answer.status, there.status);
            QCOMPARE(q(answer.text), q(there.text));
            QVERIFY(answer.headers == there.headers);
        }
        office.runAll();
        QCOMPARE(office.posta.mails.size(), std::size_t{1});
        const Answer wrong = office.login("anna", "sbagliata-davvero");
        const Answer unknown = office.login("nessuno", "sbagliata-davvero");
        QCOMPARE(wrong.status, 401);
        QCOMPARE(q(wrong.text), q(unknown.text));
        QVERIFY(wrong.headers == unknown.headers);
        QVERIFY(office.page("nuova-password", {{"codice", "inventato"}}).text.find("anna") == std::string::npos);
    }

    void nobodysMailboxIsFlooded()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        for (int i = 0; i < 20; ++i)
            office.post("password-dimenticata", {{"username", "anna"}}, "198.51.100." + std::to_string(i));
        office.runAll();
        QCOMPARE(office.posta.mails.size(), std::size_t{3});
    }

    // A mail that was not handed over goes out again: with the same link, unless it was used meanwhile.
    void aMailThatIsTriedAgainBringsTheSameLink()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.post("password-dimenticata", {{"username", "anna"}});
        office.posta.guasto = gateways::CausaPosta::Transitoria;
        office.runOne();
        const std::string hash = textIn(office.database(), "SELECT hash FROM nuove_password");
        office.posta.guasto.reset();
        office.advance(1min);
        const std::string codice = office.codeInMail();
        QCOMPARE(q(textIn(office.database(), "SELECT hash FROM nuove_password")), q(hash));
        QCOMPARE(office.reset(codice, "una frase lunga").status, 303);
        execute(office.database(), "UPDATE jobs SET stato = 'pronto', tentativi = 0");
        office.runAll();
        QCOMPARE(office.reset(codice, "un'altra ancora").status, 410);
    }

    void oneChangesOnesOwnPasswordWithThePresentOne()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string here = office.token("anna");
        const std::string elsewhere = office.token("anna");
        const auto change = [&](const char* present, const char* next) {
            return office.ask("PUT", "accesso/password", here, {{"password", present}, {"nuova", next}});
        };
        QCOMPARE(change("sbagliata-davvero", "una frase lunga").status, 403);
        QCOMPARE(change("demo-stanza", "1234567890").status, 422);
        QCOMPARE(change("demo-stanza", "anna.anna!").status, 204);
        QCOMPARE(office.ask("GET", "accesso", here).status, 200);
        QCOMPARE(office.ask("GET", "accesso", elsewhere).status, 401);
        QCOMPARE(office.ask("PUT", "accesso/password", "", {{"password", "x"}, {"nuova", "y"}}).status, 401);
        // Whoever found the desk open does not guess on.
        int refused = 0;
        for (int i = 0; i < 30; ++i)
            refused += change("sbagliata-davvero", "una frase lunga").status == 429 ? 1 : 0;
        QVERIFY(refused >= 19);
    }

    void theAppIsToldHowLongToWait()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        Answer last;
        for (int i = 0; i < 11; ++i)
            last = office.login("anna", "sbagliata-davvero");
        QCOMPARE(last.status, 429);
        QCOMPARE(q(last.headers["Retry-After"]), q("2"));
    }
};

QTEST_GUILESS_MAIN(TestCredenziali)
#include "test_credenziali.moc"
