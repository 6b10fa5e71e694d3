#include "core/base/error.h"
#include "server/actions/compila.h"
#include "server/store/allegati.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <set>

using namespace sdc;
using actions::Mossa;
using tests::makeCittadino;
using tests::q;
using tests::World;

namespace {

const std::string kPdf = "%PDF-1.4\nprova";

struct Filling : World
{
    explicit Filling(const QString& database)
        : World(database),
          mario(addCittadino(makeCittadino())),
          context(as(mario)),
          id(actions::start(context, "permesso-prova"))
    {
    }

    actions::EsitoPasso save(const char* passo, Mossa mossa, const Posted& fields, const std::string& nota = "",
                             bool chiaro = false)
    {
        return actions::savePasso(context, id, {passo, mossa, fields, chiaro, nota});
    }
    /// Past the two steps that all services have.
    void reachDati()
    {
        save("istruzioni", Mossa::Avanti, {}, "", true);
        save("richiedente", Mossa::Avanti, {});
    }
    std::string answer(const char* chiave)
    {
        return store::risposte(database(), id).value(chiave, std::string{"(niente)"});
    }
    std::string passo() { return store::pratica(database(), id).fields().passo; }

    Cittadino mario;
    Context context;
    Id<Pratica> id;
};

QString fieldsOf(const actions::EsitoPasso& esito)
{
    std::string all;
    for (const FieldError& error : esito.errors)
        all += (all.empty() ? "" : " ") + error.field;
    return q(all);
}

QString refusedAt(const std::function<void()>& action)
{
    try {
        action();
        return "taken";
    } catch (const Invalid& fault) {
        return fault.fields().empty() ? QStringLiteral("no field") : q(fault.fields().front().field);
    }
}

}

class TestCompila : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void startingAgainFindsTheOpenDraft()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        QVERIFY(actions::start(f.context, "permesso-prova") == f.id);
        std::mutex mutex;
        std::set<std::string> ids;
        const Cittadino giulia = f.addCittadino(makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi"));
        tests::inThreads(8, [&](int) {
            Context mine = f.as(giulia);
            const auto id = actions::start(mine, "permesso-prova");
            const std::lock_guard lock(mutex);
            ids.insert(id.text());
        });
        QCOMPARE(ids.size(), std::size_t{1});
        QVERIFY(*ids.begin() != f.id.text());
        QCOMPARE(tests::numberOf(f.database(), "SELECT COUNT(*) FROM pratiche"), 2LL);
    }

    void aServiceForProfessionalsHasAnyNumberOfDrafts()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.addServizio(q(tests::servizioJson("scia"))
                          .replace("\"passi\":", "\"bozze_illimitate\": true, \"passi\":")
                          .toStdString());
        QVERIFY(actions::start(f.context, "scia") != actions::start(f.context, "scia"));
    }

    // E3: suspended, "no new request can begin, those begun go on".
    void aSuspendedServiceBeginsNothingNew()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        const Cittadino giulia = f.addCittadino(makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi"));
        {
            store::Transaction transaction(f.database());
            store::setAttivazione(transaction, "permesso-prova", Attivazione::Sospeso);
            transaction.commit();
        }
        Context hers = f.as(giulia);
        QVERIFY_EXCEPTION_THROWN(actions::start(hers, "permesso-prova"), Conflict);
        QVERIFY(actions::start(f.context, "permesso-prova") == f.id);
        QVERIFY_EXCEPTION_THROWN(actions::start(f.context, "assente"), NotFound);
    }

    void theInstructionsMustBeUnderstood()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        const auto refused = f.save("istruzioni", Mossa::Avanti, {});
        QCOMPARE(fieldsOf(refused), q("chiaro"));
        QCOMPARE(q(refused.next), q("istruzioni"));
        QCOMPARE(q(f.save("istruzioni", Mossa::Avanti, {}, "", true).next), q("richiedente"));
    }

    // C3: on error one stays, and everything typed is kept.
    void errorsKeepEverythingTyped()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        const std::string tooLong = QString(101, 'x').toStdString();
        const auto esito =
            f.save("dati", Mossa::Avanti, {{"oggetto", tooLong}, {"descrizione", " riga\r\ndue "}, {"delega", "forse"}},
                   "la mia nota");
        QCOMPARE(fieldsOf(esito), q("oggetto delega"));
        QCOMPARE(q(esito.next), q("dati"));
        QCOMPARE(q(f.answer("oggetto")), q(tooLong));
        QCOMPARE(q(f.answer("descrizione")), q("riga\ndue"));
        QCOMPARE(q(f.answer("delega")), q("forse"));
        QCOMPARE(q(store::notaPrivata(f.database(), f.id)), q("la mia nota"));
    }

    // C2: "at most 2,000 characters (not bytes)".
    void theNoteHasTwoThousandCharactersWhateverTheirBytes()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        const QString full = QStringLiteral("😀").repeated(1000) + QStringLiteral("\r\n").repeated(1000);
        QCOMPARE(fieldsOf(f.save("richiedente", Mossa::Avanti, {}, full.toStdString())), QString());
        QCOMPARE(q(store::notaPrivata(f.database(), f.id)), QString(full).replace("\r\n", "\n"));
        const auto over = f.save("richiedente", Mossa::Avanti, {}, (full + "a").toStdString());
        QCOMPARE(fieldsOf(over), q("nota"));
        QCOMPARE(q(over.next), q("richiedente"));
        QCOMPARE(q(store::notaPrivata(f.database(), f.id)), QString(full).replace("\r\n", "\n"));
    }

    void stepsGoOnAndBackAndSkipWhatIsNotAskedFor()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        QCOMPARE(q(f.save("dati", Mossa::Avanti, {{"oggetto", "x"}, {"delega", "no"}}).next), q("allegati"));
        QCOMPARE(q(f.save("allegati", Mossa::Indietro, {}).next), q("dati"));
        QCOMPARE(q(f.save("dati", Mossa::Avanti, {{"oggetto", "x"}, {"delega", "si"}}).next), q("specifica"));
        // Indietro and Ricomincia judge nothing and keep what was typed.
        QCOMPARE(q(f.save("specifica", Mossa::Indietro, {{"delegante", ""}}).next), q("dati"));
        const auto again =
            f.save("dati", Mossa::Ricomincia, {{"oggetto", ""}, {"descrizione", "resta"}, {"delega", "si"}});
        QVERIFY(again.errors.empty());
        QCOMPARE(q(again.next), q("istruzioni"));
        QCOMPARE(q(f.answer("descrizione")), q("resta"));
        QCOMPARE(q(f.save("istruzioni", Mossa::Indietro, {}).next), q("istruzioni"));
    }

    // C4: "the box "Ok mi è chiaro" is mandatory": no later step opens before.
    void aStepThatWasNotReachedOpensNothingAndLosesNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        for (const Mossa mossa : {Mossa::Avanti, Mossa::Resta, Mossa::Indietro}) {
            const auto esito = f.save("allegati", mossa, {});
            QVERIFY(!esito.aperto);
            QCOMPARE(q(esito.next), q("istruzioni"));
        }
        QVERIFY(!f.save("dati", Mossa::Avanti, {{"oggetto", "scritto"}, {"delega", "no"}}, "la nota").aperto);
        QCOMPARE(q(f.passo()), q("istruzioni"));
        QCOMPARE(q(f.answer("oggetto")), q("scritto"));
        QCOMPARE(q(store::notaPrivata(f.database(), f.id)), q("la nota"));
    }

    // C3: two windows, or a double click: both posts count, none is refused, nothing typed is lost.
    void stepsSavedAtOnceQueueUp()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        std::atomic<int> wellSaved = 0;
        tests::inThreads(8, [&](int) {
            Context mine = f.as(f.mario);
            const auto esito = actions::savePasso(
                mine, f.id, {"dati", Mossa::Avanti, {{"oggetto", "festa"}, {"delega", "no"}}, false, "nota"});
            wellSaved += esito.errors.empty() && esito.next == "allegati" ? 1 : 0;
        });
        QCOMPARE(wellSaved.load(), 8);
        QCOMPARE(q(f.answer("oggetto")), q("festa"));
        QCOMPARE(q(f.passo()), q("allegati"));
    }

    void filesAddedAtOnceAreAllKept()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        std::vector<actions::FileInviato> files;
        for (int i = 0; i < 8; ++i)
            files.push_back(f.file("a.pdf", kPdf + std::to_string(i)));
        tests::inThreads(8, [&](int i) {
            Context mine = f.as(f.mario);
            actions::addFile(mine, f.id, "documento", files[static_cast<std::size_t>(i)]);
        });
        QCOMPARE(store::risposte(f.database(), f.id).at("documento").size(), std::size_t{8});
        const auto mine = store::allegati(f.database(), f.mario.id, 10);
        tests::inThreads(8, [&](int i) {
            Context his = f.as(f.mario);
            const auto& file = mine[static_cast<std::size_t>(i)].allegato.id;
            actions::removeFile(his, f.id, "documento", file);
            actions::addAllegato(his, f.id, "documento", file);
        });
        QCOMPARE(store::risposte(f.database(), f.id).at("documento").size(), std::size_t{8});
    }

    // C3: what was parked is never put over what was answered later.
    void whatWasWrittenForAnEarlierVersioneIsNotSavedOverALaterOne()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        const int seen = store::pratica(f.database(), f.id).versione();
        f.save("dati", Mossa::Resta, {{"oggetto", "nuovo"}});
        const auto late = actions::savePasso(f.context, f.id,
                                             {"dati", Mossa::Resta, {{"oggetto", "vecchio"}}, false, "vecchia", seen});
        QVERIFY(late.superata);
        QCOMPARE(q(late.next), q("dati"));
        QCOMPARE(q(f.answer("oggetto")), q("nuovo"));
        const int now = store::pratica(f.database(), f.id).versione();
        QVERIFY(!actions::savePasso(f.context, f.id, {"dati", Mossa::Resta, {{"oggetto", "ripreso"}}, false, "", now})
                     .superata);
        QCOMPARE(q(f.answer("oggetto")), q("ripreso"));
    }

    void theFurthestStepIsWhereOneResumes()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        f.save("dati", Mossa::Avanti, {{"oggetto", "x"}, {"delega", "si"}});
        QCOMPARE(q(f.passo()), q("specifica"));
        f.save("richiedente", Mossa::Indietro, {});
        QCOMPARE(q(f.passo()), q("specifica"));
        // Without the delegation that step is no more: one resumes before it.
        f.save("dati", Mossa::Resta, {{"oggetto", "x"}, {"delega", "no"}});
        QCOMPARE(q(f.passo()), q("dati"));
    }

    void aDraftMovesToTheNewestDefinitionAndKeepsWhatFits()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        f.save("dati", Mossa::Avanti, {{"oggetto", "una festa"}, {"descrizione", "perduta"}, {"delega", "no"}});
        f.addServizio(
            q(tests::servizioJson()).replace("\"descrizione\", \"tipo\"", "\"spiegazione\", \"tipo\"").toStdString());
        const auto moved = actions::openBozza(f.context, f.id);
        QVERIFY(moved.aggiornata);
        QCOMPARE(moved.definizione->numero, 2);
        QCOMPARE(q(moved.risposte.dump()), q(R"({"delega":"no","oggetto":"una festa"})"));
        QVERIFY(!actions::openBozza(f.context, f.id).aggiornata);
    }

    // C1: one resumes at the last step reached; where the new form lost it, at the nearest before it.
    void aStepThatIsGoneLeadsToTheNearestBeforeItAndKeepsWhatFits()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        f.save("dati", Mossa::Avanti, {{"oggetto", "x"}, {"delega", "si"}});
        QCOMPARE(q(f.passo()), q("specifica"));
        f.addServizio(
            q(tests::servizioJson()).replace("\"chiave\": \"specifica\"", "\"chiave\": \"delegato\"").toStdString());
        const auto posted = f.save("specifica", Mossa::Avanti, {{"delegante", "Ada"}}, "una nota");
        QVERIFY(!posted.aperto);
        QVERIFY(posted.aggiornata);
        QCOMPARE(q(posted.next), q("dati"));
        QCOMPARE(q(f.answer("delegante")), q("Ada"));
        QCOMPARE(q(store::notaPrivata(f.database(), f.id)), q("una nota"));
    }

    void aFurthestStepThatIsShownNoMoreIsNotWhereOneResumes()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        f.reachDati();
        f.save("dati", Mossa::Avanti, {{"oggetto", "x"}, {"delega", "si"}});
        f.addServizio(q(tests::servizioJson()).replace("\"uguale\": \"si\"", "\"uguale\": \"forse\"").toStdString());
        const auto moved = actions::openBozza(f.context, f.id);
        QCOMPARE(q(actions::resumeAt(moved)), q("dati"));
        QVERIFY(actions::isOpen(moved, *moved.definizione->servizio.modulo.find("dati")));
    }

    void theDraftOfAnotherDoesNotExist()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        Context other = f.as(f.addCittadino(makeCittadino("BNCGLI85C52L378P", "Giulia", "Bianchi")));
        QVERIFY_EXCEPTION_THROWN(actions::openBozza(other, f.id), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::savePasso(other, f.id, {"dati", Mossa::Avanti, {}, false, ""}), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::removeBozza(other, f.id), NotFound);
        QVERIFY_EXCEPTION_THROWN(actions::addFile(other, f.id, "documento", f.file("a.pdf", kPdf)), NotFound);
        const auto his = f.file("a.pdf", kPdf);
        actions::addFile(f.context, f.id, "documento", his);
        const auto file = store::allegati(f.database(), f.mario.id, 1).at(0).allegato.id;
        QVERIFY_EXCEPTION_THROWN(actions::removeAllegato(other, file), NotFound);
        const auto hers = actions::start(other, "permesso-prova");
        QVERIFY_EXCEPTION_THROWN(actions::addAllegato(other, hers, "documento", file), NotFound);
    }

    void aSentPraticaIsNoLongerFilledIn()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(makeCittadino());
        const auto id = world.makeInviata(mario);
        Context context = world.as(mario);
        QVERIFY_EXCEPTION_THROWN(actions::savePasso(context, id, {"dati", Mossa::Avanti, {}, false, ""}), Conflict);
        QVERIFY_EXCEPTION_THROWN(actions::removeBozza(context, id), Conflict);
        QVERIFY_EXCEPTION_THROWN(actions::addFile(context, id, "documento", world.file("a.pdf", kPdf)), Conflict);
    }

    void aFileOfTheRightKindIsKept()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        auto file = f.file("../Carta d'identità.PDF", kPdf);
        file.descrizione = " Fronte e retro ";
        actions::addFile(f.context, f.id, "documento", file);
        const auto kept = store::allegati(f.database(), f.mario.id, 10);
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(q(kept[0].allegato.nome), q("Carta d'identità.PDF"));
        QCOMPARE(q(kept[0].allegato.descrizione), q("Fronte e retro"));
        QCOMPARE(q(kept[0].allegato.tipo), q("application/pdf"));
        QVERIFY(std::filesystem::exists(f.room().files.path(file.sha256)));
        QCOMPARE(store::risposte(f.database(), f.id).at("documento").size(), std::size_t{1});
        // Again without a description: the field's label stands for it.
        actions::addFile(f.context, f.id, "documento", f.file("b.pdf", kPdf + "2"));
        QCOMPARE(tests::numberOf(f.database(), "SELECT COUNT(*) FROM allegati WHERE descrizione = 'Documento'"), 1LL);
    }

    // C7: "content checked, not the extension alone; wrong kinds refused with a clear message".
    void aFileSentOnceMoreIsThereOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        for (int i = 0; i < 2; ++i)
            actions::addFile(f.context, f.id, "documento", f.file("a.pdf", kPdf));
        actions::addFile(f.context, f.id, "documento", f.file("altro nome.pdf", kPdf));
        actions::addFile(f.context, f.id, "documento", f.file("a.pdf", kPdf + "2"));
        QCOMPARE(actions::openBozza(f.context, f.id).risposte.at("documento").size(), std::size_t{3});
        QCOMPARE(tests::numberOf(f.database(), "SELECT COUNT(*) FROM allegati"), 3LL);
    }

    void aWrongFileIsRefusedAtItsFieldAndNothingIsKept()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        const std::pair<const char*, std::string> wrong[] = {
            {"pagina.pdf", "<!DOCTYPE html><script>alert(1)</script>"},
            {"foto.pdf", "GIF89a....."},
            {"script.js", "alert(1)"},
            {"vero.html", kPdf},
            {"logo.png", "\x89PNG\r\n\x1A\n...."},
            {"vuoto.pdf", ""},
            {"grande.pdf", kPdf + std::string(1024 * 1024, ' ')},
        };
        for (const auto& [name, content] : wrong) {
            const auto file = f.file(name, content);
            QCOMPARE(refusedAt([&] { actions::addFile(f.context, f.id, "documento", file); }), q("documento"));
            QVERIFY(!std::filesystem::exists(f.room().files.path(file.sha256)));
        }
        QCOMPARE(tests::numberOf(f.database(), "SELECT COUNT(*) FROM allegati"), 0LL);
        QVERIFY(!store::risposte(f.database(), f.id).contains("documento"));
        QVERIFY_EXCEPTION_THROWN(actions::addFile(f.context, f.id, "oggetto", f.file("a.pdf", kPdf)), NotFound);
    }

    void aFieldHasTenFilesAtMost()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        for (int i = 0; i < 10; ++i)
            actions::addFile(f.context, f.id, "documento", f.file("a.pdf", kPdf + std::to_string(i)));
        QCOMPARE(refusedAt([&] { actions::addFile(f.context, f.id, "documento", f.file("a.pdf", kPdf + "undici")); }),
                 q("documento"));
        QCOMPARE(tests::numberOf(f.database(), "SELECT COUNT(*) FROM allegati"), 10LL);
    }

    void aDeletedFileLeavesTheDraftsToo()
    {
        QFETCH_GLOBAL(QString, database);
        Filling f(database);
        actions::addFile(f.context, f.id, "documento", f.file("a.pdf", kPdf));
        const auto file = store::allegati(f.database(), f.mario.id, 1).at(0).allegato.id;
        actions::removeFile(f.context, f.id, "documento", file);
        QCOMPARE(store::risposte(f.database(), f.id).at("documento").size(), std::size_t{0});
        actions::addAllegato(f.context, f.id, "documento", file);
        QCOMPARE(store::risposte(f.database(), f.id).at("documento").size(), std::size_t{1});
        actions::removeAllegato(f.context, file);
        QCOMPARE(store::risposte(f.database(), f.id).at("documento").size(), std::size_t{0});
        QVERIFY(store::allegati(f.database(), f.mario.id, 1).empty());
    }
};

QTEST_GUILESS_MAIN(TestCompila)
#include "test_compila.moc"
