#include "core/api/pratica_json.h"
#include "server/gateways/mail.h"
#include "server/http/routes.h"
#include "server/secrets/totp.h"
#include "server/store/attivita.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/workshop.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <atomic>

using namespace sdc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::makeOperatore;
using tests::numberOf;
using tests::q;
using tests::Workshop;

namespace {

struct Answer
{
    int status = 0;
    json body;
    std::string text;
    std::map<std::string, std::string> headers;
};

/// The bytes of a secret as people are shown it.
std::string fromBase32(const std::string& text)
{
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        bits = (bits << 5U) | static_cast<unsigned>(alphabet.find(c));
        held += 5;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> static_cast<unsigned>(held)) & 255U);
        }
    }
    return bytes;
}

/// Programs, browsers and mailboxes around a server without sockets.
struct Office : Workshop
{
    explicit Office(const QString& database) : Workshop(database), anna(addOperatore(makeOperatore("anna")))
    {
        Operatore one = makeOperatore("capo");
        one.ruolo = Ruolo::Amministratore;
        capo = addOperatore(one);
    }

    Answer send(http::Request request, const std::string& rete)
    {
        request.address = rete;
        request.headers["host"] = "x";
        Context context = World::context();
        context.room = nullptr;
        http::NoBody body;
        const http::Response response = http::respond(http::routes(), request, context, body);
        Answer answer;
        answer.status = response.status;
        if (const auto* text = http::textOf(response))
            answer.text = *text;
        answer.body = json::parse(answer.text, nullptr, false);
        for (const auto& [name, value] : response.headers)
            answer.headers[name] = value;
        return answer;
    }

    Answer ask(const char* method, const std::string& path, const std::string& token, const json& body = json::object(),
               const std::string& rete = "192.0.2.1")
    {
        http::Request request;
        request.method = method;
        request.path = "/prova/api/operatori/v1/" + path;
        request.body = body.dump();
        if (!token.empty())
            request.headers["authorization"] = "Bearer " + token;
        if (chiavi.contains(token))
            request.headers["stanza-conferma"] = chiavi[token];
        return send(std::move(request), rete);
    }

    Answer login(const std::string& username, const std::string& password = "demo-stanza",
                 const std::string& codice = "")
    {
        json body{{"username", username}, {"password", password}};
        if (!codice.empty())
            body["codice"] = codice;
        return ask("POST", "accesso", "", body);
    }
    /// What is typed to confirm: the key that comes back goes with all that this session asks from then on.
    Answer confirm(const std::string& token, const json& typed = {{"password", "demo-stanza"}},
                   const std::string& rete = "192.0.2.1")
    {
        Answer answer = ask("POST", "accesso/conferma", token, typed, rete);
        if (answer.status == 201)
            chiavi[token] = answer.body.at("chiave");
        return answer;
    }
    /// A session that has confirmed.
    std::string confirmedToken(const std::string& username)
    {
        std::string opened = token(username);
        confirm(opened);
        return opened;
    }
    /// Turns a second factor on; its secret.
    std::string enrol(const std::string& token)
    {
        const Answer begun = ask("POST", "accesso/secondo-fattore", token, {{"password", "demo-stanza"}});
        std::string secret = fromBase32(begun.body.at("segreto"));
        ask("POST", "accesso/secondo-fattore/conferma", token, {{"codice", codeNow(secret)}});
        return secret;
    }
    std::string token(const std::string& username) { return login(username).body.at("token"); }

    Answer page(const std::string& path, const http::Fields& query = {})
    {
        http::Request request;
        request.method = "GET";
        request.path = "/prova/" + path;
        request.query = query;
        return send(std::move(request), "192.0.2.1");
    }
    Answer post(const std::string& path, const http::Fields& form, const std::string& rete = "192.0.2.1")
    {
        http::Request request;
        request.method = "POST";
        request.path = "/prova/" + path;
        request.form = form;
        return send(std::move(request), rete);
    }

    /// The code in the last mail; empty where it brings none.
    std::string codeInMail()
    {
        runAll();
        if (posta.mails.empty())
            return {};
        const std::string& text = posta.mails.back().testo;
        const auto at = text.find("?codice=");
        return at == std::string::npos ? "" : text.substr(at + 8, text.find_first_of(" \n\r", at) - at - 8);
    }
    Answer reset(const std::string& codice, const std::string& password)
    {
        return post("nuova-password", {{"codice", codice}, {"password", password}, {"ripetuta", password}});
    }

    std::string codeNow(const std::string& secret, int steps = 0) const
    {
        const auto step = now().time_since_epoch().count() / 30 + steps;
        return secrets::hotp(secret, static_cast<std::uint64_t>(step));
    }

    Operatore anna;
    Operatore capo;
    std::map<std::string, std::string> chiavi;
};

std::string textIn(store::Reader& reader, const char* query)
{
    std::string text;
    store::Sql(reader, query).into(text).next();
    return text;
}

void execute(store::Database& database, const char* statement)
{
    store::Transaction transaction(database);
    store::Sql(transaction, statement).run();
    transaction.commit();
}

json conto(const std::string& username)
{
    return {{"username", username},
            {"nome", "Carla"},
            {"cognome", "Neri"},
            {"email", "carla@comune.esempio.it"},
            {"ruolo", "operatore"},
            {"tutti_servizi", false},
            {"servizi", {"permesso-prova"}}};
}

/// The account as it is, to be changed.
json bodyOf(const Operatore& o)
{
    return {{"nome", o.nome},
            {"cognome", o.cognome},
            {"email", o.email},
            {"ruolo", o.ruolo == Ruolo::Amministratore ? "amministratore" : "operatore"},
            {"tutti_servizi", o.tuttiServizi},
            {"servizi", o.servizi}};
}

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

class TestConti : public QObject
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

QTEST_GUILESS_MAIN(TestConti)
#include "test_conti.moc"
