#include "server/http/routes.h"
#include "server/store/sql.h"
#include "tests/server/portale/visitor.h"
#include "tests/support/heard.h"
#include "tests/support/makers.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace sdc::tests;

namespace {

void run(Site& site, const char* sql)
{
    store::Transaction transaction(*site.room().database);
    store::Sql(transaction, sql).run();
    transaction.commit();
}

/// A whole request, its words typed by hand; "/rovereto/pratiche/ID".
std::string fillIn(Visitor& visitor)
{
    visitor.follow(visitor.get("/rovereto/servizi/permesso-prova/pratica"));
    const std::string steps = visitor.at().substr(0, visitor.at().rfind('/') + 1);
    visitor.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
    visitor.post(steps + "richiedente", {{"azione", "avanti"}});
    visitor.post(steps + "dati", {{"oggetto", "Parolascritta"},
                                  {"descrizione", "Altraparola"},
                                  {"delega", "no"},
                                  {"nota", "Notasegreta"},
                                  {"azione", "avanti"}});
    visitor.follow(visitor.post(steps + "allegati", {{"azione", "avanti"}}));
    return steps.substr(0, steps.find("/passi/"));
}

void loginOperatore(Site& site, const std::string& password)
{
    Visitor program(site);
    const nlohmann::json body = {{"username", "Utenteprova"}, {"password", password}};
    program.sendBody("/rovereto/api/operatori/v1/accesso", body.dump());
}

}

/// The technical log tells events by ids: never a name, a codice fiscale, what somebody typed, or a token.
class TestLogTecnico : public QObject
{
    Q_OBJECT

private slots:
    void aJourneyWithAllItsFaultsLeavesNoPersonInTheLog()
    {
        const Heard heard;
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string pratica = fillIn(mario);
        loginOperatore(site, "Passwordsbagliata");
        // The database fails under every request: its errors hold the rows that they are about.
        run(site, "DROP TABLE risposte");
        QCOMPARE(mario.get(pratica + "/passi/riepilogo").status, 500);
        mario.post(pratica + "/passi/dati",
                   {{"oggetto", "Parolascritta"}, {"delega", "no"}, {"nota", "Notasegreta"}, {"azione", "avanti"}});
        run(site, "DROP TABLE bozze_uniche");
        mario.get("/rovereto/servizi/permesso-prova/pratica?cerca=Parolascritta");
        run(site, "ALTER TABLE cittadini RENAME COLUMN cellulare TO telefono");
        mario.get("/rovereto/stanza");
        mario.post("/rovereto/profilo", {{"email", "mario.rossi@esempio.it"}, {"cellulare", "333 1234567"}});
        mario.get("/rovereto/profilo");
        // Of these there were some, or this test would show nothing.
        QVERIFY(heard.count({"richiesta non riuscita"}) >= 4);
        std::vector<std::string> secrets = {"Mario",       "Rossi",       "RSSMRA",           "Parolascritta",
                                            "Altraparola", "Notasegreta", "mario.rossi",      "333 1234567",
                                            "Via Dante",   "Utenteprova", "Passwordsbagliata"};
        for (const auto& [name, value] : mario.cookies())
            secrets.push_back(value);
        QVERIFY(secrets.size() > 11);
        for (const std::string& secret : secrets)
            QVERIFY2(heard.lines({secret}).empty(),
                     heard.lines({secret}).empty() ? "" : heard.lines({secret})[0].c_str());
    }
};

QTEST_GUILESS_MAIN(TestLogTecnico)
#include "test_log_tecnico.moc"
