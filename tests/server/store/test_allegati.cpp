#include "core/base/error.h"
#include "server/store/allegati.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::instant;
using tests::makeCittadino;
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
        giulia = tests::addCittadino(ente(), makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi"));
    }

    Allegato add(const Cittadino& owner, const std::string& id, Instant when = kNow)
    {
        const Allegato allegato{Id<Allegato>{id},
                                owner.id,
                                "Carta d'identità.pdf",
                                "Fronte \"e\" retro 😀",
                                "application/pdf",
                                5'000'000'000LL,
                                "sha-" + id,
                                when};
        store::Transaction transaction(ente());
        store::insert(transaction, allegato);
        transaction.commit();
        return allegato;
    }

    Cittadino mario;
    Cittadino giulia;
};

}

class TestAllegati : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // D8: "for anyone else they do not exist".
    void theFilesOfOthersAreNotSeen()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Allegato his = shelf.add(shelf.mario, "m1");
        const Allegato hers = shelf.add(shelf.giulia, "g1");
        QVERIFY(store::findAllegato(shelf.ente(), his.id, shelf.mario.id));
        QVERIFY(!store::findAllegato(shelf.ente(), his.id, shelf.giulia.id));
        const auto mine = store::allegatiOf(shelf.ente(), {hers.id, his.id, Id<Allegato>{"%"}, Id<Allegato>{"assente"}},
                                            shelf.mario.id);
        QCOMPARE(mine.size(), std::size_t{1});
        QCOMPARE(q(mine[0].id.text()), q("m1"));
        QCOMPARE(store::allegati(shelf.ente(), shelf.giulia.id, 100).size(), std::size_t{1});
    }

    void filesComeBackAsTheyWereInTheOrderAsked()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        shelf.add(shelf.mario, "a", kNow - 1h);
        const Allegato b = shelf.add(shelf.mario, "b");
        const auto both = store::allegatiOf(shelf.ente(), {Id<Allegato>{"b"}, Id<Allegato>{"a"}}, shelf.mario.id);
        QCOMPARE(q(both[0].id.text() + both[1].id.text()), q("ba"));
        QCOMPARE(q(both[0].nome), q(b.nome));
        QCOMPARE(q(both[0].descrizione), q(b.descrizione));
        QCOMPARE(both[0].dimensione, std::int64_t{5'000'000'000});
        QVERIFY(store::allegatiOf(shelf.ente(), std::vector<Id<Allegato>>{}, shelf.mario.id).empty());
        const auto list = store::allegati(shelf.ente(), shelf.mario.id, 100);
        QCOMPARE(q(list[0].allegato.id.text()), q("b"));
        QCOMPARE(store::allegati(shelf.ente(), shelf.mario.id, 1).size(), std::size_t{1});
    }

    // P2: "A file not attached to a sent pratica can be deleted; an attached one cannot."
    void aFileThatWentWithAPraticaStays()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Allegato sent = shelf.add(shelf.mario, "inviato");
        const Allegato loose = shelf.add(shelf.mario, "libero");
        const Pratica pratica = tests::addBozza(shelf.ente(), shelf.mario, "permesso-prova", kNow);
        {
            store::Transaction transaction(shelf.ente());
            store::attach(transaction, pratica.id(), 1, sent, "Documento");
            QVERIFY_EXCEPTION_THROWN(store::removeAllegato(transaction, sent), Conflict);
            store::removeAllegato(transaction, loose);
            transaction.commit();
        }
        const auto list = store::allegati(shelf.ente(), shelf.mario.id, 100);
        QCOMPARE(list.size(), std::size_t{1});
        QCOMPARE(list[0].usi.size(), std::size_t{1});
        QCOMPARE(q(list[0].usi[0].servizioNome), q("Permesso di prova"));
        const auto attached = store::allegatiOf(shelf.ente(), pratica.id());
        QCOMPARE(q(attached.at(0).descrizione), q("Documento"));
    }

    // P2: "SERVIZIO (STATO gg-mm-aaaa) (the date of that state)", not of the last change.
    void theDateOfAUseIsThatOfItsState()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Allegato file = shelf.add(shelf.mario, "inviato");
        const Pratica pratica = tests::addBozza(shelf.ente(), shelf.mario, "permesso-prova", kNow);
        {
            store::Transaction transaction(shelf.ente());
            store::attach(transaction, pratica.id(), 1, file, "Documento");
            store::attach(transaction, pratica.id(), 2, file, "Un altro documento");
            transaction.commit();
        }
        tests::change(shelf.ente(), pratica.id(), [](Pratica& p) { p.reachPasso("riepilogo", kNow + 48h); });
        const auto uses = store::allegati(shelf.ente(), shelf.mario.id, 10).at(0).usi;
        QCOMPARE(uses.size(), std::size_t{1});
        QCOMPARE(uses[0].quando, kNow);
    }

    void aPraticaHasOneDocumentOfEachKind()
    {
        QFETCH_GLOBAL(QString, database);
        Shelf shelf(database);
        const Pratica pratica = tests::addBozza(shelf.ente(), shelf.mario, "permesso-prova", kNow);
        const auto add = [&](const char* id, store::GenereDocumento genere) {
            store::Transaction transaction(shelf.ente());
            store::insert(transaction, pratica.id(),
                          {id, genere, "Modulo.pdf", "application/pdf", 10, std::string{"ab"} + id, kNow});
            transaction.commit();
        };
        add("d1", store::GenereDocumento::Modulo);
        add("d2", store::GenereDocumento::Risposta);
        QVERIFY_EXCEPTION_THROWN(add("d3", store::GenereDocumento::Modulo), store::Duplicate);
        QCOMPARE(store::documenti(shelf.ente(), pratica.id()).size(), std::size_t{2});
        QCOMPARE(q(store::findDocumento(shelf.ente(), pratica.id(), store::GenereDocumento::Risposta)->id), q("d2"));
        QVERIFY(!store::findDocumento(shelf.ente(), pratica.id(), store::GenereDocumento::FileEsito));
        QCOMPARE(store::namedFiles(shelf.ente(), "ab"), (std::vector<std::string>{"abd1", "abd2"}));
        QVERIFY(store::namedFiles(shelf.ente(), "ac").empty());
        QVERIFY(store::namesFiles(shelf.ente()));
    }
};

QTEST_GUILESS_MAIN(TestAllegati)
#include "test_allegati.moc"
