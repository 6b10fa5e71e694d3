#include "server/actions/lavora.h"
#include "server/actions/protocolla.h"
#include "server/store/pratiche.h"
#include "server/store/registro.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

using namespace sdc;
using tests::makeCittadino;
using tests::numberOf;
using tests::q;
using tests::World;

class TestProtocolla : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // R1: number and date are stored with the pratica; each exactly once, however often it is tried again.
    void registeringTwiceGivesTheSameNumberOnce()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const auto id = world.makeInviata(world.addCittadino(makeCittadino()));
        actions::assignProtocollo(world.context(), id);
        const Pratica first = store::pratica(world.database(), id);
        QCOMPARE(first.stato(), Stato::Protocollata);
        QCOMPARE(q(first.fields().protocollo->text), q("0000001/2026"));
        QCOMPARE(first.fields().protocollo->quando, world.now());
        world.advance(std::chrono::hours{1});
        actions::assignProtocollo(world.context(), id);
        QVERIFY(store::pratica(world.database(), id).fields().protocollo == first.fields().protocollo);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM registro"), 1LL);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM passaggi WHERE stato = 3000"), 1LL);
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'avvisa' AND dati = '3000'"),
                 1LL);
    }

    void eightThreadsRegisterEightPraticheWithoutGaps()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        std::vector<Id<Pratica>> all;
        for (int i = 0; i < 4; ++i)
            all.push_back(world.makeInviata(mario));
        tests::inThreads(8, [&](int thread) {
            actions::assignProtocollo(world.context(), all[static_cast<std::size_t>(thread) % 4]);
        });
        QCOMPARE(numberOf(world.database(), "SELECT MAX(numero) FROM registro"), 4LL);
        QVERIFY(store::gaps(world.database()).empty());
        for (const auto& id : all)
            QCOMPARE(store::pratica(world.database(), id).stato(), Stato::Protocollata);
    }

    // O9: concluded once the response is registered.
    void theResponseHasANumberOfItsOwn()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Operatore anna = world.addOperatore(tests::makeOperatore("anna"));
        const auto id = world.makeProtocollata(world.addCittadino(makeCittadino()));
        Context context = world.as(anna);
        actions::takeCharge(context, id);
        actions::decide(
            context, id,
            {{Decisione::Rigetta, "No."}, "chiave-di-prova-1", {}, store::pratica(world.database(), id).versione()});
        actions::assignProtocolloRisposta(world.context(), id);
        actions::assignProtocolloRisposta(world.context(), id);
        const Pratica concluded = store::pratica(world.database(), id);
        QCOMPARE(concluded.stato(), Stato::Rifiutata);
        QCOMPARE(q(concluded.fields().protocolloRisposta->text), q("0000002/2026"));
        QCOMPARE(q(concluded.fields().protocollo->text), q("0000001/2026"));
        QCOMPARE(numberOf(world.database(), "SELECT COUNT(*) FROM registro WHERE verso = 'U'"), 1LL);
    }
};

QTEST_GUILESS_MAIN(TestProtocolla)
#include "test_protocolla.moc"
