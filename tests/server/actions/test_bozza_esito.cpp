#include "core/base/error.h"
#include "server/actions/bozza_esito.h"
#include "server/actions/lavora.h"
#include "server/store/bozze_esito.h"
#include "server/store/elenchi.h"
#include "server/store/pratiche.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

using namespace sdc;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::numberOf;
using tests::World;

namespace {

struct Office : World
{
    explicit Office(const QString& database)
        : World(database),
          mario(addCittadino(makeCittadino())),
          anna(addOperatore(makeOperatore("anna"))),
          bruno(addOperatore(makeOperatore("bruno"))),
          altra(addOperatore(makeOperatore("altra", {"altro-servizio"}))),
          id(makeProtocollata(mario))
    {
        Context context = as(anna);
        actions::takeCharge(context, id);
    }

    void keep(const Operatore& operatore, const actions::BozzaEsitoScritta& scritta)
    {
        Context context = as(operatore);
        actions::keepBozzaEsito(context, id, scritta);
    }
    std::optional<store::BozzaEsito> kept(const Operatore& operatore)
    {
        return store::bozzaEsito(database(), id, operatore.id);
    }
    long long drafts() { return numberOf(database(), "SELECT COUNT(*) FROM bozze_esito"); }

    Cittadino mario;
    Operatore anna;
    Operatore bruno;
    Operatore altra;
    Id<Pratica> id;
};

std::string letters(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "à";
    return text;
}

}

class TestBozzaEsito : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void whatIsWrittenLastIsKeptAndThePraticaDoesNotChange()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        const auto versione = store::pratica(office.database(), office.id).versione();
        const auto cambiamento = store::lastCambiamento(office.database());
        office.keep(office.anna, {"", "Man", 1});
        office.keep(office.anna, {"rigetta", "Manca\r\nla firma", 2});
        const auto kept = office.kept(office.anna);
        QVERIFY(kept && kept->esito == "rigetta" && kept->motivazione == "Manca\nla firma" && kept->passo == 2);
        QVERIFY(kept->salvata == office.now());
        QCOMPARE(office.drafts(), 1LL);
        QCOMPARE(store::pratica(office.database(), office.id).versione(), versione);
        QCOMPARE(store::lastCambiamento(office.database()), cambiamento);
    }

    void onlyWhoHasThePraticaInChargeWritesOne()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        QVERIFY_EXCEPTION_THROWN(office.keep(office.bruno, {"approva", "", 1}), Forbidden);
        QVERIFY_EXCEPTION_THROWN(office.keep(office.altra, {"approva", "", 1}), NotFound);
        office.keep(office.anna, {"approva", "", 1});
        Context bruno = office.as(office.bruno);
        QVERIFY_EXCEPTION_THROWN(actions::dropBozzaEsito(bruno, office.id), Forbidden);
        QCOMPARE(office.drafts(), 1LL);
        QVERIFY(!office.kept(office.bruno));
    }

    void tenThousandCharactersAreTheMost()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.keep(office.anna, {"", letters(10'000), 1});
        QVERIFY_EXCEPTION_THROWN(office.keep(office.anna, {"", letters(10'001), 1}), Invalid);
        QVERIFY_EXCEPTION_THROWN(office.keep(office.anna, {"forse", "", 1}), Invalid);
        QVERIFY_EXCEPTION_THROWN(office.keep(office.anna, {"", "", 0}), Invalid);
        QVERIFY_EXCEPTION_THROWN(office.keep(office.anna, {"", "", 3}), Invalid);
        QVERIFY(office.kept(office.anna)->motivazione == letters(10'000));
    }

    void whoHasNothingWrittenAnyMoreHasNoDraft()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.keep(office.anna, {"approva", "", 1});
        Context anna = office.as(office.anna);
        actions::dropBozzaEsito(anna, office.id);
        actions::dropBozzaEsito(anna, office.id);
        QCOMPARE(office.drafts(), 0LL);
    }

    void theDecisionEndsItAndNoneIsWrittenAfterIt()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.keep(office.anna, {"approva", "Va bene", 2});
        Context anna = office.as(office.anna);
        const int versione = store::pratica(office.database(), office.id).versione();
        actions::decide(anna, office.id, {{Decisione::Approva, ""}, "chiave-di-prova-1", {}, versione});
        QCOMPARE(office.drafts(), 0LL);
        QVERIFY_EXCEPTION_THROWN(office.keep(office.anna, {"rigetta", "", 1}), Conflict);
    }

    void aRefusedDecisionLeavesIt()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.keep(office.anna, {"rigetta", "Manca", 1});
        Context anna = office.as(office.anna);
        const int versione = store::pratica(office.database(), office.id).versione();
        QVERIFY_EXCEPTION_THROWN(
            actions::decide(anna, office.id, {{Decisione::Rigetta, " "}, "chiave-di-prova-1", {}, versione}), Invalid);
        QCOMPARE(office.drafts(), 1LL);
    }

    void theReleaseEndsIt()
    {
        QFETCH_GLOBAL(QString, database);
        Office office(database);
        office.keep(office.anna, {"approva", "", 1});
        Context anna = office.as(office.anna);
        actions::release(anna, office.id);
        QCOMPARE(office.drafts(), 0LL);
    }
};

QTEST_GUILESS_MAIN(TestBozzaEsito)
#include "test_bozza_esito.moc"
