#include "server/gateways/mail.h"
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
using tests::numberOf;
using tests::Office;
using tests::q;

namespace {

/// Told where it should be, and of nobody's secrets or address.
void checkNotice(const gateways::Mail& mail, const char* to, const char* subject)
{
    QCOMPARE(q(mail.a.indirizzo), q(to));
    QCOMPARE(q(mail.oggetto), q(subject));
    for (const std::string& text : {mail.testo, mail.html}) {
        QVERIFY2(text.find("Se non lo sapevi, avvisa subito chi amministra") != std::string::npos, text.c_str());
        QVERIFY(text.find("codice=") == std::string::npos);
        QVERIFY(text.find("nuova@") == std::string::npos && text.find("anna@") == std::string::npos);
    }
}

}

class TestConti : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void aColleagueIsNotFloodedWithInvitations()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.confirmedToken("capo");
        const std::string invite = "operatori/" + office.anna.id.text() + "/invito";
        for (int i = 0; i < 3; ++i)
            QCOMPARE(office.ask("POST", invite, capo).status, 204);
        QCOMPARE(office.ask("POST", invite, capo).status, 409);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM jobs"), 3LL);
        office.advance(1h + 1s);
        QCOMPARE(office.ask("POST", invite, office.confirmedToken("capo")).status, 204);
    }

    void administratorsAddAccountsWhosePasswordOnlyTheirOwnerKnows()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.confirmedToken("capo");
        const Answer added = office.ask("POST", "operatori", capo, conto("carla"));
        QCOMPARE(added.status, 201);
        QVERIFY(!added.body.contains("password"));
        QCOMPARE(office.ask("POST", "operatori", capo, conto("carla")).status, 422);
        for (const char* guess : {"", "demo-stanza", "null"})
            QCOMPARE(office.login("carla", guess).status, 401);
        const std::string codice = office.codeInMail();
        QCOMPARE(q(office.posta.mails.back().a.indirizzo), q("carla@comune.esempio.it"));
        office.advance(48h);
        QCOMPARE(office.reset(codice, "una frase lunga").status, 303);
        const Answer in = office.login("carla", "una frase lunga");
        QCOMPARE(in.status, 201);
        json changed = conto("altra");
        changed["cognome"] = "Bianchi";
        changed["tutti_servizi"] = true;
        const std::string id = added.body.at("id");
        const Answer after = office.ask("PUT", "operatori/" + id, office.confirmedToken("capo"), changed);
        QCOMPARE(after.status, 200);
        QCOMPARE(q(after.body.at("username").get<std::string>()), q("carla"));
        QVERIFY(after.body.at("servizi").empty());
        QCOMPARE(office.ask("GET", "operatori", office.token("capo")).body.at("operatori").size(), std::size_t{3});
    }

    void whatAnAdministratorTypesIsChecked()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.token("capo");
        const std::pair<const char*, json> wrong[] = {{"username", "Maiuscola"},
                                                      {"username", "ab"},
                                                      {"username", std::string(61, 'a')},
                                                      {"nome", ""},
                                                      {"cognome", std::string(101, 'x')},
                                                      {"email", "non-un-indirizzo"},
                                                      {"email", "a@b.it\r\nBcc: c@d.it"},
                                                      {"servizi", {"servizio-inventato"}},
                                                      {"ruolo", "re"},
                                                      {"nome", 7},
                                                      {"tutti_servizi", "si"}};
        for (const auto& [field, value] : wrong) {
            json body = conto("carla");
            body[field] = value;
            QVERIFY2(office.ask("POST", "operatori", capo, body).status == 422, field);
        }
        QCOMPARE(office.ask("PUT", "operatori/nessuno", capo, conto("carla")).status, 404);
        QCOMPARE(office.ask("POST", "operatori/nessuno/invito", capo).status, 404);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM operatori"), 2LL);
    }

    void operatorsWhoAreNoAdministratorsAreTurnedAway()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string anna = office.token("anna");
        const std::string id = office.capo.id.text();
        const std::pair<const char*, std::string> doors[] = {{"GET", "operatori"},
                                                             {"POST", "operatori"},
                                                             {"PUT", "operatori/" + id},
                                                             {"POST", "operatori/" + id + "/disabilitazione"},
                                                             {"POST", "operatori/" + id + "/riabilitazione"},
                                                             {"POST", "operatori/" + id + "/invito"},
                                                             {"DELETE", "operatori/" + id + "/secondo-fattore"}};
        for (const auto& [method, path] : doors) {
            QCOMPARE(office.ask(method, path, anna, conto("carla")).status, 403);
            QCOMPARE(office.ask(method, path, "", conto("carla")).status, 401);
        }
        office.runAll();
        QCOMPARE(office.posta.mails.size(), std::size_t{0});
    }

    void aDisabledAccountLosesItsAccessAtOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string anna = office.token("anna");
        const std::string capo = office.confirmedToken("capo");
        const std::string path = "operatori/" + office.anna.id.text();
        office.post("password-dimenticata", {{"username", "anna"}});
        const std::string codice = office.codeInMail();
        QCOMPARE(office.ask("POST", path + "/disabilitazione", capo).status, 204);
        QCOMPARE(office.ask("GET", "accesso", anna).status, 401);
        QCOMPARE(office.reset(codice, "una frase lunga").status, 410);
        QCOMPARE(office.login("anna").status, 401);
        QCOMPARE(office.ask("POST", path + "/invito", capo).status, 409);
        QCOMPARE(office.ask("POST", path + "/riabilitazione", capo).status, 204);
        // What was open before stays shut.
        QCOMPARE(office.ask("GET", "accesso", anna).status, 401);
        QCOMPARE(office.reset(codice, "una frase lunga").status, 410);
        QCOMPARE(office.login("anna").status, 201);
    }

    void somebodyIsAlwaysLeftToAdminister()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const std::string capo = office.confirmedToken("capo");
        const auto body = [](const Operatore& o, const char* ruolo) {
            return json{{"nome", o.nome},
                        {"cognome", o.cognome},
                        {"email", o.email},
                        {"ruolo", ruolo},
                        {"tutti_servizi", true}};
        };
        const std::string self = "operatori/" + office.capo.id.text();
        QCOMPARE(office.ask("PUT", self, capo, body(office.capo, "operatore")).status, 409);
        QCOMPARE(office.ask("POST", self + "/disabilitazione", capo).status, 409);
        QCOMPARE(office.ask("DELETE", self + "/secondo-fattore", capo).status, 409);
        // Two administrators who remove each other at the same moment: one of them stays.
        const std::string other = "operatori/" + office.anna.id.text();
        QCOMPARE(office.ask("PUT", other, capo, body(office.anna, "amministratore")).status, 200);
        const std::string anna = office.token("anna");
        tests::inThreads(2, [&](int thread) {
            if (thread == 0)
                office.ask("PUT", other, capo, body(office.anna, "operatore"));
            else
                office.ask("POST", self + "/disabilitazione", anna);
        });
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM operatori WHERE amministratore = 1 AND attivo = 1"),
                 1LL);
        QVERIFY(!store::firstBreak(office.database(), store::kCatenaAttivita));
    }

    void ownersHearOfWhatIsChangedOfTheirAccount()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.enrol(office.token("anna"));
        const std::string capo = office.confirmedToken("capo");
        const std::string path = "operatori/" + office.anna.id.text();
        json changed = bodyOf(office.anna);
        changed["email"] = "nuova@comune.esempio.it";
        QCOMPARE(office.ask("PUT", path, capo, changed).status, 200);
        office.runAll();
        changed["ruolo"] = "amministratore";
        QCOMPARE(office.ask("PUT", path, capo, changed).status, 200);
        office.runAll();
        QCOMPARE(office.ask("DELETE", path + "/secondo-fattore", capo).status, 204);
        office.runAll();
        QCOMPARE(office.ask("POST", path + "/disabilitazione", capo).status, 204);
        QCOMPARE(office.ask("POST", path + "/riabilitazione", capo).status, 204);
        QCOMPARE(office.ask("POST", path + "/riabilitazione", capo).status, 204);
        office.runAll();
        changed["ruolo"] = "operatore";
        QCOMPARE(office.ask("PUT", path, capo, changed).status, 200);
        office.runAll();
        const std::pair<const char*, const char*> expected[] = {
            {"anna@comune.esempio.it", "L'indirizzo email del tuo accesso è stato cambiato"},
            {"nuova@comune.esempio.it", "L'indirizzo email del tuo accesso è stato cambiato"},
            {"nuova@comune.esempio.it", "Il ruolo del tuo accesso è stato cambiato"},
            {"nuova@comune.esempio.it", "Il secondo fattore è stato disattivato"},
            {"nuova@comune.esempio.it", "Il tuo accesso è di nuovo abilitato"},
            {"nuova@comune.esempio.it", "Il ruolo del tuo accesso è stato cambiato"}};
        QCOMPARE(office.posta.mails.size(), std::size(expected));
        for (std::size_t i = 0; i < std::size(expected); ++i)
            checkNotice(office.posta.mails[i], expected[i].first, expected[i].second);
        QVERIFY(office.posta.mails[2].testo.find("ora è amministratore") != std::string::npos);
        QVERIFY(office.posta.mails[5].testo.find("ora è operatore") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestConti)
#include "test_conti.moc"
