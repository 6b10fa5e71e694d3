#include "server/actions/accesso_cittadino.h"
#include "server/actions/lavora.h"
#include "server/jobs/worker.h"
#include "server/store/allegati.h"
#include "server/store/cittadini.h"
#include "server/store/pratiche.h"
#include "tests/support/heard.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/workshop.h"

#include <QTest>

#include <set>

using namespace sdc;
using namespace std::chrono_literals;
using gateways::CausaPosta;
using tests::makeCittadino;
using tests::numberOf;
using tests::q;
using tests::Workshop;

class TestWorker : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void aSentPraticaIsPrintedRegisteredAndAnnounced()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        const auto id = shop.makeInviata(shop.mario);
        QCOMPARE(shop.runAll(), 4); // printing, registration, two mails
        QCOMPARE(shop.statoOf(id), Stato::Protocollata);
        const auto modulo = store::findDocumento(shop.database(), id, store::GenereDocumento::Modulo);
        QVERIFY(modulo.has_value());
        QCOMPARE(q(store::sha256OfFile(shop.room().files.path(modulo->sha256))), q(modulo->sha256));
        QCOMPARE(shop.posta.mails.size(), std::size_t{2});
        QVERIFY(!shop.runOne());
        QVERIFY(shop.figures().find("stanza_lavori{") == std::string::npos);
    }

    // N1, L3: the mails go to the address of the profile as it is when they leave.
    void aMailGoesToTheAddressOfToday()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.makeInviata(shop.mario);
        Context context = shop.as(shop.mario);
        Profilo profilo{"nuova@esempio.it", shop.mario.cellulare, shop.mario.residenza, shop.mario.domicilio};
        actions::saveProfilo(context, profilo);
        shop.runAll();
        // Received, registered, and the link that confirms the new address.
        QCOMPARE(shop.posta.mails.size(), std::size_t{3});
        for (const gateways::Mail& mail : shop.posta.mails)
            QCOMPARE(q(mail.a.indirizzo), q("nuova@esempio.it"));
    }

    // The address given at sending does where today's is no address.
    void withoutAnAddressTheOneGivenAtSendingDoes()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.makeInviata(shop.mario);
        {
            store::Transaction transaction(shop.database());
            Cittadino mario = store::findCittadino(transaction, shop.mario.id).value();
            mario.email = "";
            store::save(transaction, mario);
            transaction.commit();
        }
        shop.runAll();
        QCOMPARE(q(shop.posta.mails.at(0).a.indirizzo), q(shop.mario.email));
    }

    // N1, word for word.
    void theMailSaysWhatTheRequirementsSay()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        const auto id = shop.makeProtocollata(shop.mario);
        const Operatore anna = shop.addOperatore(tests::makeOperatore("anna"));
        Context context = shop.as(anna);
        actions::takeCharge(context, id);
        shop.runAll();
        QCOMPARE(shop.posta.mails.size(), std::size_t{3});
        const gateways::Mail& mail = shop.posta.mails.back();
        QCOMPARE(q(mail.da.nome), q("Comune di prova"));
        QCOMPARE(q(mail.a.indirizzo), q("mario.rossi@esempio.it"));
        QCOMPARE(q(mail.oggetto), q("La pratica è stata aggiornata"));
        const QString link = q("/prova/pratiche/" + id.text());
        for (const QString& text :
             {q(mail.testo).simplified(),
              q(mail.html).remove("<strong>").remove("</strong>").remove("<b>").remove("</b>").simplified()})
        {
            QVERIFY(text.contains("Gentile Mario Rossi,"));
            QVERIFY2(text.contains("le comunichiamo che la sua domanda per il servizio Permesso di prova è stata presa "
                                   "in carico da un nostro operatore."),
                     qPrintable(text));
            QVERIFY(text.contains("La ringraziamo per aver utilizzato la stanza del cittadino."));
            QVERIFY(
                text.contains("La Stanza del Cittadino è una iniziativa progettuale sperimentale del Comune di prova"));
            QVERIFY(text.contains(link));
            // N2: nothing names the operator.
            QVERIFY(!text.contains("Anna") && !text.contains("Verdi"));
        }
        QVERIFY(q(shop.posta.mails.at(1).testo).contains("0000001/2026"));
        std::set<std::string> ids;
        for (const auto& one : shop.posta.mails)
            ids.insert(one.messageId);
        QCOMPARE(ids.size(), std::size_t{3});
    }

    void aDecisionIsPrintedRegisteredAndConcluded()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        const auto id = shop.makeInviata(shop.mario);
        shop.runAll();
        Context context = shop.as(shop.addOperatore(tests::makeOperatore("anna")));
        actions::takeCharge(context, id);
        actions::decide(context, id,
                        {{Decisione::Approva, "Va bene."},
                         "chiave-di-prova-1",
                         {},
                         store::pratica(shop.database(), id).versione()});
        shop.runAll();
        const Pratica concluded = store::pratica(shop.database(), id);
        QCOMPARE(concluded.stato(), Stato::Accettata);
        QCOMPARE(q(concluded.fields().protocolloRisposta->text), q("0000002/2026"));
        QVERIFY(store::findDocumento(shop.database(), id, store::GenereDocumento::Risposta).has_value());
        // 2000, 3000, 4000, 6000 and 7000 each told once.
        QCOMPARE(shop.posta.mails.size(), std::size_t{5});
    }

    // N1: "never lost when the mail server is down"; R3: people go on working meanwhile.
    void aMailServerThatIsDownIsTriedAgainWithGrowingWaits()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.posta.guasto = CausaPosta::Transitoria;
        const auto id = shop.makeInviata(shop.mario);
        shop.runAll();
        QCOMPARE(shop.statoOf(id), Stato::Protocollata);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'avvisa' AND stato = 'pronto' AND "
                                           "causa = 'transitoria' AND errore <> ''"),
                 1LL);
        std::chrono::seconds waited{0};
        std::chrono::seconds last{0};
        for (int i = 0; i < 5; ++i) {
            const int before = shop.posta.attempts;
            std::chrono::seconds wait{0};
            while (shop.posta.attempts == before && wait < 2h) {
                shop.advance(1s);
                wait += 1s;
                shop.runOne();
            }
            QVERIFY2(wait > last, "the wait grows");
            last = wait;
            waited += wait;
        }
        shop.posta.guasto.reset();
        shop.advance(1h);
        shop.runAll();
        QCOMPARE(shop.posta.mails.size(), std::size_t{2});
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE stato <> 'fatto'"), 0LL);
    }

    void theWaitsGrowToAnHourAndNoMore()
    {
        QCOMPARE(jobs::waitAfter(1), std::chrono::seconds{2});
        for (int i = 1; i < 40; ++i)
            QVERIFY(jobs::waitAfter(i + 1) >= jobs::waitAfter(i) && jobs::waitAfter(i) <= 1h);
        QCOMPARE(jobs::waitAfter(1000), std::chrono::seconds{3600});
    }

    // A row that is gone does not come back by itself, however long one waits.
    void aJobWhosePraticaIsGoneStopsAndIsSeen()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        {
            store::Transaction transaction(shop.database());
            store::enqueue(transaction, {{}, store::GenereJob::StampaModulo, "k", Id<Pratica>{"assente"}, "", 0, {}},
                           shop.now());
            transaction.commit();
        }
        shop.runAll();
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE stato = 'fermo' AND causa = 'dati'"), 1LL);
    }

    // Machines made of one image are called alike; a lease is given back by its own machine alone.
    void eachMachineHasANameOfItsOwnThatARestartKeeps()
    {
        const tests::Folder folder;
        const auto one = folder.write("uno", "0123456789abcdef0123456789abcdef\n");
        const auto other = folder.write("altro", "fedcba9876543210fedcba9876543210\n");
        const Config config;
        QCOMPARE(jobs::workerName(config, 8080, one), jobs::workerName(config, 8080, one));
        QVERIFY(jobs::workerName(config, 8080, one) != jobs::workerName(config, 8080, other));
        QVERIFY(jobs::workerName(config, 8080, one) != jobs::workerName(config, 8081, one));
        const auto absent = folder.path() / "nessuno";
        QCOMPARE(jobs::workerName(config, 8080, absent), jobs::workerName(config, 8080, absent));
        QVERIFY(!q(jobs::workerName(config, 8080, absent)).contains("/:"));
    }

    void aMailThatWillNeverPassStopsAndIsSeen()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.posta.guasto = CausaPosta::Dati;
        shop.makeInviata(shop.mario);
        shop.runAll();
        shop.advance(24h);
        shop.runAll();
        // That of 2000 and that of 3000, each tried once: one that stopped says nothing against the next.
        QCOMPARE(shop.posta.attempts, 2);
        QVERIFY2(
            q(shop.figures()).contains(R"(stanza_lavori{ente="prova",genere="avvisa",stato="fermo",causa="dati"} 2)"),
            shop.figures().c_str());
    }

    void noValidAddressNoMail()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        Cittadino giulia = makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi");
        giulia.email = "giulia@esempio";
        shop.addCittadino(giulia);
        shop.makeInviata(giulia);
        shop.runAll();
        QCOMPARE(shop.posta.attempts, 0);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE stato <> 'fatto'"), 0LL);
    }

    void aPressThatDiesOrIsNotThereHoldsTheNumberBack_data()
    {
        QTest::addColumn<QByteArray>("worker");
        QTest::addColumn<QByteArray>("causa");
        QTest::newRow("it dies") << QByteArray("/bin/false") << QByteArray("transitoria");
        QTest::newRow("absent") << QByteArray("/nessuno/stanza-stampa") << QByteArray("configurazione");
        QTest::newRow("no program") << QByteArray("/etc/hostname") << QByteArray("configurazione");
        QTest::newRow("another program") << QByteArray("/bin/cat") << QByteArray("configurazione");
    }
    void aPressThatDiesOrIsNotThereHoldsTheNumberBack()
    {
        QFETCH_GLOBAL(QString, database);
        QFETCH(QByteArray, worker);
        QFETCH(QByteArray, causa);
        const tests::Heard heard;
        Workshop shop(database, worker.constData());
        std::vector<Id<Pratica>> all;
        for (int i = 0; i < 5; ++i)
            all.push_back(shop.makeInviata(shop.mario));
        shop.runAll();
        for (const auto& id : all) {
            QCOMPARE(shop.statoOf(id), Stato::Inviata);
            QVERIFY(!store::pratica(shop.database(), id).fields().protocollo);
        }
        QCOMPARE(shop.posta.mails.size(), std::size_t{5}); // the mail does not wait for the press
        const QByteArray where = " FROM jobs WHERE genere = 'stampa_modulo' AND stato = 'pronto' AND causa = '" +
                                 causa + "' AND errore <> ''";
        QCOMPARE(numberOf(shop.database(), ("SELECT COUNT(*)" + where).constData()), 5LL);
        QVERIFY2(q(shop.figures())
                     .contains("stanza_tentativi_falliti_totale{ente=\"prova\",genere=\"stampa_modulo\","
                               "causa=\"" +
                               causa + "\"} 5"),
                 shop.figures().c_str());
        // One fault, told once, not pratica by pratica.
        QCOMPARE(heard.count({"lavoro non riuscito: stampa_modulo"}), std::size_t{1});
        QVERIFY(std::filesystem::is_empty(shop.room().files.temporary().parent_path()));
        // Once the press is there all goes on by itself.
        documents::Stampa mended(SDC_BIN_DIR "/stanza-stampa");
        const jobs::Tools tools{shop.context(), mended, shop.posta};
        shop.advance(1h);
        while (jobs::runOne(tools, shop.room(), "operaio")) {
        }
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM pratiche WHERE stato = 3000"), 5LL);
        QCOMPARE(numberOf(shop.database(), "SELECT MAX(numero) FROM registro"), 5LL);
    }

    // The press takes 4 MB of text: a document of more never passes, and is not tried for ever.
    void aDocumentThatCanNeverBePrintedStopsAndTheOthersGoOn()
    {
        QFETCH_GLOBAL(QString, database);
        const tests::Heard heard;
        Workshop shop(database);
        const auto endless = shop.makeInviata(shop.mario);
        const auto good = shop.makeInviata(shop.mario);
        {
            store::Transaction transaction(shop.database());
            store::saveRisposte(transaction, endless,
                                {{"oggetto", "x"}, {"delega", "no"}, {"descrizione", std::string(5U << 20, 'x')}});
            transaction.commit();
        }
        shop.runAll();
        QCOMPARE(shop.statoOf(endless), Stato::Inviata);
        QCOMPARE(shop.statoOf(good), Stato::Protocollata);
        QVERIFY2(q(shop.figures())
                     .contains(R"(stanza_lavori{ente="prova",genere="stampa_modulo",stato="fermo",causa="dati"} 1)"),
                 shop.figures().c_str());
        QCOMPARE(heard.count({"lavoro fermo", "troppo grande"}), std::size_t{1});
        shop.advance(24h);
        QVERIFY(!shop.runOne());
    }

    // A process killed half-way leaves the work taken: it is done again, and its result is there once.
    void whatWasKilledHalfWayIsDoneAgainOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        const auto id = shop.makeInviata(shop.mario);
        const auto leave = [&] {
            store::Transaction transaction(shop.database());
            store::takeJob(transaction, {"ucciso", store::Coda::Tutte, shop.now() + 5min}, shop.now());
            transaction.commit();
        };
        leave();
        leave();
        QVERIFY(!shop.runOne());
        shop.advance(5min + 1s);
        shop.runAll();
        QCOMPARE(shop.statoOf(id), Stato::Protocollata);
        QCOMPARE(store::documenti(shop.database(), id).size(), std::size_t{1});
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM registro"), 1LL);
        QCOMPARE(shop.posta.mails.size(), std::size_t{2});
    }

    void workersShareTheWorkOfManyPratiche()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        for (int i = 0; i < 6; ++i)
            shop.makeInviata(shop.mario);
        tests::inThreads(4, [&](int thread) {
            for (int idle = 0; idle < 60;) {
                if (jobs::runOne(shop.tools, shop.room(), "operaio-" + std::to_string(thread)))
                    continue;
                ++idle;
                std::this_thread::sleep_for(20ms);
            }
        });
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM pratiche WHERE stato = 3000"), 6LL);
        QCOMPARE(numberOf(shop.database(), "SELECT MAX(numero) FROM registro"), 6LL);
        QCOMPARE(shop.posta.mails.size(), std::size_t{12});
    }
};

QTEST_GUILESS_MAIN(TestWorker)
#include "test_worker.moc"
