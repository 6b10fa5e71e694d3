#include "tests/server/operatori/office.h"
#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::Answer;
using tests::fromBase32;
using tests::Office;
using tests::q;
using tests::textIn;

class TestSecondoFattore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void aSecondFactorIsAskedForAndEachCodeTakenOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string token = office.token("anna");
        QCOMPARE(office.ask("POST", "accesso/secondo-fattore", token, {{"password", "sbagliata-davvero"}}).status, 403);
        const Answer begun = office.ask("POST", "accesso/secondo-fattore", token, {{"password", "demo-stanza"}});
        QCOMPARE(begun.status, 201);
        const std::string segreto = begun.body.at("segreto");
        QVERIFY(begun.body.at("uri").get<std::string>().starts_with("otpauth://totp/"));
        const std::string secret = fromBase32(segreto);
        QCOMPARE(secret.size(), std::size_t{20});
        QVERIFY(textIn(office.database(), "SELECT sigillo FROM secondi_fattori").find(secret) == std::string::npos);
        // Not asked for before the first code.
        QCOMPARE(office.login("anna").status, 201);
        const auto confirm = [&](const std::string& code) {
            return office.ask("POST", "accesso/secondo-fattore/conferma", token, {{"codice", code}});
        };
        QCOMPARE(confirm("000000").status, 422);
        const Answer confirmed = confirm(office.codeNow(secret));
        QCOMPARE(confirmed.status, 200);
        const json codici = confirmed.body.at("codici");
        QCOMPARE(codici.size(), std::size_t{10});
        QCOMPARE(confirm(office.codeNow(secret, 1)).status, 409);
        QCOMPARE(office
                     .ask("POST", "accesso/secondo-fattore", token,
                          {{"password", "demo-stanza"}, {"codice", office.codeNow(secret, 1)}})
                     .status,
                 409);

        const Answer asked = office.login("anna");
        QCOMPARE(asked.status, 401);
        QVERIFY(asked.body.at("serve_codice") == true);
        QVERIFY(!office.login("anna", "sbagliata-davvero").body.contains("serve_codice"));
        office.advance(60s);
        const std::string code = office.codeNow(secret);
        QCOMPARE(office.login("anna", "demo-stanza", code).status, 201);
        QCOMPARE(office.login("anna", "demo-stanza", code).status, 401);
        QCOMPARE(office.login("anna", "demo-stanza", office.codeNow(secret, -1)).status, 401);
        // Typed as it was printed, and used up.
        const std::string recupero = codici.at(0);
        QCOMPARE(office.login("anna", "demo-stanza", recupero).status, 201);
        QCOMPARE(office.login("anna", "demo-stanza", recupero).status, 401);
        const Answer mio = office.ask("GET", "accesso/mio", token);
        QVERIFY(mio.body.at("secondo_fattore") == true);
        QCOMPARE(mio.body.at("codici_rimasti").get<int>(), 9);
        QVERIFY(mio.body.at("altre_sessioni") >= 2);
    }

    // Right passwords must not wipe out the count of wrong codes.
    void codesAreNotGuessedByWhoKnowsThePassword()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string token = office.token("anna");
        const std::string secret = fromBase32(
            office.ask("POST", "accesso/secondo-fattore", token, {{"password", "demo-stanza"}}).body.at("segreto"));
        office.ask("POST", "accesso/secondo-fattore/conferma", token, {{"codice", office.codeNow(secret)}});
        int made = 0;
        for (int i = 0; i < 40; ++i) {
            office.login("anna");
            made += office.login("anna", "demo-stanza", "999999").status == 401 ? 1 : 0;
        }
        QVERIFY2(made <= 10, qPrintable(QString::number(made)));
    }

    void aResetLeavesTheSecondFactorAndOnlyItsOwnerOrAnAdministratorTakesItAway()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto enrol = [&] {
            const std::string token = office.token("anna");
            const std::string secret = fromBase32(
                office.ask("POST", "accesso/secondo-fattore", token, {{"password", "demo-stanza"}}).body.at("segreto"));
            office.ask("POST", "accesso/secondo-fattore/conferma", token, {{"codice", office.codeNow(secret)}});
            return std::pair{token, secret};
        };
        const auto [token, secret] = enrol();
        const auto drop = [&](const json& body) {
            return office.ask("POST", "accesso/secondo-fattore/disattivazione", token, body);
        };
        const Answer without = drop({{"password", "demo-stanza"}});
        QCOMPARE(without.status, 403);
        QVERIFY(without.body.at("serve_codice") == true);
        office.advance(1min);
        QCOMPARE(drop({{"password", "demo-stanza"}, {"codice", office.codeNow(secret)}}).status, 204);
        QCOMPARE(office.login("anna").status, 201);

        enrol();
        office.post("password-dimenticata", {{"username", "anna"}});
        QCOMPARE(office.reset(office.codeInMail(), "una frase lunga").status, 303);
        QVERIFY(office.login("anna", "una frase lunga").body.at("serve_codice") == true);
        const std::string capo = office.confirmedToken("capo");
        const std::string path = "operatori/" + office.anna.id.text() + "/secondo-fattore";
        QCOMPARE(office.ask("DELETE", path, capo).status, 204);
        QCOMPARE(office.ask("DELETE", path, capo).status, 409);
        QCOMPARE(office.login("anna", "una frase lunga").status, 201);
    }

    // The desk may have been open.
    void whoTakesTheirOwnSecondFactorAwayHearsOfItToo()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.token("capo");
        const std::string secret = office.enrol(capo);
        office.advance(1min);
        office.ask("POST", "accesso/secondo-fattore/disattivazione", capo,
                   {{"password", "demo-stanza"}, {"codice", office.codeNow(secret)}});
        office.runAll();
        QCOMPARE(q(office.posta.mails.back().a.indirizzo), q("capo@comune.esempio.it"));
        QCOMPARE(q(office.posta.mails.back().oggetto), q("Il secondo fattore è stato disattivato"));
    }
};

QTEST_GUILESS_MAIN(TestSecondoFattore)
#include "test_secondo_fattore.moc"
