#include "server/store/copia.h"
#include "server/store/pratiche.h"
#include "tests/server/copie/comune.h"

#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

using namespace sdc;
using tests::anyFile;
using tests::Comune;
using tests::contentOf;
using tests::execute;
using tests::filesIn;
using tests::Folder;
using tests::kMilliseconds;
using tests::makeCittadino;
using tests::numberOf;
using tests::Programma;
using tests::q;
using tests::ripristina;
using tests::Uscita;
using tests::Vuoto;
using tests::write;
namespace fs = std::filesystem;

namespace {

/// Citizens who send and an operator who decides, all the time until this goes.
class Scriventi
{
public:
    explicit Scriventi(Comune& comune)
    {
        for (int i = 0; i < 3; ++i) {
            const auto cittadino = comune.addCittadino(makeCittadino("RSSMRA72H25H61" + std::to_string(i) + "X"));
            threads_.emplace_back([this, &comune, i, cittadino] {
                for (int n = 0; !stop_ && n < kMost; ++n) {
                    auto id = comune.decisa(cittadino, std::to_string(i) + "/" + std::to_string(n));
                    const std::lock_guard lock(mutex_);
                    done_.push_back(std::move(id));
                }
            });
        }
    }
    ~Scriventi() { stop_ = true; }
    Scriventi(const Scriventi&) = delete;
    Scriventi& operator=(const Scriventi&) = delete;

    /// What was answered so far.
    std::vector<Id<Pratica>> done() const
    {
        const std::lock_guard lock(mutex_);
        return done_;
    }

private:
    static constexpr int kMost = 400;

    std::atomic<bool> stop_ = false;
    mutable std::mutex mutex_;
    std::vector<Id<Pratica>> done_;
    std::vector<std::jthread> threads_;
};

bool holds(const fs::path& folder, const std::string& text)
{
    const auto files = filesIn(folder);
    return std::any_of(files.begin(), files.end(),
                       [&](const fs::path& file) { return contentOf(file).find(text) != std::string::npos; });
}

}

class TestBackup : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // As the program does: what the server of these tests writes is read by nobody else.
    void initTestCase() { ::umask(0077); }

    void aBackupMadeWhileManyWriteIsWholeWhereItIsRestored()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        fs::path copia;
        std::vector<Id<Pratica>> before;
        {
            const Scriventi scriventi(comune);
            QTRY_VERIFY_WITH_TIMEOUT(scriventi.done().size() >= 10, kMilliseconds);
            before = scriventi.done();
            copia = comune.copia();
            QVERIFY2(scriventi.done().size() > before.size(), "nobody wrote while the backup was made");
        }
        const Vuoto vuoto(database);
        const Uscita uscita = Programma(vuoto.config).run(ripristina(copia));
        QVERIFY2(uscita.status == 0 && uscita.text.contains(q("verifica: nessuna anomalia")), qPrintable(uscita.text));
        const auto rooms = vuoto.rooms();
        const Room& room = *rooms->find("prova");
        for (const auto& id : before) {
            QCOMPARE(store::pratica(*room.database, id).stato(), Stato::RifiutataInAttesa);
            QCOMPARE(numberOf(*room.database,
                              ("SELECT COUNT(*) FROM allegati_pratica WHERE pratica = '" + id.text() + "'").c_str()),
                     1LL);
        }
        QCOMPARE(numberOf(*room.database, "SELECT COUNT(*) FROM allegati_pratica"),
                 numberOf(*room.database, "SELECT COUNT(*) FROM pratiche WHERE stato <> 1000"));
    }

    // E1: each ente is isolated from the others.
    void aBackupOfOneEnteHoldsNothingOfAnother()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        Room& altra = comune.addEnte("altra");
        tests::addCittadino(*altra.database, makeCittadino("ZNFGNN80A01L378X", "Ginevra", "Zanfagnini"));
        QVERIFY(holds(comune.copia(), "Zanfagnini"));
        const fs::path copia = comune.copia({"--ente", "prova"});
        QVERIFY(holds(copia, "Rossi"));
        for (const char* text : {"Zanfagnini", "ZNFGNN80A01L378X", "altra.esempio.it", "Comune di altra"})
            QVERIFY2(!holds(copia, text), text);
        const Vuoto vuoto(database);
        const Uscita uscita = Programma(vuoto.config).run(ripristina(copia));
        QVERIFY2(uscita.status == 0, qPrintable(uscita.text));
        QVERIFY(vuoto.rooms()->find("altra") == nullptr);

        // And of one that holds all, one can be brought back alone.
        const Vuoto other(database);
        const Programma programma(other.config);
        const fs::path whole = comune.copia();
        QCOMPARE(programma.run(ripristina(whole, {"--ente", "altra"})).status, 0);
        QVERIFY(other.rooms()->find("prova") == nullptr);
        QCOMPARE(programma.run(ripristina(whole)).status, 1);
        QCOMPARE(programma.run(ripristina(whole, {"--ente", "prova"})).status, 0);
        QVERIFY(other.rooms()->find("prova") != nullptr);
        QCOMPARE(programma.run({"verifica"}).status, 0);
    }

    void knownFilesAreLinkedAndNobodyElseReadsABackup()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        const fs::path first = comune.copia();
        comune.decisa(comune.mario, "due");
        const fs::path second = comune.copia({"--precedente", first.string()});
        const auto old = anyFile(first);
        QCOMPARE(fs::hard_link_count(old), 2U);
        QCOMPARE(filesIn(second / "enti" / "prova" / "allegati").size(), 2U);
        const fs::path third = comune.copia({"--file", "collega"});
        QCOMPARE(fs::hard_link_count(anyFile(third)), 2U);
        for (const fs::path& copia : {first, second, third}) {
            QCOMPARE(comune.programma.run({"verifica", "--backup", copia.string()}).status, 0);
            for (const auto& entry : fs::recursive_directory_iterator(copia))
                QCOMPARE(static_cast<int>(entry.status().permissions() & fs::perms::all),
                         entry.is_directory() ? 0700 : 0600);
            QCOMPARE(static_cast<int>(fs::status(copia).permissions() & fs::perms::all), 0700);
        }
    }

    // A table that is written anew is empty to whoever began to read before.
    void aMigrationMeanwhileLeavesNoTableOutOfTheCopy()
    {
        QFETCH_GLOBAL(QString, database);
        if (database == "sqlite")
            QSKIP("SQLite's snapshots hold tables as they were");
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        store::Database& ente = comune.database();
        const Folder copie;
        const fs::path to = copie.path() / "stanza.sqlite";
        std::jthread backup;
        {
            store::Transaction migration(ente);
            migration.lease().session().execute("LOCK TABLE registro IN ACCESS EXCLUSIVE MODE");
            backup = std::jthread([&] { store::copyEnte(ente, to, comune.now()); });
            const auto schemi = openStorage(comune.config()).schemi();
            QTRY_COMPARE_WITH_TIMEOUT(numberOf(*schemi, R"(SELECT COUNT(*) FROM pg_locks l
                JOIN pg_class c ON c.oid = l.relation WHERE NOT l.granted AND c.relname = 'registro')"),
                                      1LL, kMilliseconds);
            migration.lease().session().execute("ALTER TABLE registro ALTER COLUMN oggetto TYPE varchar(4000)");
            migration.commit();
        }
        backup.join();
        const auto tables = store::openReadOnly(to);
        QCOMPARE(numberOf(*tables, "SELECT COUNT(*) FROM registro"), 1LL);
    }

    void oldBackupsGoOnlyWhereTheNewOneIsFoundSound()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        comune.decisa(comune.mario, "due");
        // Neither another ente's backups nor what else lies there is counted.
        const fs::path alone = comune.copia({"--ente", "prova"});
        write(comune.copie.path() / "stanza-appunti", "tienimi");
        std::vector<fs::path> all;
        for (int i = 0; i < 4; ++i)
            all.push_back(comune.copia({"--precedente", "ultima"}));
        QVERIFY(fs::hard_link_count(anyFile(all.back())) == 4U);
        const auto left = [&] {
            return std::count_if(all.begin(), all.end(), [](const fs::path& one) { return fs::exists(one); });
        };
        const auto backup = [&](const char* most) {
            const Uscita made = comune.programma.run({"backup", "--in", comune.copie.path().string(), "--tieni", most});
            all.push_back(Comune::firstLine(made.text));
            return made;
        };
        // The clock was ahead once: that one is the newest by its name for long.
        fs::rename(all.at(0), comune.copie.path() / "stanza-29991231T000000Z");
        all.at(0) = comune.copie.path() / "stanza-29991231T000000Z";
        const Uscita made = backup("3");
        QVERIFY2(made.status == 0 && made.text.contains(q("verifica: nessuna anomalia")), qPrintable(made.text));
        QCOMPARE(left(), 3);
        QVERIFY(fs::exists(all.at(0)) && !fs::exists(all.at(1)) && !fs::exists(all.at(2)) && fs::exists(all.at(4)));
        QVERIFY(fs::exists(alone) && fs::exists(comune.copie.path() / "stanza-appunti"));
        QCOMPARE(comune.programma.run({"verifica", "--backup", all.at(3).string()}).status, 0);
        // Those that went leave their names to others of that second.
        QTest::qWait(1100);
        // What is wrong in the data is in the new one: those of before may be the last that are sound.
        execute(comune.database(), "UPDATE conteggi SET numero = numero + 1");
        QCOMPARE(backup("1").status, 5);
        QCOMPARE(left(), 4);
        fs::remove(comune.named().front());
        QCOMPARE(backup("1").status, 3);
        QCOMPARE(left(), 5);
    }
};

QTEST_GUILESS_MAIN(TestBackup)
#include "test_backup.moc"
