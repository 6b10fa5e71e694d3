#include "core/base/error.h"
#include "server/comandi_partner.h"
#include "server/commands.h"
#include "server/lavori.h"
#include "server/rooms.h"
#include "server/store/jobs.h"
#include "server/store/servizi.h"
#include "server/store/sql.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

#include <sstream>

using namespace sdc;
using tests::q;

namespace {

/// A server's folder with the demonstration's data in it.
struct Installation
{
    tests::Folder folder;
    Config config;

    Installation()
    {
        config.cartella = folder.path();
        config.risorse = SDC_SHARE_DIR;
        run({"demo"});
    }

    void run(const std::vector<std::string>& words) const { commands::run(config, words); }

    /// The services that people see of an ente: "slug", "slug*" in primo piano, "slug-" suspended.
    QString servizi(const char* ente) const
    {
        Rooms rooms(config, [] { return tests::instant("2026-11-23T10:00:00Z"); });
        std::string all;
        for (const auto& voce : store::servizi(*rooms.find(ente)->database))
            all += (all.empty() ? "" : " ") + voce.slug + (voce.inPrimoPiano ? "*" : "") +
                   (voce.attivazione == Attivazione::Sospeso ? "-" : "");
        return q(all);
    }

    long long logged(const char* ente, const char* sql) const
    {
        Rooms rooms(config, [] { return tests::instant("2026-11-23T10:00:00Z"); });
        return tests::numberOf(*rooms.find(ente)->database, sql);
    }
};

}

class TestCommands : public QObject
{
    Q_OBJECT

private slots:
    // Contract: `partner aggiungi`; partners giscom and ez are accounts of rovereto in the demonstration.
    static void partnersAreAddedAndListed()
    {
        const Installation installation;
        Rooms rooms(installation.config, [] { return tests::instant("2026-11-23T10:00:00Z"); });
        const auto type = [&](const std::vector<std::string>& words, const std::string& typed, auto command) {
            std::istringstream in(typed);
            std::ostringstream out;
            command(rooms, words, commands::Terminale{in, out, tests::instant("2026-11-23T10:00:00Z")});
            return q(out.str());
        };
        const std::vector<std::string> list = {"partner", "elenca", "--ente", "rovereto"};
        QCOMPARE(type(list, "", commands::listPartner),
                 QStringLiteral("ez\ttesti\tattivo\tEZ (schede e testi dei servizi)\n"
                                "giscom\tpratiche\tattivo\tGiscom (SCIA)\n"));
        std::vector<std::string> add = {"partner", "aggiungi", "--ente", "vallelaghi", "--username",
                                        "giscom",  "--nome",   "Giscom", "--ruolo",    "pratiche"};
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, type(add, "treni-lenti-notturni\n", commands::addPartner));
        add[5] = "altro";
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, type(add, "", commands::addPartner));
        QVERIFY_THROWS_EXCEPTION(Invalid, type(add, "corta\n", commands::addPartner));
        type(add, "treni-lenti-notturni\n", commands::addPartner);
        add[5] = "muto";
        add.emplace_back("--senza-password");
        type(add, "", commands::addPartner);
        type({"partner", "disabilita", "--ente", "vallelaghi", "--username", "muto"}, "", commands::disablePartner);
        QCOMPARE(type({"partner", "elenca", "--ente", "vallelaghi"}, "", commands::listPartner),
                 QStringLiteral("altro\tpratiche\tattivo\tGiscom\nmuto\tpratiche\tdisabilitato\tGiscom\n"));
        QCOMPARE(tests::numberOf(*rooms.find("vallelaghi")->database,
                                 "SELECT COUNT(*) FROM attivita WHERE azione LIKE 'partner %'"),
                 3);
        // A certificate is one partner's among all enti, and goes as it came.
        const Instant now = tests::instant("2026-11-23T10:00:00Z");
        tests::Tessera tessera;
        tessera.da = now - std::chrono::hours{1};
        tessera.fino = now + std::chrono::hours{1};
        const auto pem = tests::AutoritaCarte("CA di un partner", now).issue(tessera).certificato;
        const std::string file = installation.folder.write("partner.pem", pem).string();
        const auto certificate = [&](const char* what, const char* ente, const char* username) {
            return std::vector<std::string>{"partner", what, "--ente", ente, "--username", username, "--file", file};
        };
        const QString added =
            type(certificate("certificato", "vallelaghi", "altro"), "", commands::addCertificatoPartner);
        QVERIFY(added.startsWith(QStringLiteral("certificato aggiunto: ")));
        QVERIFY(type(certificate("certificato", "vallelaghi", "altro"), "", commands::addCertificatoPartner)
                    .startsWith(QStringLiteral("certificato già registrato: ")));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, type(certificate("certificato", "rovereto", "giscom"), "",
                                                          commands::addCertificatoPartner));
        const std::string impronta = added.section(QStringLiteral(": "), 1).left(64).toStdString();
        const std::vector<std::string> remove = {"partner", "togli-certificato", "--ente", "vallelaghi", "--username",
                                                 "altro",   "--impronta",        impronta};
        type(remove, "", commands::removeCertificatoPartner);
        QVERIFY_THROWS_EXCEPTION(NotFound, type(remove, "", commands::removeCertificatoPartner));
        QVERIFY(type(certificate("certificato", "rovereto", "giscom"), "", commands::addCertificatoPartner)
                    .startsWith(QStringLiteral("certificato aggiunto: ")));
    }

    // E3: "Each comune turns the system's services on or off (or suspends them): lists differ from comune to comune."
    void theServicesOfAnEnteAreItsOwnChoice()
    {
        const Installation here;
        QCOMPARE(here.servizi("rovereto"), q("certificato-nascita estratto-nascita* iscrizione-registro-associazioni"));
        QCOMPARE(here.servizi("tre-ville"), q("certificato-nascita estratto-nascita"));
        QCOMPARE(here.servizi("vallelaghi"),
                 q("certificato-nascita- estratto-nascita iscrizione-registro-associazioni"));
        here.run({"servizio", "sospendi", "--ente", "rovereto", "--servizio", "estratto-nascita"});
        here.run({"servizio", "togli-dal-primo-piano", "--ente", "rovereto", "--servizio", "estratto-nascita"});
        here.run({"servizio", "metti-in-primo-piano", "--ente", "rovereto", "--servizio", "certificato-nascita"});
        here.run({"servizio", "attiva", "--ente", "tre-ville", "--servizio", "iscrizione-registro-associazioni"});
        here.run({"servizio", "disattiva", "--ente", "tre-ville", "--servizio", "estratto-nascita"});
        // The demonstration's own choices are for the first time alone.
        here.run({"demo"});
        QCOMPARE(here.servizi("rovereto"),
                 q("certificato-nascita* estratto-nascita- iscrizione-registro-associazioni"));
        QCOMPARE(here.servizi("tre-ville"), q("certificato-nascita iscrizione-registro-associazioni"));
        QCOMPARE(here.logged("rovereto", "SELECT COUNT(*) FROM attivita WHERE oggetto = 'servizio:estratto-nascita'"),
                 2LL);
    }

    void aServiceThatTheEnteDoesNotHaveIsAnError()
    {
        const Installation here;
        for (const char* word : {"attiva", "sospendi", "disattiva", "metti-in-primo-piano", "togli-dal-primo-piano"})
            QVERIFY_EXCEPTION_THROWN(here.run({"servizio", word, "--ente", "rovereto", "--servizio", "assente"}),
                                     NotFound);
        QCOMPARE(here.logged("rovereto", "SELECT COUNT(*) FROM attivita WHERE oggetto = 'servizio:assente'"), 0LL);
    }

    // Their accounts have passwords that are in the documentation.
    void aPublicServerGetsNoDemonstrationData()
    {
        Installation here;
        here.config.indirizzoPubblico = "https://stanza.comune.example";
        QVERIFY_EXCEPTION_THROWN(here.run({"demo"}), std::runtime_error);
        here.config.indirizzoPubblico.clear();
        here.config.proxyFidati = {"10.0.0.1"};
        QVERIFY_EXCEPTION_THROWN(here.run({"demo"}), std::runtime_error);
    }

    void whatDidNotSucceedIsListedAndTriedAgain()
    {
        const Installation here;
        const Instant now = tests::instant("2026-11-23T10:00:00Z");
        Rooms rooms(here.config, [now] { return now; });
        const Room& room = *rooms.find("rovereto");
        QCOMPARE(q(lavori::list(room)), q("nessun lavoro in sospeso\n"));
        QVERIFY_EXCEPTION_THROWN(lavori::retry(room, "tutti", now), NotFound);
        {
            store::Transaction transaction(*room.database);
            store::enqueue(transaction, {{}, store::GenereJob::Avvisa, "k", Id<Pratica>{"p-1"}, "2000", 0, {}}, now);
            const auto job = store::takeJob(transaction, {"w", store::Coda::Tutte, now + std::chrono::minutes{5}}, now);
            store::postpone(transaction, *job, store::CausaErrore::Dati, "casella inesistente", now);
            transaction.commit();
        }
        const QString list = q(lavori::list(room));
        QVERIFY2(list.contains(q("avvisa\tfermo\tp-1\t1\t-\tdati: casella inesistente")), qPrintable(list));
        QCOMPARE(lavori::retry(room, "tutti", now), 1);
        QVERIFY(store::hasDueJob(*room.database, store::Coda::Posta, now));
    }

    // A mail server that was away for a night leaves more than one reads.
    void allOfThemAreTriedAgainHoweverManyTheyAre()
    {
        const Installation here;
        const Instant now = tests::instant("2026-11-23T10:00:00Z");
        Rooms rooms(here.config, [now] { return now; });
        const Room& room = *rooms.find("rovereto");
        {
            store::Transaction transaction(*room.database);
            store::Sql(transaction, R"(INSERT INTO jobs (id, genere, chiave, coda, numero, pratica, dati, stato,
                                           tentativi, prossimo, preso_da, causa, errore, creato)
                                       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
                                       SELECT 'j-' || i, 'avvisa', 'k-' || i, 'posta:' || i, i, 'p', '', 'fermo', 1,
                                              '2026-11-23T09:00:00Z', '', 'dati', 'no', '2026-11-23T09:00:00Z' FROM n)")
                .run();
            transaction.commit();
        }
        QVERIFY(q(lavori::list(room)).endsWith(q("\ne altri, oltre ai 1000 più vecchi\n")));
        QCOMPARE(lavori::retry(room, "j-1150", now), 1);
        QCOMPARE(lavori::retry(room, "tutti", now), 1200);
    }

    void termsAreImportedWithAHistory()
    {
        const Installation installation;
        const std::string before = "SELECT COUNT(*) FROM termini WHERE chiave = 'dati-personali'";
        const auto file = [&](const char* text) { return installation.folder.write("testi.json", text).string(); };
        const std::string good =
            file(R"([{"chiave": "dati-personali", "titolo": "Nuovo", "obbligatorio": true, "testo": ["Uno", "Due"]}])");
        installation.run({"termini", "importa", "--ente", "rovereto", "--file", good});
        installation.run({"termini", "importa", "--ente", "rovereto", "--file", good});
        QCOMPARE(installation.logged("rovereto", before.c_str()), 2LL);
        QCOMPARE(installation.logged("vallelaghi", before.c_str()), 1LL);
        QCOMPARE(installation.logged("rovereto", "SELECT COUNT(*) FROM attivita WHERE azione = 'termini importati'"),
                 1LL);
        installation.run({"termini", "elenca", "--ente", "rovereto"});
        installation.run({"termini", "ritira", "--ente", "rovereto", "--chiave", "dati-sensibili"});
        QCOMPARE(installation.logged("rovereto", "SELECT COUNT(*) FROM termini WHERE ritirato IS NOT NULL"), 1LL);
    }

    void aFileOfTermsThatIsWrongChangesNothing()
    {
        const Installation installation;
        for (const char* text :
             {"", "{}", "[]", "[1]", R"([{"chiave": "Ok", "titolo": "T", "obbligatorio": true, "testo": ["x"]}])",
              R"([{"chiave": "ok", "titolo": "", "obbligatorio": true, "testo": ["x"]}])",
              R"([{"chiave": "ok", "titolo": "T", "obbligatorio": "si", "testo": ["x"]}])",
              R"([{"chiave": "ok", "titolo": "T", "obbligatorio": true, "testo": []}])",
              R"([{"chiave": "ok", "titolo": "T", "obbligatorio": true, "testo": ["a\nb"]}])",
              R"([{"chiave": "ok", "titolo": "T", "obbligatorio": true, "testo": ["x"], "altro": 1}])",
              R"([{"chiave": "ok", "titolo": "T", "obbligatorio": true, "testo": ["x"]},
                  {"chiave": "ok", "titolo": "T", "obbligatorio": true, "testo": ["x"]}])"})
        {
            const std::string file = installation.folder.write("testi.json", text).string();
            QVERIFY_EXCEPTION_THROWN(installation.run({"termini", "importa", "--ente", "rovereto", "--file", file}),
                                     std::runtime_error);
        }
        QCOMPARE(installation.logged("rovereto", "SELECT COUNT(*) FROM termini"), 2LL);
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "test_commands.moc"
