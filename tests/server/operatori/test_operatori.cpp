#include "core/api/pratica_json.h"
#include "server/http/routes.h"
#include "server/store/files.h"
#include "server/store/ids.h"
#include "server/store/pratiche.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::q;
using tests::World;

namespace {

struct Answer
{
    int status = 0;
    json body;
    http::Response response;
};

/// The operator API as its clients see it, without sockets.
struct Api : World
{
    explicit Api(const QString& database)
        : World(database),
          mario(addCittadino(makeCittadino())),
          anna(addOperatore(makeOperatore("anna"))),
          altra(addOperatore(makeOperatore("altra", {"altro-servizio"})))
    {
    }

    Answer ask(const char* method, const std::string& path, const std::string& token, http::Request request = {})
    {
        request.method = method;
        request.path = "/prova/api/operatori/v1/" + path;
        request.headers["host"] = "x";
        if (!token.empty())
            request.headers["authorization"] = "Bearer " + token;
        return send(std::move(request));
    }

    Answer send(http::Request request)
    {
        Context context = World::context();
        context.room = nullptr;
        http::NoBody body;
        Answer answer;
        answer.response = http::respond(http::routes(), request, context, body);
        answer.status = answer.response.status;
        if (const auto* text = std::get_if<std::string>(&answer.response.body))
            answer.body = json::parse(*text, nullptr, false);
        return answer;
    }

    Answer login(const std::string& username, const std::string& password)
    {
        http::Request request;
        request.body = json{{"username", username}, {"password", password}}.dump();
        return ask("POST", "accesso", "", std::move(request));
    }
    std::string token(const std::string& username) { return login(username, "demo-stanza").body.at("token"); }

    Answer list(const std::string& token, http::Fields query)
    {
        http::Request request;
        request.query = std::move(query);
        return ask("GET", "pratiche", token, std::move(request));
    }

    Answer decide(const std::string& token, const Id<Pratica>& id, http::Fields form)
    {
        http::Request request;
        request.form = std::move(form);
        return ask("POST", "pratiche/" + id.text() + "/esito", token, std::move(request));
    }

    Cittadino mario;
    Operatore anna;
    Operatore altra;
};

}

class TestOperatori : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void onlyTheRightPasswordOpensASession()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const Answer right = api.login("anna", "demo-stanza");
        QCOMPARE(right.status, 201);
        const std::string token = right.body.at("token");
        QVERIFY(token.size() >= 32);
        const Answer me = api.ask("GET", "accesso", token);
        QCOMPARE(me.status, 200);
        QCOMPARE(q(me.body.at("operatore").at("username").get<std::string>()), q("anna"));
        QVERIFY(!me.body.contains("token") || me.body.at("token").is_null());
        QCOMPARE(api.login("anna", "sbagliata").status, 401);
        QCOMPARE(api.login("nessuno", "demo-stanza").status, 401);
        QCOMPARE(tests::numberOf(api.database(), "SELECT COUNT(*) FROM sessioni"), 1LL);
    }

    void aLoginThatIsNotOneIsRefused()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        for (const char* body : {"", "{", "[]", "null", "{}", R"({"username":"anna"})",
                                 R"({"username":1,"password":2})", R"({"username":"anna","password":null})"})
        {
            http::Request request;
            request.body = body;
            QVERIFY2(api.ask("POST", "accesso", "", std::move(request)).status == 422, body);
        }
    }

    void tooManyTriesFromOneAddressMustWait()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        api.config().accessiPerMinuto = 3;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(api.login("anna", "sbagliata").status, 401);
        QCOMPARE(api.login("anna", "demo-stanza").status, 429);
        api.advance(61s);
        QCOMPARE(api.login("anna", "demo-stanza").status, 201);
    }

    void everythingElseAsksForASession()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        for (const char* path : {"accesso", "pratiche", "pratiche/x", "protocollo", "metriche", "eventi",
                                 "pratiche/x/documenti/y", "pratiche/x/allegati/y"})
        {
            QVERIFY2(api.ask("GET", path, "").status == 401, path);
            QVERIFY2(api.ask("GET", path, "inventato").status == 401, path);
        }
        for (const char* path : {"pratiche/x/presa-in-carico", "pratiche/x/rilascio", "pratiche/x/esito"})
            QVERIFY2(api.ask("POST", path, "").status == 401, path);
        for (const char* method : {"PUT", "DELETE"})
            QVERIFY2(api.ask(method, "pratiche/x/bozza-esito", "").status == 401, method);
    }

    void anUnfinishedOutcomeComesBackToItsOperatorAlone()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string token = api.token("anna");
        const std::string base = "pratiche/" + api.makeProtocollata(api.mario).text();
        const auto put = [&](const std::string& body) {
            http::Request request;
            request.body = body;
            return api.ask("PUT", base + "/bozza-esito", token, std::move(request)).status;
        };
        const char* const written = R"({"esito":"rigetta","motivazione":"A metà","passo":1})";
        QCOMPARE(put(written), 403);
        QVERIFY(api.ask("POST", base + "/presa-in-carico", token).body.at("bozza").is_null());
        QCOMPARE(put(written), 200);
        const json bozza = api.ask("GET", base, token).body.at("bozza");
        QCOMPARE(q(bozza.at("esito").get<std::string>()), q("rigetta"));
        QCOMPARE(q(bozza.at("motivazione").get<std::string>()), q("A metà"));
        QCOMPARE(bozza.at("passo").get<int>(), 1);
        QVERIFY(bozza.at("salvata").is_string());
        api.addOperatore(makeOperatore("bruno"));
        QVERIFY(api.ask("GET", base, api.token("bruno")).body.at("bozza").is_null());
        for (const char* body : {"", "[]", R"({"esito":"rigetta"})", R"({"esito":1,"motivazione":"","passo":1})",
                                 R"({"esito":"","motivazione":"","passo":9999999999})"})
            QVERIFY2(put(body) == 422, body);
        QCOMPARE(api.ask("DELETE", base + "/bozza-esito", token).status, 204);
        QVERIFY(api.ask("GET", base, token).body.at("bozza").is_null());
    }

    void aSessionEndsWithLogoutWithTimeAndWithTheAccount()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string first = api.token("anna");
        QCOMPARE(api.ask("DELETE", "accesso", first).status, 204);
        QCOMPARE(api.ask("GET", "pratiche", first).status, 401);
        const std::string second = api.token("anna");
        const std::string third = api.token("altra");
        {
            store::Transaction transaction(api.database());
            store::Sql(transaction, "UPDATE operatori SET attivo = 0 WHERE username = 'altra'").run();
            transaction.commit();
        }
        QCOMPARE(api.ask("GET", "pratiche", third).status, 401);
        QCOMPARE(api.login("altra", "demo-stanza").status, 401);
        QCOMPARE(api.ask("GET", "pratiche", second).status, 200);
        api.advance(std::chrono::seconds{api.config().durataSessioneOperatore} + 1s);
        QCOMPARE(api.ask("GET", "pratiche", second).status, 401);
    }

    // E1.
    void aTokenOfOneEnteOpensNoOther()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        api.addEnte("altro");
        http::Request request;
        request.method = "GET";
        request.path = "/altro/api/operatori/v1/pratiche";
        request.headers["authorization"] = "Bearer " + api.token("anna");
        QCOMPARE(api.send(std::move(request)).status, 401);
    }

    void theListShowsTheRowsTheirCountsAndTheWayOn()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string token = api.token("anna");
        std::vector<Id<Pratica>> all;
        for (int i = 0; i < 3; ++i) {
            all.push_back(api.makeProtocollata(api.mario));
            api.advance(1min);
        }
        api.makeBozza(api.mario);
        const auto first = api.list(token, {{"elenco", "assegnare"}, {"limite", "2"}, {"ordina", "data"}})
                               .body.get<sdc::api::ElencoPratiche>();
        QCOMPARE(first.totale, std::int64_t{3});
        QCOMPARE(first.conteggi.tutte, std::int64_t{3});
        QCOMPARE(first.conteggi.gestire, std::int64_t{0});
        QCOMPARE(first.righe.size(), std::size_t{2});
        QVERIFY(first.righe[0].id == all[0] && first.righe[1].id == all[1]);
        QCOMPARE(q(first.righe[0].richiedente), q("Rossi Mario"));
        QVERIFY(first.righe[0].prendibile && !first.righe[0].mia);
        const auto next =
            api.list(token,
                     {{"elenco", "assegnare"}, {"limite", "2"}, {"ordina", "data"}, {"dopo", first.dopo.value()}})
                .body.get<sdc::api::ElencoPratiche>();
        QCOMPARE(next.righe.size(), std::size_t{1});
        QVERIFY(next.righe[0].id == all[2]);
        const auto none = api.list(api.token("altra"), {}).body.get<sdc::api::ElencoPratiche>();
        QCOMPARE(none.totale, std::int64_t{0});
        QVERIFY(none.righe.empty());
        QCOMPARE(api.list(token, {{"cerca", "rossi"}}).body.at("totale").get<int>(), 3);
        // As many, whether one window shows them all or not.
        for (const auto& [limite, da] :
             {std::pair{"2", "0"}, std::pair{"3", "0"}, std::pair{"4", "0"}, std::pair{"100", "2"}})
            QCOMPARE(api.list(token, {{"cerca", "rossi"}, {"limite", limite}, {"da", da}}).body.at("totale").get<int>(),
                     3);
        QCOMPARE(api.list(token, {{"cerca", "nessuno"}}).body.at("totale").get<int>(), 0);
    }

    void badParametersAreToldAndBreakNothing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const QString& value) {
            QTest::newRow(qPrintable(QString(name) + "=" + value.left(20))) << name << value;
        };
        row("elenco", "altre");
        row("elenco", "' OR 1=1 --");
        row("ordina", "password");
        row("ordina", "data; DROP TABLE pratiche");
        row("limite", "201");
        row("limite", "-1");
        row("limite", "due");
        row("limite", "99999999999999999999");
        row("da", "-5");
        row("da", "1e3");
        row("dopo", "senza-segno");
        row("cerca", QString(201, 'a'));
    }
    void badParametersAreToldAndBreakNothing()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QString, name);
        QFETCH(QString, value);
        Api api(database);
        const std::string token = api.token("anna");
        QCOMPARE(api.list(token, {{name.toStdString(), value.toStdString()}}).status, 422);
        QCOMPARE(api.list(token, {}).status, 200);
    }

    void aCursorOfAnotherOrderBreaksNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string token = api.token("anna");
        for (const char* order : {"stato", "richiedente"}) {
            for (const char* cursor : {"id~abc", "~", "~abc", "-1~abc", "1e5~abc", "99999999999999999999~x", "1;--~x"})
                QCOMPARE(api.list(token, {{"ordina", order}, {"dopo", cursor}}).status, 422);
            for (const char* cursor : {"1~abc", "1~", "1~'", "1~~", "0~1'; DROP TABLE pratiche; --"})
                QCOMPARE(api.list(token, {{"ordina", order}, {"dopo", cursor}}).status, 200);
        }
        QCOMPARE(api.list(token, {{"cerca", QStringLiteral("è").repeated(200).toStdString()}}).status, 200);
        http::Request request;
        request.query = {{"da", "x"}};
        QCOMPARE(api.ask("GET", "eventi", token, std::move(request)).status, 422);
    }

    void aStreamOfChangesIsForThoseWhoMayStillListen()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const auto streamOf = [&](const std::string& token) {
            http::Request request;
            request.query = {{"da", "0"}};
            return std::get<http::Events>(api.ask("GET", "eventi", token, std::move(request)).response.body);
        };
        const auto run = [&](const char* sql) {
            store::Transaction transaction(api.database());
            store::Sql(transaction, sql).run();
            transaction.commit();
        };
        const std::string out = api.token("anna");
        const auto leaving = streamOf(out);
        const auto disabled = streamOf(api.token("anna"));
        const auto changed = streamOf(api.token("altra"));
        for (const auto* stream : {&leaving, &disabled, &changed})
            QVERIFY(stream->stillAllowed());
        QCOMPARE(api.ask("DELETE", "accesso", out).status, 204);
        QVERIFY(!leaving.stillAllowed());
        QVERIFY(disabled.stillAllowed());
        run("UPDATE operatori SET attivo = 0 WHERE username = 'anna'");
        QVERIFY(!disabled.stillAllowed());
        QVERIFY(changed.stillAllowed());
        run("DELETE FROM abilitazioni");
        QVERIFY(!changed.stillAllowed());
    }

    // DPR 445/2000, art. 46: what the citizen declares is told apart from what an identity said.
    void aDeclaredDayOfBirthIsMarked()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        Cittadino luca = tests::makeCittadino("VRDLCU10A01H612V", "Luca", "Verdi");
        luca.dataNascita = dateFromIso("2010-01-01");
        luca.nascitaDichiarata = true;
        const auto said = api.makeProtocollata(api.addCittadino(luca));
        const auto known = api.makeProtocollata(api.mario);
        const auto bodyOf = [&](const auto& id) {
            return q(api.ask("GET", "pratiche/" + id.text(), api.token("anna")).body.dump());
        };
        QVERIFY(bodyOf(said).contains(QStringLiteral("01-01-2010 (dichiarata dal richiedente)")));
        QVERIFY(bodyOf(known).contains(QStringLiteral("25-06-1972")));
        QVERIFY(!bodyOf(known).contains(QStringLiteral("dichiarata dal richiedente")));
    }

    void theDetailIsWhatTheOperatorMaySee()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const auto id = api.makeProtocollata(api.mario);
        {
            store::Transaction transaction(api.database());
            store::saveNotaPrivata(transaction, id, "segretissima");
            transaction.commit();
        }
        const Answer answer = api.ask("GET", "pratiche/" + id.text(), api.token("anna"));
        QCOMPARE(answer.status, 200);
        QVERIFY2(!q(answer.body.dump()).contains("segretissima"), "the private note is the citizen's alone");
        const auto d = answer.body.get<sdc::api::Dettaglio>();
        QCOMPARE(d.stato, 3000);
        QCOMPARE(q(d.protocollo.value()), q("0000001/2026"));
        QCOMPARE(d.iter.size(), std::size_t{3});
        QVERIFY(d.prendibile && !d.mia && !d.elaborabile && !d.esito);
        QVERIFY(q(answer.body.dump()).contains("una festa"));
        QCOMPARE(api.ask("GET", "pratiche/" + id.text(), api.token("altra")).status, 404);
        QCOMPARE(api.ask("GET", "pratiche/assente", api.token("anna")).status, 404);
        QCOMPARE(api.ask("GET", "pratiche/" + api.makeBozza(api.mario).text(), api.token("anna")).status, 404);
    }

    void aPraticaIsTakenReleasedAndDecided()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string token = api.token("anna");
        const auto id = api.makeProtocollata(api.mario);
        const std::string base = "pratiche/" + id.text();
        const Answer taken = api.ask("POST", base + "/presa-in-carico", token);
        QCOMPARE(taken.status, 200);
        QCOMPARE(taken.body.at("stato").get<int>(), 4000);
        QVERIFY(taken.body.at("mia").get<bool>());
        QCOMPARE(api.ask("POST", base + "/presa-in-carico", token).status, 409);
        QCOMPARE(api.ask("POST", base + "/presa-in-carico", api.token("altra")).status, 404);
        QCOMPARE(api.ask("POST", base + "/rilascio", token).status, 200);
        QCOMPARE(api.ask("POST", base + "/rilascio", token).status, 403);
        const auto version =
            std::to_string(api.ask("POST", base + "/presa-in-carico", token).body.at("versione").get<int>());
        QCOMPARE(
            api.decide(token, id, {{"esito", "forse"}, {"chiave", "0123456789abcdef"}, {"versione", version}}).status,
            422);
        QCOMPARE(api.decide(token, id, {{"esito", "approva"}, {"versione", version}}).status, 422);
        const Answer noReason =
            api.decide(token, id, {{"esito", "rigetta"}, {"chiave", "0123456789abcdef"}, {"versione", version}});
        QCOMPARE(noReason.status, 422);
        QCOMPARE(q(noReason.body.at("errori").at(0).at("campo").get<std::string>()), q("motivazione"));
        for (int i = 0; i < 2; ++i) {
            const Answer decided = api.decide(token, id,
                                              {{"esito", "rigetta"},
                                               {"motivazione", "Mancano i requisiti."},
                                               {"chiave", "0123456789abcdef"},
                                               {"versione", version}});
            QCOMPARE(decided.status, 200);
            QCOMPARE(decided.body.at("stato").get<int>(), 8000);
        }
        QCOMPARE(tests::numberOf(api.database(), "SELECT COUNT(*) FROM esiti"), 1LL);
        QCOMPARE(api.ask("POST", base + "/rilascio", token).status, 409);
    }

    void theFileOfADecisionIsKeptAndOpensForItsOperatorsAlone()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string token = api.token("anna");
        const auto id = api.makeProtocollata(api.mario);
        const auto version = std::to_string(
            api.ask("POST", "pratiche/" + id.text() + "/presa-in-carico", token).body.at("versione").get<int>());
        const std::string content = "%PDF-1.4 permesso";
        http::Request request;
        request.form = {{"esito", "approva"}, {"chiave", "0123456789abcdef"}, {"versione", version}};
        http::Upload upload;
        upload.field = "file";
        upload.fileName = "Permesso.pdf";
        upload.size = static_cast<std::int64_t>(content.size());
        upload.sha256 = store::sha256OfText(content);
        upload.firstBytes = content;
        const auto path = api.file("Permesso.pdf", content).path;
        upload.file = http::TempFile{path};
        request.uploads.push_back(std::move(upload));
        const Answer decided = api.ask("POST", "pratiche/" + id.text() + "/esito", token, std::move(request));
        QCOMPARE(decided.status, 200);
        const auto d = decided.body.get<sdc::api::Dettaglio>();
        QCOMPARE(q(d.esito->file->nome), q("Permesso.pdf"));
        const std::string file = "pratiche/" + id.text() + "/documenti/" + d.esito->file->id.text();
        const Answer opened = api.ask("GET", file, token);
        QCOMPARE(opened.status, 200);
        QVERIFY(std::filesystem::exists(std::get<http::FileBody>(opened.response.body).path));
        QCOMPARE(api.ask("GET", file, api.token("altra")).status, 404);
        QCOMPARE(api.ask("GET", "pratiche/" + id.text() + "/documenti/assente", token).status, 404);
        const auto opens = [&] {
            return tests::numberOf(api.database(), "SELECT COUNT(*) FROM attivita WHERE azione = 'file aperto'");
        };
        QCOMPARE(opens(), 1LL);
        // A file that is gone was seen by nobody.
        std::filesystem::rename(api.room().files.path(store::sha256OfText(content)), api.folder().path() / "altrove");
        const Answer missing = api.ask("GET", file, token);
        QCOMPARE(missing.status, 500);
        QCOMPARE(q(missing.body.at("detail").get<std::string>()),
                 q("Il file non è al momento disponibile: il comune è stato avvisato."));
        QCOMPARE(opens(), 1LL);
        std::filesystem::rename(api.folder().path() / "altrove", api.room().files.path(store::sha256OfText(content)));
        QCOMPARE(api.ask("GET", file, token).status, 200);
        QCOMPARE(opens(), 2LL);
    }

    // O10, O2.
    void theProtocolTableAndTheFiguresAreThere()
    {
        QFETCH_GLOBAL(QString, database);
        Api api(database);
        const std::string token = api.token("anna");
        api.makeInviata(api.mario);
        const Answer table = api.ask("GET", "protocollo", token);
        QCOMPARE(table.status, 200);
        QCOMPARE(table.body.at("righe").size(), std::size_t{1});
        const Answer figures = api.ask("GET", "metriche", token);
        QCOMPARE(figures.body.at("serviziAttivi").get<int>(), 1);
        QCOMPARE(figures.body.at("praticheAnno").at(0).at("anno").get<int>(), 2026);
        QCOMPARE(figures.body.at("praticheAnno").at(0).at("pratiche").get<int>(), 1);
    }
};

QTEST_GUILESS_MAIN(TestOperatori)
#include "test_operatori.moc"
