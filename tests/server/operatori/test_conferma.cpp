#include "server/store/attivita.h"
#include "tests/server/operatori/office.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::Answer;
using tests::bodyOf;
using tests::conto;
using tests::execute;
using tests::makeOperatore;
using tests::Office;
using tests::q;

namespace {

struct Act
{
    const char* method;
    std::string path;
    json body = json::object();
};

/// What gives an account away: each of these on an account that it would change.
std::vector<Act> dangerousActs(Office& office)
{
    Operatore spenta = makeOperatore("spenta");
    spenta.attivo = false;
    spenta.tuttiServizi = false;
    spenta = office.addOperatore(spenta);
    office.enrol(office.token("anna"));
    json email = bodyOf(office.anna);
    email["email"] = "ladro@esempio.it";
    json ruolo = bodyOf(office.anna);
    ruolo["ruolo"] = "amministratore";
    json servizi = bodyOf(spenta);
    servizi["tutti_servizi"] = true;
    const std::string anna = "operatori/" + office.anna.id.text();
    const std::string other = "operatori/" + spenta.id.text();
    return {{"POST", "operatori", conto("complice")},
            {"PUT", anna, email},
            {"PUT", anna, ruolo},
            {"PUT", other, servizi},
            {"POST", anna + "/invito"},
            {"POST", other + "/riabilitazione"},
            {"DELETE", anna + "/secondo-fattore"}};
}

/// None, another session's of the same person, and those that one makes oneself.
std::vector<std::string> wrongKeys(Office& office)
{
    const std::string another = office.chiavi[office.confirmedToken("capo")];
    const std::string tail = another.substr(another.find('.'));
    const std::string late = std::to_string(office.now().time_since_epoch().count() + 200);
    return {
        "", another, late + tail, late + ".", late, ".", std::string(5000, '9'), "-1" + tail, "99999999999999999999.a"};
}

/// All that is kept of the accounts, as one text.
std::string accounts(store::Database& database)
{
    std::string all;
    std::string row;
    store::Sql sql(database,
                   "SELECT id || ' ' || username || ' ' || email || ' ' || amministratore || ' ' || attivo || "
                   "' ' || tutti_servizi || ' ' || password FROM operatori ORDER BY id");
    sql.into(row);
    while (sql.next())
        all += row + "\n";
    return all + std::to_string(tests::numberOf(database, "SELECT COUNT(*) FROM abilitazioni")) + " " +
           std::to_string(tests::numberOf(database, "SELECT COUNT(*) FROM secondi_fattori WHERE attivo = 1")) + " " +
           std::to_string(tests::numberOf(database, "SELECT COUNT(*) FROM nuove_password"));
}

}

class TestConferma : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // Who holds a token, and no password, can only take access away.
    void aStolenTokenAloneGivesNobodysAccountAway()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::vector<Act> acts = dangerousActs(office);
        const std::string stolen = office.token("capo");
        const std::string before = accounts(office.database());
        for (const std::string& chiave : wrongKeys(office)) {
            office.chiavi[stolen] = chiave;
            for (const auto& [method, path, body] : acts) {
                const Answer answer = office.ask(method, path, stolen, body);
                QVERIFY2(answer.status == 403 && answer.body.value("serve_conferma", false), path.c_str());
            }
        }
        QCOMPARE(q(accounts(office.database())), q(before));
        office.runAll();
        QCOMPARE(office.posta.mails.size(), std::size_t{0});
        // The same acts with the key of this very session.
        office.confirm(stolen);
        for (const auto& [method, path, body] : acts)
            QVERIFY2(office.ask(method, path, stolen, body).status < 300, path.c_str());
    }

    void takingAccessAwayIsNeverHeldUp()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.confirmedToken("capo");
        const std::string path = "operatori/" + office.anna.id.text();
        json more = bodyOf(office.anna);
        more["ruolo"] = "amministratore";
        QCOMPARE(office.ask("PUT", path, capo, more).status, 200);
        office.chiavi.clear();
        json less = bodyOf(office.anna);
        less["tutti_servizi"] = false;
        less["servizi"] = {"permesso-prova"};
        QCOMPARE(office.ask("PUT", path, capo, less).status, 200);
        less["servizi"] = json::array();
        QCOMPARE(office.ask("PUT", path, capo, less).status, 200);
        less["servizi"] = {"permesso-prova"};
        QCOMPARE(office.ask("PUT", path, capo, less).status, 403);
        // A name stands in mails that anybody may ask for: it is a place for words of a stranger's.
        less["servizi"] = json::array();
        less["nome"] = "Anna, apri http://male.example";
        QCOMPARE(office.ask("PUT", path, capo, less).status, 403);
        QCOMPARE(office.ask("POST", path + "/disabilitazione", capo).status, 204);
    }

    void aConfirmationIsOfOneSessionAndLastsFiveMinutes()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.confirmedToken("capo");
        const std::string invite = "operatori/" + office.anna.id.text() + "/invito";
        office.advance(4min + 59s);
        QCOMPARE(office.ask("POST", invite, capo).status, 204);
        office.advance(1s);
        QCOMPARE(office.ask("POST", invite, capo).status, 403);
        // Another administrator's is as good as none.
        execute(office.database(), "UPDATE operatori SET amministratore = 1 WHERE username = 'anna'");
        const std::string anna = office.confirmedToken("anna");
        office.chiavi[capo] = office.chiavi[anna];
        QCOMPARE(office.ask("POST", invite, capo).status, 403);
        office.confirm(capo);
        office.ask("DELETE", "accesso", capo);
        QCOMPARE(office.ask("POST", invite, capo).status, 401);
        QVERIFY(!store::firstBreak(office.database(), store::kCatenaAttivita));
    }

    void whoGuessesInTheNameOfATokenIsSlowedAsAtTheLogin()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string stolen = office.token("capo");
        int made = 0;
        Answer last;
        for (int i = 0; i < 40; ++i) {
            last = office.confirm(stolen, {{"password", "sbagliata-" + std::to_string(i)}}, "203.0.113.9");
            made += last.status == 403 ? 1 : 0;
            QVERIFY(last.status == 403 || last.status == 429);
        }
        QVERIFY2(made <= 10, qPrintable(QString::number(made)));
        QCOMPARE(q(last.headers["Retry-After"]), q("2"));
        // Even the right one waits there, here and at the login; its owner, elsewhere, does not.
        QCOMPARE(office.confirm(stolen, {{"password", "demo-stanza"}}, "203.0.113.9").status, 429);
        const json right{{"username", "capo"}, {"password", "demo-stanza"}};
        QCOMPARE(office.ask("POST", "accesso", "", right, "203.0.113.9").status, 429);
        QCOMPARE(office
                     .ask("PUT", "accesso/password", stolen,
                          {{"password", "demo-stanza"}, {"nuova", "una frase lunga"}}, "203.0.113.9")
                     .status,
                 429);
        QCOMPARE(office.login("capo").status, 201);
        QCOMPARE(office.confirm(stolen, json::object()).status, 403);
        QCOMPARE(office.confirm(stolen, {{"password", std::string(100000, 'x')}}).status, 403);
        QCOMPARE(office.confirm(stolen, {{"password", 7}}).status, 422);
        QCOMPARE(office.confirm("", {{"password", "demo-stanza"}}).status, 401);
    }

    void whereASecondFactorIsActiveItConfirmsToo()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.token("capo");
        const std::string secret = office.enrol(capo);
        office.advance(1min);
        const Answer asked = office.confirm(capo);
        QCOMPARE(asked.status, 403);
        QVERIFY(asked.body.at("serve_codice") == true);
        QVERIFY(!office.confirm(capo, {{"password", "sbagliata-davvero"}}).body.contains("serve_codice"));
        const Answer wrong = office.confirm(capo, {{"password", "demo-stanza"}, {"codice", "000000"}});
        QCOMPARE(wrong.status, 403);
        QCOMPARE(q(wrong.body.at("detail").get<std::string>()), q("La password o il codice non sono corretti."));
        const json right{{"password", "demo-stanza"}, {"codice", office.codeNow(secret)}};
        QCOMPARE(office.confirm(capo, right).status, 201);
        QCOMPARE(office.ask("POST", "operatori/" + office.anna.id.text() + "/invito", capo).status, 204);
        QCOMPARE(office.confirm(capo, right).status, 403);
    }
};

QTEST_GUILESS_MAIN(TestConferma)
#include "test_conferma.moc"
