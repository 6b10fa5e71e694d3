#include "core/base/error.h"
#include "server/actions/lavora.h"
#include "server/actions/protocolla.h"
#include "server/store/allegati.h"
#include "server/store/attivita.h"
#include "server/store/elenchi.h"
#include "server/store/pratiche.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

#include <mutex>

using namespace sdc;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::numberOf;
using tests::q;
using tests::World;

namespace {

struct Office : World
{
    explicit Office(const QString& database)
        : World(database),
          mario(addCittadino(makeCittadino())),
          anna(addOperatore(makeOperatore("anna"))),
          bruno(addOperatore(makeOperatore("bruno"))),
          altra(addOperatore(makeOperatore("altra", {"altro-servizio"})))
    {
    }

    Id<Pratica> taken()
    {
        const auto id = makeProtocollata(mario);
        Context context = as(anna);
        actions::takeCharge(context, id);
        return id;
    }
    actions::Decisa decisa(const Id<Pratica>& id, Decisione decisione, const std::string& motivazione,
                           const std::string& chiave = "chiave-di-prova-1")
    {
        return {{decisione, motivazione}, chiave, {}, store::pratica(database(), id).versione()};
    }
    Stato statoOf(const Id<Pratica>& id) { return store::pratica(database(), id).stato(); }

    Cittadino mario;
    Operatore anna;
    Operatore bruno;
    Operatore altra;
};

}

class TestLavora : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // O5: "Two operators at once: one wins, the other is told who has it, and changes nothing."
    void ofEightClicksOfTwoOperatorsOneWinsAndTheOthersLearnWhoHasIt()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        for (int round = 0; round < 3; ++round) {
            const auto id = office.makeProtocollata(office.mario);
            std::mutex mutex;
            int won = 0;
            QStringList refusals;
            tests::inThreads(8, [&](int thread) {
                Context context = office.as(thread % 2 == 0 ? office.anna : office.bruno);
                try {
                    actions::takeCharge(context, id);
                    const std::lock_guard lock(mutex);
                    ++won;
                } catch (const Conflict& refusal) {
                    const std::lock_guard lock(mutex);
                    refusals << q(context.operatore->id.text() + ": " + refusal.what());
                }
            });
            QCOMPARE(won, 1);
            QCOMPARE(refusals.size(), 7);
            const Pratica now = store::pratica(office.database(), id);
            const Operatore& winner = now.fields().operatore == office.anna.id ? office.anna : office.bruno;
            for (const QString& refusal : refusals) {
                const bool his = refusal.startsWith(q(winner.id.text()) + ":");
                QVERIFY2(refusal.contains(his ? QStringLiteral("a te") : q(winner.nome + " " + winner.cognome)),
                         qPrintable(refusal));
            }
            QCOMPARE(now.stato(), Stato::PresaInCarico);
        }
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM passaggi WHERE stato = 4000"), 3LL);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'avvisa' AND dati = '4000'"),
                 3LL);
    }

    void aPraticaWithoutNumberIsNotTaken()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.makeInviata(office.mario);
        Context context = office.as(office.anna);
        QVERIFY_EXCEPTION_THROWN(actions::takeCharge(context, id), Conflict);
        QCOMPARE(office.statoOf(id), Stato::Inviata);
        QVERIFY(store::pratica(office.database(), id).fields().operatore.empty());
    }

    void aDraftOrAnotherServiceDoesNotExistForTheOperator()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.makeProtocollata(office.mario);
        const auto draft = office.makeBozza(office.mario);
        Context other = office.as(office.altra);
        QVERIFY_EXCEPTION_THROWN(actions::takeCharge(other, id), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::openPratica(other, id), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::release(other, id), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::decide(other, id, office.decisa(id, Decisione::Approva, "")), NotFound);
        Context context = office.as(office.anna);
        QVERIFY_EXCEPTION_THROWN(actions::takeCharge(context, draft), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::openPratica(context, draft), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::takeCharge(context, Id<Pratica>{"assente"}), NotFound);
        QCOMPARE(office.statoOf(id), Stato::Protocollata);
    }

    void aReleasedPraticaIsThereToBeTakenAgain()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.taken();
        Context bruno = office.as(office.bruno);
        QVERIFY_EXCEPTION_THROWN(actions::release(bruno, id), Forbidden);
        QVERIFY_EXCEPTION_THROWN(actions::takeCharge(bruno, id), Conflict);
        Context anna = office.as(office.anna);
        actions::release(anna, id);
        QCOMPARE(office.statoOf(id), Stato::PresaInCarico);
        QCOMPARE(store::conteggiOperatore(office.database(), office.anna).assegnare, 1LL);
        actions::takeCharge(bruno, id);
        QVERIFY(store::pratica(office.database(), id).fields().operatore == office.bruno.id);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM passaggi WHERE stato = 4000"), 1LL);
    }

    void aLookAtPersonalDataIsLogged()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.makeProtocollata(office.mario);
        Context context = office.as(office.anna);
        actions::openPratica(context, id);
        QCOMPARE(
            numberOf(office.database(),
                     "SELECT COUNT(*) FROM attivita WHERE azione = 'pratica aperta' AND attore = 'operatore-anna'"),
            1LL);
        QVERIFY(!store::firstBreak(office.database(), store::kCatenaAttivita));
    }

    // L. 241/1990, art. 3; nothing changes when it is refused.
    void aRejectionWithoutReasonIsRefusedAndChangesNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.taken();
        const auto jobs = numberOf(office.database(), "SELECT COUNT(*) FROM jobs");
        const int before = store::pratica(office.database(), id).versione();
        Context context = office.as(office.anna);
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, id, office.decisa(id, Decisione::Rigetta, " \n ")), Invalid);
        QCOMPARE(office.statoOf(id), Stato::PresaInCarico);
        QCOMPARE(store::pratica(office.database(), id).versione(), before);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM esiti"), 0LL);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM jobs"), jobs);
        QVERIFY(!store::decidedWith(office.database(), "chiave-di-prova-1"));
    }

    void theSameKeyIsTheSameDecision()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.taken();
        const auto decisa = office.decisa(id, Decisione::Rigetta, "Mancano i requisiti.");
        tests::inThreads(4, [&](int) {
            Context context = office.as(office.anna);
            actions::decide(context, id, decisa);
        });
        QCOMPARE(office.statoOf(id), Stato::RifiutataInAttesa);
        QCOMPARE(q(store::pratica(office.database(), id).fields().esito->motivazione), q("Mancano i requisiti."));
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM passaggi WHERE stato = 8000"), 1LL);
        QCOMPARE(numberOf(office.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'stampa_risposta'"), 1LL);
        Context context = office.as(office.anna);
        QVERIFY_EXCEPTION_THROWN(
            actions::decide(context, id, office.decisa(id, Decisione::Approva, "", "un'altra chiave 1")), Conflict);
        const auto other = office.taken();
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, other, office.decisa(other, Decisione::Approva, "")),
                                 Conflict);
        QCOMPARE(office.statoOf(other), Stato::PresaInCarico);
    }

    void onlyWhoHasItDecides()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.taken();
        Context bruno = office.as(office.bruno);
        QVERIFY_EXCEPTION_THROWN(actions::decide(bruno, id, office.decisa(id, Decisione::Approva, "")), Forbidden);
        const auto nobodys = office.makeProtocollata(office.mario);
        QVERIFY_EXCEPTION_THROWN(actions::decide(bruno, nobodys, office.decisa(nobodys, Decisione::Approva, "")),
                                 Forbidden);
        QCOMPARE(office.statoOf(id), Stato::PresaInCarico);
    }

    void whatChangedSinceItWasReadIsNotDecided()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.taken();
        auto stale = office.decisa(id, Decisione::Approva, "");
        --stale.versione;
        Context context = office.as(office.anna);
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, id, stale), Conflict);
        QCOMPARE(office.statoOf(id), Stato::PresaInCarico);
    }

    void theOperatorsFileIsKeptWithTheDecision()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto id = office.taken();
        Context context = office.as(office.anna);
        auto decisa = office.decisa(id, Decisione::Approva, "");
        decisa.file = office.file("finto.pdf", "<html>");
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, id, decisa), Invalid);
        QCOMPARE(office.statoOf(id), Stato::PresaInCarico);
        QVERIFY(!std::filesystem::exists(office.room().files.path(decisa.file->sha256)));
        decisa.file = office.file("Autorizzazione.pdf", "%PDF-1.4 sì");
        actions::decide(context, id, decisa);
        QCOMPARE(office.statoOf(id), Stato::Elaborata);
        const auto kept = store::findDocumento(office.database(), id, store::GenereDocumento::FileEsito);
        QCOMPARE(q(kept->nome), q("Autorizzazione.pdf"));
        QVERIFY(std::filesystem::exists(office.room().files.path(kept->sha256)));
        QCOMPARE(store::conteggiOperatore(office.database(), office.anna).concluse, 1LL);
    }

    // O7: "services of certificates ask here for the signed .p7m".
    void aCertificateIsNotApprovedWithoutItsSignedFile()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.addServizio(q(tests::servizioJson("certificato"))
                               .replace("\"passi\":", "\"certificato\": true, \"passi\":")
                               .toStdString());
        const auto id = office.makeProtocollata(office.mario, "certificato");
        Context context = office.as(office.anna);
        actions::takeCharge(context, id);
        auto decisa = office.decisa(id, Decisione::Approva, "");
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, id, decisa), Invalid);
        decisa.file = office.file("certificato.pdf", "%PDF-1.4");
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, id, decisa), Invalid);
        decisa.file = office.file("certificato.pdf.p7m", "%PDF-1.4");
        QVERIFY_EXCEPTION_THROWN(actions::decide(context, id, decisa), Invalid);
        QCOMPARE(office.statoOf(id), Stato::PresaInCarico);
        actions::decide(context, id, office.decisa(id, Decisione::Rigetta, "Non risulta."));
        QCOMPARE(office.statoOf(id), Stato::RifiutataInAttesa);
    }
};

QTEST_GUILESS_MAIN(TestLavora)
#include "test_lavora.moc"
