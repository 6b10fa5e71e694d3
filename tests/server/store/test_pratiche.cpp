#include "core/base/error.h"
#include "server/store/elenchi.h"
#include "server/store/ids.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <atomic>
#include <mutex>
#include <random>
#include <set>

using namespace sdc;
using namespace std::chrono_literals;
using tests::instant;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::q;
using tests::Scratch;

namespace {

const Instant kNow = instant("2026-11-23T10:00:00Z");

struct Shelf : Scratch
{
    explicit Shelf(const QString& database) : Scratch(database)
    {
        tests::addServizio(ente(), tests::servizioJson());
        mario = tests::addCittadino(ente(), makeCittadino());
    }

    Pratica bozza(Instant creata = kNow) { return tests::addBozza(ente(), mario, "permesso-prova", creata); }

    Pratica protocollata()
    {
        const Pratica draft = bozza();
        tests::send(ente(), draft.id(), mario, kNow + 1min);
        return tests::registerIt(ente(), draft.id(), kNow + 2min);
    }

    Cittadino mario;
};

/// The four lists of O3, by the states of the requirements.
store::ConteggiOperatore counted(store::Reader& reader, const std::vector<Id<Pratica>>& all, const Operatore& me)
{
    store::ConteggiOperatore counts;
    for (const auto& id : all) {
        const Pratica pratica = store::pratica(reader, id);
        if (!me.enabledFor(pratica.fields().servizio))
            continue;
        const int state = code(pratica.stato());
        counts.gestire += pratica.fields().operatore == me.id && state >= 3000 && state <= 5000;
        counts.assegnare += pratica.fields().operatore.empty() && state >= 2000 && state <= 5000;
        counts.concluse += state == 6000 || state == 7000 || state == 8000 || state == 9000;
        counts.tutte += state >= 2000;
    }
    return counts;
}

/// One random thing that happens to a pratica; what cannot be, does not.
void move(store::Database& database, const Id<Pratica>& id, const Cittadino& cittadino, const Id<Operatore>& who,
          unsigned what)
{
    try {
        switch (what % 6) {
        case 0:
            tests::send(database, id, cittadino, kNow);
            return;
        case 1:
            tests::registerIt(database, id, kNow);
            return;
        case 2:
            tests::change(database, id, [&](Pratica& p) { p.takeCharge(who, kNow); });
            return;
        case 3:
            tests::change(database, id, [&](Pratica& p) { p.release(p.fields().operatore, kNow); });
            return;
        case 4:
            tests::change(database, id, [&](Pratica& p) {
                p.decide(p.fields().operatore, {what % 2 == 0 ? Decisione::Approva : Decisione::Rigetta, "Perché sì."},
                         kNow);
            });
            return;
        default:
            tests::change(database, id, [&](Pratica& p) { p.assignProtocolloRisposta({"0000009/2026", kNow}, kNow); });
        }
    } catch (const Refusal&) {
    }
}

}

class TestPratiche : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void comesBackAsItWasSaved()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Pratica pratica = shelf.protocollata();
        QCOMPARE(pratica.stato(), Stato::Protocollata);
        QCOMPARE(q(pratica.fields().protocollo->text), q("0000001/2026"));
        QCOMPARE(pratica.fields().protocollo->quando, kNow + 2min);
        QCOMPARE(pratica.fields().inviata, std::optional{kNow + 1min});
        QCOMPARE(pratica.fields().creata, kNow);
        QCOMPARE(pratica.versione(), 2);
        QVERIFY(!pratica.fields().esito && !pratica.fields().protocolloRisposta && pratica.fields().operatore.empty());
        QStringList states;
        for (const auto& passaggio : store::iter(shelf.ente(), pratica.id()))
            states << QString::number(code(passaggio.stato)) + " " + q(toIso(passaggio.quando));
        QCOMPARE(states,
                 QStringList({"1000 2026-11-23T10:00:00Z", "2000 2026-11-23T10:01:00Z", "3000 2026-11-23T10:02:00Z"}));
    }

    void ofTwoSaversOneIsTold()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Id<Pratica> id = shelf.protocollata().id();
        Pratica first = store::pratica(shelf.ente(), id);
        Pratica second = store::pratica(shelf.ente(), id);
        first.takeCharge(Id<Operatore>{"anna"}, kNow);
        second.takeCharge(Id<Operatore>{"bruno"}, kNow);
        {
            store::Transaction transaction(shelf.ente());
            store::save(transaction, first);
            transaction.commit();
        }
        store::Transaction transaction(shelf.ente());
        QVERIFY_EXCEPTION_THROWN(store::save(transaction, second), Conflict);
    }

    void ofEightSaversAtOnceOneSucceeds()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Pratica pratica = shelf.protocollata();
        std::atomic<int> saved = 0;
        std::atomic<int> told = 0;
        tests::inThreads(8, [&](int thread) {
            Pratica mine = pratica;
            mine.takeCharge(Id<Operatore>{"op" + std::to_string(thread)}, kNow);
            try {
                store::Transaction transaction(shelf.ente());
                store::save(transaction, mine);
                transaction.commit();
                ++saved;
            } catch (const Conflict&) {
                ++told;
            }
        });
        QCOMPARE(saved.load(), 1);
        QCOMPARE(told.load(), 7);
        QCOMPARE(tests::numberOf(shelf.ente(), "SELECT COUNT(*) FROM passaggi WHERE stato = 4000"), 1LL);
    }

    // C1: "One draft at a time per service and citizen".
    void eightThreadsClaimOneDraft()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Pratica model = shelf.bozza();
        std::mutex mutex;
        std::set<std::string> drafts;
        std::atomic<int> claimed = 0;
        tests::inThreads(8, [&](int) {
            Pratica::Fields fields = model.fields();
            fields.id = Id<Pratica>{store::newId()};
            const Pratica mine = Pratica::start(fields);
            store::Transaction transaction(shelf.ente());
            const auto holder = store::claimBozzaUnica(transaction, mine);
            if (!holder) {
                store::insert(transaction, mine, tests::makeServizio(), "Rossi Mario");
                ++claimed;
            }
            transaction.commit();
            const std::lock_guard lock(mutex);
            drafts.insert(holder ? holder->text() : mine.id().text());
        });
        QCOMPARE(claimed.load(), 1);
        QCOMPARE(drafts.size(), std::size_t{1});
        store::Transaction transaction(shelf.ente());
        store::releaseBozzaUnica(transaction, Id<Pratica>{*drafts.begin()});
        QVERIFY(!store::claimBozzaUnica(transaction, model));
    }

    void theCountsEqualARealCountAfterFiveHundredMoves()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        tests::addServizio(shelf.ente(), tests::servizioJson("altro-servizio", "Altro servizio", "Altre"));
        const std::vector<Operatore> operators = {
            tests::addOperatore(shelf.ente(), makeOperatore("anna")),
            tests::addOperatore(shelf.ente(), makeOperatore("bruno", {"altro-servizio"}))};
        std::mt19937 random(20261123);
        std::vector<Id<Pratica>> all;
        for (int i = 0; i < 500; ++i) {
            if (all.size() < 40 && random() % 4 == 0) {
                const char* slug = random() % 2 == 0 ? "permesso-prova" : "altro-servizio";
                all.push_back(
                    tests::addBozza(shelf.ente(), shelf.mario, slug, random() % 2 == 0 ? kNow : kNow - 8760h).id());
            }
            if (!all.empty())
                move(shelf.ente(), all[random() % all.size()], shelf.mario, operators[random() % 2].id,
                     static_cast<unsigned>(random()));
        }
        for (const Operatore& me : operators) {
            const auto kept = store::conteggiOperatore(shelf.ente(), me);
            const auto real = counted(shelf.ente(), all, me);
            QCOMPARE(kept.gestire, real.gestire);
            QCOMPARE(kept.assegnare, real.assegnare);
            QCOMPARE(kept.concluse, real.concluse);
            QCOMPARE(kept.tutte, real.tutte);
            long long inYears = 0;
            for (const auto& [year, count] : store::pratichePerAnno(shelf.ente(), me)) {
                QVERIFY(year == 2025 || year == 2026);
                inYears += count;
            }
            QCOMPARE(inYears, real.tutte);
        }
        QVERIFY(counted(shelf.ente(), all, operators[0]).concluse > 0);
        QCOMPARE(tests::numberOf(shelf.ente(), "SELECT COUNT(*) FROM conteggi WHERE numero < 0"), 0LL);
    }

    void everyChangeIsNumberedInTheOrderOfCommits()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        std::vector<Id<Pratica>> all;
        for (int i = 0; i < 8; ++i)
            all.push_back(shelf.bozza().id());
        // A draft is the citizen's alone: filling it in tells nobody.
        tests::change(shelf.ente(), all[0], [](Pratica& p) { p.reachPasso("dati", kNow); });
        QCOMPARE(store::lastCambiamento(shelf.ente()), 0LL);
        tests::inThreads(8, [&](int thread) {
            const auto& id = all[static_cast<std::size_t>(thread)];
            tests::send(shelf.ente(), id, shelf.mario, kNow);
            tests::registerIt(shelf.ente(), id, kNow);
        });
        QCOMPARE(store::lastCambiamento(shelf.ente()), 16LL);
        const auto changes = store::cambiamentiAfter(shelf.ente(), 0, 100);
        QCOMPARE(changes.size(), std::size_t{16});
        for (std::size_t i = 0; i < changes.size(); ++i)
            QCOMPARE(changes[i].numero, static_cast<long long>(i) + 1);
        QCOMPARE(store::cambiamentiAfter(shelf.ente(), 10, 3).front().numero, 11LL);
        QCOMPARE(store::cambiamentiAfter(shelf.ente(), 10, 3).size(), std::size_t{3});
        QVERIFY(store::cambiamentiAfter(shelf.ente(), 16, 100).empty());
    }

    void theCitizensListsFollowTheStates()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Cittadino giulia =
            tests::addCittadino(shelf.ente(), makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi"));
        tests::addBozza(shelf.ente(), giulia, "permesso-prova", kNow);
        const Pratica older = shelf.bozza(kNow - 1h);
        const Pratica newer = shelf.bozza(kNow);
        const Id<Pratica> sent = shelf.protocollata().id();
        const auto drafts = store::praticheOf(shelf.ente(), shelf.mario.id, ElencoCittadino::InBozza, 0, 10);
        QCOMPARE(drafts.size(), std::size_t{2});
        QCOMPARE(q(drafts[0].id.text()), q(newer.id().text()));
        QCOMPARE(q(drafts[1].id.text()), q(older.id().text()));
        QCOMPARE(q(store::praticheOf(shelf.ente(), shelf.mario.id, ElencoCittadino::InBozza, 1, 10).front().id.text()),
                 q(older.id().text()));
        const auto inviate = store::praticheOf(shelf.ente(), shelf.mario.id, ElencoCittadino::Inviate, 0, 10);
        QCOMPARE(inviate.size(), std::size_t{1});
        QCOMPARE(q(inviate[0].id.text()), q(sent.text()));
        const auto counts = store::conteggi(shelf.ente(), shelf.mario.id);
        QCOMPARE(counts.at(ElencoCittadino::InBozza), 2LL);
        QCOMPARE(counts.at(ElencoCittadino::Inviate), 1LL);
        QCOMPARE(store::praticheRecenti(shelf.ente(), shelf.mario.id, 2).size(), std::size_t{2});
        QCOMPARE(store::bozze(shelf.ente(), giulia.id, "permesso-prova").size(), std::size_t{1});
    }

    void whatWasTypedComesBackAsTyped()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Id<Pratica> id = shelf.bozza().id();
        const std::string text = "L'\"attività\" 😀\nriga due\t\\ {x} :nome $1 '; --";
        store::Transaction transaction(shelf.ente());
        store::saveRisposte(transaction, id, {{"oggetto", text}, {"scelte", {"a", "b"}}});
        store::saveNotaPrivata(transaction, id, text);
        store::saveNotaPrivata(transaction, id, text + "2");
        store::insertRichiedente(transaction, id, shelf.mario);
        transaction.commit();
        QCOMPARE(q(store::risposte(shelf.ente(), id)["oggetto"].get<std::string>()), q(text));
        QCOMPARE(q(store::notaPrivata(shelf.ente(), id)), q(text + "2"));
        const Cittadino kept = store::richiedente(shelf.ente(), id).value();
        QCOMPARE(q(kept.codiceFiscale), q("RSSMRA72H25H612H"));
        QVERIFY(kept.residenza == shelf.mario.residenza && kept.dataNascita == shelf.mario.dataNascita);
    }

    void aDeletedDraftLeavesNothingBehind()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Pratica draft = shelf.bozza();
        const Pratica sent = shelf.protocollata();
        {
            store::Transaction transaction(shelf.ente());
            store::saveRisposte(transaction, draft.id(), {{"oggetto", "x"}});
            store::saveNotaPrivata(transaction, draft.id(), "nota");
            store::removeBozza(transaction, draft);
            QVERIFY_EXCEPTION_THROWN(store::removeBozza(transaction, sent), Conflict);
            transaction.commit();
        }
        for (const char* count : {"SELECT COUNT(*) FROM risposte", "SELECT COUNT(*) FROM note_private"})
            QCOMPARE(tests::numberOf(shelf.ente(), count), 0LL);
        QCOMPARE(tests::numberOf(shelf.ente(), "SELECT COUNT(*) FROM pratiche"), 1LL);
        QVERIFY_EXCEPTION_THROWN(store::pratica(shelf.ente(), draft.id()), NotFound);
    }
};

QTEST_GUILESS_MAIN(TestPratiche)
#include "test_pratiche.moc"
