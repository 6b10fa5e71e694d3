#include "server/copie/disco.h"
#include "tests/server/copie/comune.h"

#include <QTest>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iterator>

using namespace sdc;
using tests::anyFile;
using tests::Comune;
using tests::execute;
using tests::filesIn;
using tests::flipByte;
using tests::Folder;
using tests::kMilliseconds;
using tests::Programma;
using tests::q;
using tests::ripristina;
using tests::Uscita;
using tests::Vuoto;
namespace fs = std::filesystem;

namespace {

/// What happens when a process of these tests makes its files safe on the disk.
void (*whenMadeSafe)() = nullptr;

/// Root, too, reads no more than the files' modes allow.
void likeAnybody()
{
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
}

}

// In the place of the C library's.
extern "C" int syncfs(int)
{
    if (whenMadeSafe != nullptr)
        whenMadeSafe();
    return 0;
}

class TestBackupGuasti : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // As the program does: what the server of these tests writes is read by nobody else.
    void initTestCase() { ::umask(0077); }

    void whatAKilledBackupLeftIsNoBackupAndGoesWithTheNext()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        for (int i = 0; i < 5; ++i)
            comune.decisa(comune.mario, std::to_string(i));
        std::size_t whole = 0;
        for (const int after : {10, 30, 50, 90}) {
            const auto process = comune.programma.start({"backup", "--in", comune.copie.path().string()});
            process->waitForFinished(after);
            process->kill();
            process->waitForFinished(kMilliseconds);
        }
        for (const auto& entry : fs::directory_iterator(comune.copie.path())) {
            if (!entry.path().filename().string().starts_with("stanza-"))
                continue;
            ++whole;
            const Uscita checked = comune.programma.run({"verifica", "--backup", entry.path().string()});
            QVERIFY2(checked.status == 0, qPrintable(checked.text));
        }
        comune.copia();
        const fs::directory_iterator left(comune.copie.path());
        QCOMPARE(static_cast<std::size_t>(std::distance(begin(left), end(left))), whole + 1);
    }

    // Writing gigabytes to the disk takes most of the time: most kills fall there.
    void aBackupKilledWhileTheDiskWritesIsTakenAwayByTheNext()
    {
        const Folder copie;
        const pid_t child = ::fork();
        if (child == 0) {
            whenMadeSafe = [] { std::raise(SIGKILL); };
            copie::Incompiuta work(copie.path(), ".resto-");
            copie::writeNew(work.path() / "tabelle", "molte");
            work.publish(copie.path() / "copia");
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(filesIn(copie.path()).size(), std::size_t{2});
        {
            copie::Incompiuta next(copie.path(), ".resto-");
            // Nor is one taken away that somebody works on.
            const copie::Incompiuta other(copie.path(), ".resto-");
            QVERIFY(fs::exists(next.path()));
            next.publish(copie.path() / "copia");
        }
        QCOMPARE(std::distance(fs::directory_iterator(copie.path()), {}), 1);
        QVERIFY(fs::is_empty(copie.path() / "copia"));
    }

    // As damaged as they are: no more, no less.
    void damagedDataAreCopiedAndSaidToBeSo()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        comune.decisa(comune.mario, "due");
        comune.decisa(comune.mario, "tre");
        const auto named = comune.named();
        fs::remove(named.at(0));
        flipByte(named.at(1));
        const Uscita made = comune.programma.run({"backup", "--in", comune.copie.path().string()});
        QCOMPARE(made.status, 3);
        QVERIFY2(made.text.contains(q("2 file dei dati mancano")), qPrintable(made.text));
        const Vuoto vuoto(database);
        const Uscita restored = Programma(vuoto.config).run(ripristina(Comune::firstLine(made.text)));
        QCOMPARE(restored.status, 1);
        QVERIFY2(restored.text.contains(q("ripristinato prova: 3 pratiche, 1 file")), qPrintable(restored.text));
        QVERIFY2(restored.text.contains(q("prova: manca il file " + named.at(1).filename().string())),
                 qPrintable(restored.text));
    }

    void aFileThatCannotBeReadIsMissingInTheBackupAlone()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        comune.decisa(comune.mario, "due");
        comune.decisa(comune.mario, "tre");
        const auto named = comune.named();
        fs::permissions(named.at(0), fs::perms::none);
        fs::remove(named.at(1));
        fs::create_symlink(named.at(1), named.at(1));
        const auto backup = [&](const std::vector<std::string>& more) {
            std::vector<std::string> words{"backup", "--in", comune.copie.path().string()};
            words.insert(words.end(), more.begin(), more.end());
            return comune.programma.run(words, likeAnybody);
        };
        const Uscita first = backup({});
        QVERIFY2(first.status == 3 && first.text.contains(q("2 file dei dati mancano")), qPrintable(first.text));
        const fs::path copia = Comune::firstLine(first.text);
        QCOMPARE(filesIn(copia / "enti" / "prova" / "allegati").size(), std::size_t{1});
        QCOMPARE(comune.programma.run({"verifica", "--backup", copia.string()}).text,
                 q("prova: 2 file mancavano già quando la copia fu fatta\nverifica: anomalie trovate\n"));
        // Nor in a backup that it might be linked to.
        fs::permissions(anyFile(copia), fs::perms::none);
        const Uscita second = backup({"--precedente", copia.string()});
        QVERIFY2(second.status == 3 && second.text.contains(q("2 file dei dati mancano")), qPrintable(second.text));
    }

    void aFileThatRottedInABackupIsNotPassedOn()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        const fs::path first = comune.copia();
        flipByte(anyFile(first));
        const fs::path second = comune.copia({"--precedente", first.string()});
        QCOMPARE(comune.programma.run({"verifica", "--backup", first.string()}).status, 1);
        QCOMPARE(comune.programma.run({"verifica", "--backup", second.string()}).status, 0);
    }

    // One broken ente of a province keeps none of the others without a backup.
    void anEnteThatCannotBeCopiedKeepsNothingFromTheOthers()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        execute(*comune.addEnte("altra").database, "DROP TABLE registro");
        execute(*comune.addEnte("vuota").database, "DROP TABLE migrazioni");
        const Uscita made = comune.programma.run({"backup", "--in", comune.copie.path().string()});
        QCOMPARE(made.status, 4);
        QVERIFY2(made.text.contains(q("manca l'ente altra: ")) && made.text.contains(q("manca l'ente vuota: ")),
                 qPrintable(made.text));
        const fs::path copia = Comune::firstLine(made.text);
        QVERIFY(fs::exists(copia / "enti" / "prova") && !fs::exists(copia / "enti" / "altra"));
        const Uscita checked = comune.programma.run({"verifica", "--backup", copia.string()});
        QVERIFY2(checked.status == 1 && checked.text.count('\n') == 3, qPrintable(checked.text));
        QVERIFY2(checked.text.contains(q("copia: manca l'ente altra, che non si poté copiare: ")),
                 qPrintable(checked.text));
        const Vuoto vuoto(database);
        const Uscita restored = Programma(vuoto.config).run(ripristina(copia));
        QVERIFY2(restored.status == 0 && restored.text.contains(q("nella copia non c'è l'ente altra")),
                 qPrintable(restored.text));
        // Of a backup in which nothing would be, nothing is left.
        const Uscita none = comune.programma.run({"backup", "--in", comune.copie.path().string(), "--ente", "altra"});
        QVERIFY2(none.status == 1 && none.text.contains(q("nessuna copia è stata fatta: altra: ")),
                 qPrintable(none.text));
        QCOMPARE(std::distance(fs::directory_iterator(comune.copie.path()), {}), 1);
    }

    void aDiskThatIsFullLeavesNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        const Uscita uscita = comune.programma.run({"backup", "--in", comune.copie.path().string()}, [] {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit most{64 * 1024, 64 * 1024};
            ::setrlimit(RLIMIT_FSIZE, &most);
        });
        QVERIFY2(uscita.status == 1 && uscita.text.contains(q("nessuna copia è stata fatta")), qPrintable(uscita.text));
        QVERIFY(fs::is_empty(comune.copie.path()));
    }
};

QTEST_GUILESS_MAIN(TestBackupGuasti)
#include "test_backup_guasti.moc"
