#include "core/base/error.h"
#include "server/actions/compila.h"
#include "server/actions/submit.h"
#include "server/store/allegati.h"
#include "server/store/elenchi.h"
#include "server/store/pratiche.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

#include <atomic>

using namespace sdc;
using namespace std::chrono_literals;
using actions::Mossa;
using tests::makeCittadino;
using tests::numberOf;
using tests::q;
using tests::World;

namespace {

int versione(World& world, const Id<Pratica>& id)
{
    return store::pratica(world.database(), id).versione();
}

}

class TestSubmit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // C10: "Sending is once: a double click, a reload or two tabs never make two requests".
    void eightClicksAtOnceSendOnce()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeBozza(mario);
        const int seen = versione(world, id);
        std::atomic<int> answered = 0;
        tests::inThreads(8, [&](int) {
            Context context = world.as(mario);
            actions::submit(context, id, seen);
            ++answered;
        });
        QCOMPARE(answered.load(), 8);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM passaggi WHERE stato = 2000"), 1LL);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'stampa_modulo'"), 1LL);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'avvisa'"), 1LL);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM attivita WHERE azione = 'pratica inviata'"), 1LL);
        // And once more, an hour later.
        world.advance(1h);
        Context context = world.as(mario);
        actions::submit(context, id, seen);
        QCOMPARE(store::pratica(world.database(), id).fields().inviata, std::optional{world.now() - 1h});
    }

    void whatChangedInAnotherWindowIsNotSentUnread()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeBozza(mario);
        const int seen = versione(world, id);
        Context context = world.as(mario);
        actions::savePasso(context, id, {"dati", Mossa::Resta, {{"oggetto", "altro"}, {"delega", "no"}}, false, ""});
        QVERIFY_EXCEPTION_THROWN(actions::submit(context, id, seen), Conflict);
        QVERIFY(store::pratica(world.database(), id).isDraft());
        actions::submit(context, id, versione(world, id));
        QCOMPARE(store::pratica(world.database(), id).stato(), Stato::Inviata);
    }

    void thePraticaOfAnotherDoesNotExist()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const auto id = world.makeBozza(world.addCittadino(makeCittadino()));
        Context other = world.as(world.addCittadino(makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi")));
        QVERIFY_EXCEPTION_THROWN(actions::submit(other, id, versione(world, id)), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::submit(other, Id<Pratica>{"assente"}, 0), NotFound);
        QVERIFY(store::pratica(world.database(), id).isDraft());
    }

    void anAnswerThatIsMissingStopsItAndIsNamed()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeBozza(mario);
        Context context = world.as(mario);
        actions::savePasso(context, id, {"dati", Mossa::Resta, {{"oggetto", "x"}, {"delega", "si"}}, false, ""});
        const auto fault = actions::faultsOf(context, id);
        QVERIFY(fault.has_value());
        QCOMPARE(q(fault->passo), q("specifica"));
        QVERIFY_EXCEPTION_THROWN(actions::submit(context, id, versione(world, id)), Invalid);
        QVERIFY(store::pratica(world.database(), id).isDraft());
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM jobs"), 0LL);
    }

    // C2: "at most 2,000 characters"; what is longer is told, never cut off, and the request waits.
    void aNoteThatIsTooLongStopsItAndIsNotLostOtherwise()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeBozza(mario);
        Context context = world.as(mario);
        QVERIFY_EXCEPTION_THROWN(actions::submit(context, id, versione(world, id), std::string(2001, 'x')), Invalid);
        QVERIFY(store::pratica(world.database(), id).isDraft());
        actions::submit(context, id, versione(world, id), std::string(2000, 'x'));
        QCOMPARE(store::notaPrivata(world.database(), id).size(), std::size_t{2000});
    }

    void aRequestThatIsNotFilledInToTheEndIsNotSent()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        Context context = world.as(mario);
        const auto id = actions::start(context, "permesso-prova");
        // Answers may be there, but "Ok mi è chiaro" was never said (C4).
        actions::savePasso(context, id, {"dati", Mossa::Avanti, {{"oggetto", "x"}, {"delega", "no"}}, false, ""});
        QCOMPARE(q(actions::faultsOf(context, id)->passo), q("istruzioni"));
        QVERIFY_EXCEPTION_THROWN(actions::submit(context, id, versione(world, id)), Conflict);
        QVERIFY(store::pratica(world.database(), id).isDraft());
    }

    void answersThatAreNotShownAreNotSent()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeBozza(mario);
        Context context = world.as(mario);
        actions::savePasso(context, id, {"specifica", Mossa::Resta, {{"delegante", "Ada"}}, false, ""});
        actions::submit(context, id, versione(world, id));
        QCOMPARE(q(store::risposte(world.database(), id).dump()), q(R"({"delega":"no","oggetto":"una festa"})"));
    }

    // D4: a file uploaded as one document and used for another is described as what it is used for.
    void aFileIsDescribedByTheFieldThatItIsUsedFor()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        Context context = world.as(mario);
        world.addServizio(
            q(tests::servizioJson("altro-permesso")).replace("\"Documento\"", "\"Statuto\"").toStdString());
        const auto other = world.makeBozza(mario, "altro-permesso");
        actions::addFile(context, other, "documento", world.file("a.pdf", "%PDF-1.4 a"));
        const auto file = store::allegati(world.database(), mario.id, 1).at(0).allegato;
        QCOMPARE(q(file.descrizione), q("Statuto"));
        const auto id = world.makeBozza(mario);
        actions::addAllegato(context, id, "documento", file.id);
        actions::submit(context, id, versione(world, id));
        QCOMPARE(q(store::allegatiOf(world.database(), id).at(0).descrizione), q("Documento"));
    }

    void filesGoWithItAndStay()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeBozza(mario);
        Context context = world.as(mario);
        actions::addFile(context, id, "documento", world.file("a.pdf", "%PDF-1.4 a"));
        actions::submit(context, id, versione(world, id));
        const auto sent = store::allegatiOf(world.database(), id);
        QCOMPARE(sent.size(), std::size_t{1});
        QVERIFY_EXCEPTION_THROWN(actions::removeAllegato(context, sent[0].allegato.id), Conflict);
        QCOMPARE(store::allegati(world.database(), mario.id, 10).at(0).usi.size(), std::size_t{1});
    }

    // C5: the applicant's data follow the profile until sending.
    void theApplicantIsKeptAsAtSending()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeInviata(mario);
        QVERIFY(store::richiedente(world.database(), id)->residenza == mario.residenza);
        const Operatore anna = world.addOperatore(tests::makeOperatore());
        QCOMPARE(store::conteggiOperatore(world.database(), anna).assegnare, 1LL);
        Context context = world.as(mario);
        QVERIFY2(actions::start(context, "permesso-prova") != id, "once sent, the place of the draft is free");
    }
};

QTEST_GUILESS_MAIN(TestSubmit)
#include "test_submit.moc"
