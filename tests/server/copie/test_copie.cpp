#include "server/actions/accesso_cittadino.h"
#include "server/actions/compila.h"
#include "server/actions/lavora.h"
#include "server/actions/protocolla.h"
#include "server/actions/submit.h"
#include "server/copie/disco.h"
#include "server/store/cittadini.h"
#include "server/store/copia.h"
#include "server/store/enti.h"
#include "server/store/jobs.h"
#include "server/store/pratiche.h"
#include "server/store/registro.h"
#include "server/store/sessions.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTest>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

using namespace sdc;
using tests::Folder;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::numberOf;
using tests::q;
using tests::World;
namespace fs = std::filesystem;

namespace {

constexpr int kMilliseconds = 60000;

/// What happens when a process of these tests makes its files safe on the disk.
void (*whenMadeSafe)() = nullptr;

struct Uscita
{
    int status = -1;
    QString text;
};

/// stanza-server as it ships, with a configuration of its own outside its data.
class Programma
{
public:
    explicit Programma(const Config& config)
    {
        std::string text = "[server]\ncartella = " + config.cartella.string() + "\n";
        if (config.database == TipoDatabase::Postgresql)
            text += "[database]\ntipo = postgresql\npostgresql = " + config.postgresql + "\n";
        ini_ = folder_.write("stanza.ini", text).string();
    }

    /// Begins a command; the caller waits for it.
    std::unique_ptr<QProcess> start(const std::vector<std::string>& words, void (*before)() = nullptr) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::MergedChannels);
        if (before != nullptr)
            process->setChildProcessModifier(before);
        QStringList arguments{QStringLiteral("--config"), q(ini_)};
        for (const std::string& word : words)
            arguments << q(word);
        process->start(QStringLiteral(SDC_BIN_DIR "/stanza-server"), arguments);
        return process;
    }

    Uscita run(const std::vector<std::string>& words, void (*before)() = nullptr) const
    {
        return end(*start(words, before));
    }

    static Uscita end(QProcess& process)
    {
        process.waitForFinished(kMilliseconds);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAll())};
    }

private:
    Folder folder_;
    std::string ini_;
};

/// The command for who knows that no number was given after the backup.
std::vector<std::string> ripristina(const fs::path& copia, const std::vector<std::string>& more = {})
{
    std::vector<std::string> words{"ripristina", "--da", copia.string(), "--numeri-certi"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// An empty place to restore to.
struct Vuoto
{
    explicit Vuoto(const QString& database)
    {
        config.cartella = folder.path() / "dati";
        if (database == "postgresql") {
            postgresql = std::make_unique<tests::PostgresqlDatabase>();
            config.database = TipoDatabase::Postgresql;
            config.postgresql = postgresql->connection();
        }
    }
    std::unique_ptr<Rooms> rooms() const
    {
        return std::make_unique<Rooms>(config, [] { return tests::instant("2026-11-24T10:00:00Z"); });
    }
    int version(const std::string& ente) const { return store::appliedVersion(*openStorage(config).ente(ente)); }
    /// Whether nothing of an ente was put there.
    bool isUntouched() const
    {
        const bool files = fs::exists(config.cartella / "enti") || fs::exists(config.cartella / "catalogo.sqlite");
        if (!postgresql)
            return !files;
        const auto schemi = store::Storage::postgresql(postgresql->connection(), 2).schemi();
        return !files && numberOf(*schemi, "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'ente%'") == 0;
    }

    Folder folder;
    std::unique_ptr<tests::PostgresqlDatabase> postgresql;
    Config config;
};

std::vector<fs::path> filesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    return files;
}

/// A server with somebody who asks, somebody who answers, and a folder for backups.
struct Comune : World
{
    explicit Comune(const QString& database)
        : World(database),
          programma(config()),
          anna(addOperatore(makeOperatore("anna"))),
          mario(addCittadino(makeCittadino()))
    {
    }

    /// Sent with a file of its own, registered, and decided.
    Id<Pratica> decisa(const Cittadino& cittadino, const std::string& testo)
    {
        Context asking = as(cittadino);
        auto id = makeBozza(cittadino);
        actions::addFile(asking, id, "documento", file("a.pdf", "%PDF-1.4\n" + testo));
        actions::submit(asking, id, store::pratica(database(), id).versione());
        actions::assignProtocollo(context(), id);
        Context working = as(anna);
        actions::takeCharge(working, id);
        actions::decide(working, id,
                        {{Decisione::Rigetta, "Mancano i requisiti."},
                         "decisione-" + id.text(),
                         {},
                         store::pratica(database(), id).versione()});
        return id;
    }
    /// The files that the rows name.
    std::vector<fs::path> named() const
    {
        std::vector<fs::path> files = filesIn(folder().path() / "enti" / "prova" / "allegati");
        std::erase_if(files, [](const fs::path& file) { return file.filename().string().size() != 64; });
        return files;
    }
    /// The new backup.
    fs::path copia(std::vector<std::string> more = {})
    {
        std::vector<std::string> words{"backup", "--in", copie.path().string()};
        words.insert(words.end(), more.begin(), more.end());
        const Uscita uscita = programma.run(words);
        if (uscita.status != 0)
            throw std::runtime_error(uscita.text.toStdString());
        return firstLine(uscita.text);
    }
    static fs::path firstLine(const QString& text)
    {
        return text.section('\n', 0, 0).section(QStringLiteral(": "), 1).toStdString();
    }

    Folder copie;
    Programma programma;
    Operatore anna;
    Cittadino mario;
};

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

/// Root, too, reads no more than the files' modes allow.
void likeAnybody()
{
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
}

std::string contentOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, const std::string& content)
{
    std::ofstream(file, std::ios::binary) << content;
}

bool holds(const fs::path& folder, const std::string& text)
{
    const auto files = filesIn(folder);
    return std::any_of(files.begin(), files.end(),
                       [&](const fs::path& file) { return contentOf(file).find(text) != std::string::npos; });
}

void flipByte(const fs::path& file)
{
    std::string content = contentOf(file);
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    write(file, content);
}

/// Changes the manifest as somebody would who knows how, with its hash.
void editManifesto(const fs::path& copia, const std::string& from, const std::string& to)
{
    std::string text = contentOf(copia / "manifesto.json");
    const auto at = text.find(from);
    if (at == std::string::npos)
        throw std::runtime_error("not in the manifest: " + from);
    text.replace(at, from.size(), to);
    write(copia / "manifesto.json", text);
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256);
    write(copia / "manifesto.sha256", hash.toHex().toStdString() + "  manifesto.json\n");
}

fs::path anyFile(const fs::path& copia)
{
    return filesIn(copia / "enti" / "prova" / "allegati").front();
}

void execute(store::Database& database, const char* sql)
{
    store::Transaction transaction(database);
    store::Sql(transaction, sql).run();
    transaction.commit();
}

constexpr std::array kGuasti = {
    "UPDATE attivita SET dettaglio = 'altro' WHERE numero = 3",
    "UPDATE conteggi SET numero = numero + 1",
    "UPDATE fasce SET numero = numero + 2 WHERE ordine = 'data' AND fila = 'tutte'",
    "UPDATE pratiche_per_anno SET numero = 0",
    "UPDATE registro SET quando = '2026-01-01T00:00:00Z' WHERE numero = 2",
    "UPDATE pratiche SET protocollo = '0000009/2026' WHERE protocollo = '0000003/2026'",
    "DELETE FROM jobs WHERE coda LIKE 'iter:%'",
    "UPDATE cambiamenti SET pratica = 'assente'",
    "DELETE FROM richiedenti",
    "DELETE FROM esiti",
    "UPDATE contatori SET valore = 1 WHERE nome = 'jobs'",
};

struct Danno
{
    const char* what;
    void (*apply)(const fs::path& copia);
};

constexpr std::array kDanni = {
    Danno{"catalogo.sqlite è alterato", [](const fs::path& c) { flipByte(c / "catalogo.sqlite"); }},
    Danno{"stanza.sqlite è alterato", [](const fs::path& c) { flipByte(c / "enti/prova/stanza.sqlite"); }},
    Danno{"allegati.elenco è alterato", [](const fs::path& c) { flipByte(c / "enti/prova/allegati.elenco"); }},
    Danno{"è alterato", [](const fs::path& c) { flipByte(anyFile(c)); }},
    Danno{"manifesto", [](const fs::path& c) { flipByte(c / "manifesto.json"); }},
    Danno{"manifesto", [](const fs::path& c) { flipByte(c / "manifesto.sha256"); }},
    Danno{"manifesto", [](const fs::path& c) { fs::resize_file(c / "manifesto.json", 300); }},
    Danno{"manifesto", [](const fs::path& c) { fs::remove(c / "manifesto.json"); }},
    Danno{"manca", [](const fs::path& c) { fs::remove(anyFile(c)); }},
    Danno{"manca stanza.sqlite", [](const fs::path& c) { fs::remove(c / "enti/prova/stanza.sqlite"); }},
    Danno{"in più", [](const fs::path& c) { write(anyFile(c).parent_path() / "altro", "x"); }},
    Danno{"in più", [](const fs::path& c) { write(c / "enti/prova/stanza.sqlite-wal", "x"); }},
    Danno{"in più", [](const fs::path& c) { write(c / "altro", "x"); }},
    Danno{"in più", [](const fs::path& c) { fs::create_directory(c / "enti/altra"); }},
    Danno{"è alterato",
          [](const fs::path& c) {
              const fs::path file = anyFile(c);
              fs::copy_file(file, c.parent_path() / "fuori");
              fs::remove(file);
              fs::create_symlink(c.parent_path() / "fuori", file);
          }},
    Danno{"ma sono di versione",
          [](const fs::path& c) { editManifesto(c, R"("migrazione": )", R"("migrazione": 2, "era": )"); }},
    Danno{"ma sono di versione",
          [](const fs::path& c) { editManifesto(c, R"("migrazione": )", R"("migrazione": 9)"); }},
    Danno{"slug non valido",
          [](const fs::path& c) { editManifesto(c, R"("slug": "prova")", R"("slug": "../../etc")"); }},
    Danno{"non sono quelle del manifesto",
          [](const fs::path& c) { editManifesto(c, R"("ultimo": 2)", R"("ultimo": 3)"); }},
    Danno{"formato 2", [](const fs::path& c) { editManifesto(c, R"("formato": 1)", R"("formato": 2)"); }},
};

}

// In the place of the C library's.
extern "C" int syncfs(int)
{
    if (whenMadeSafe != nullptr)
        whenMadeSafe();
    return 0;
}

class TestCopie : public QObject
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

    void aDamagedBackupIsRefusedBeforeAnythingChanges()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        comune.decisa(comune.mario, "due");
        const fs::path copia = comune.copia();
        const Vuoto vuoto(database);
        const Programma programma(vuoto.config);
        for (const Danno& danno : kDanni) {
            const Folder damaged;
            const fs::path path = damaged.path() / "copia";
            fs::copy(copia, path, fs::copy_options::recursive);
            danno.apply(path);
            const Uscita refused = programma.run(ripristina(path));
            QVERIFY2(refused.status == 1 && refused.text.contains(q(danno.what)), qPrintable(refused.text));
            QVERIFY2(vuoto.isUntouched(), danno.what);
            const Uscita checked = programma.run({"verifica", "--backup", path.string()});
            QVERIFY2(checked.status == 1 && checked.text.contains(q(danno.what)), qPrintable(checked.text));
        }
        const Uscita sound = programma.run(ripristina(copia));
        QVERIFY2(sound.status == 0, qPrintable(sound.text));
        QVERIFY2(sound.text.contains(q("ultimo numero di protocollo del 2026 nella copia: 0000002/2026")),
                 qPrintable(sound.text));
    }

    // DPR 445/2000, art. 53: a number is given once. The server that gave others after the backup is no more.
    void numbersGivenAfterTheBackupAreNotGivenAgain()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        comune.makeInviata(comune.mario);
        const fs::path copia = comune.copia();
        const Vuoto vuoto(database);
        const Programma programma(vuoto.config);
        const std::vector<std::string> words{"ripristina", "--da", copia.string()};
        const auto with = [&](std::vector<std::string> more) {
            more.insert(more.begin(), words.begin(), words.end());
            return programma.run(more);
        };
        for (const auto& [more, said] : std::vector<std::pair<std::vector<std::string>, const char*>>{
                 {{}, ": 0000001/2026"},
                 {{}, "--ultimo-numero ANNO:N"},
                 {{"--numeri-certi", "--ultimo-numero", "2026:9"}, "si escludono"},
                 {{"--ultimo-numero", "2026"}, "vuole ANNO:N"},
                 {{"--ultimo-numero", "2026:"}, "vuole ANNO:N"},
                 {{"--ultimo-numero", "2026:9x"}, "vuole ANNO:N"},
                 {{"--ultimo-numero", "3026:9"}, "vuole ANNO:N"},
                 {{"--ultimo-numero", "2026:0"}, "vuole ANNO:N"}})
        {
            const Uscita refused = with(more);
            QVERIFY2(refused.status == 1 && refused.text.contains(q(said)), qPrintable(refused.text));
            QVERIFY(vuoto.isUntouched());
        }
        const Uscita made = with({"--ultimo-numero", "2025:3", "--ultimo-numero", "2026:4"});
        QVERIFY2(made.status == 0, qPrintable(made.text));
        for (const char* line :
             {"prova: protocollo: numeri saltati dopo un ripristino, da 0000002/2026 a 0000004/2026\n",
              "prova: protocollo: numeri saltati dopo un ripristino, da 0000001/2025 a 0000003/2025\n"})
            QVERIFY2(made.text.contains(q(line)), qPrintable(made.text));
        const auto rooms = vuoto.rooms();
        store::Database& restored = *rooms->find("prova")->database;
        store::Transaction transaction(restored);
        const Instant now = tests::instant("2026-11-26T10:00:00Z");
        QCOMPARE(q(store::registra(transaction, {"x", store::Verso::Entrata, Id<Pratica>{"p"}, "", "", {}}, now).text),
                 q("0000005/2026"));
    }

    void theRegisterIsMovedForwardByACommand()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        const std::vector<std::string> words{"protocollo", "avanza", "--ente", "prova", "--ultimo-numero", "2026:3"};
        const Uscita done = comune.programma.run(words);
        QVERIFY2(done.status == 0 && done.text.contains(q("0000004/2026")), qPrintable(done.text));
        comune.decisa(comune.mario, "due");
        QCOMPARE(numberOf(comune.database(), "SELECT MAX(numero) FROM registro"), 4LL);
        const Uscita late = comune.programma.run(words);
        QVERIFY2(late.status == 1 && late.text.contains(q("già arrivato al numero 0000004/2026")),
                 qPrintable(late.text));
        QCOMPARE(comune.programma.run({"verifica"}).status, 0);
        QCOMPARE(comune.programma.run({"verifica", "--backup", comune.copia().string()}).status, 0);
    }

    void whatIsThereIsNotReplaced()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        const auto id = comune.decisa(comune.mario, "uno");
        const fs::path copia = comune.copia();
        comune.decisa(comune.mario, "due");
        const Uscita uscita = comune.programma.run(ripristina(copia));
        QVERIFY2(uscita.status == 1 && uscita.text.contains(q("l'ente \"prova\" esiste già")), qPrintable(uscita.text));
        QCOMPARE(numberOf(comune.database(), "SELECT COUNT(*) FROM registro"), 2LL);
        QCOMPARE(comune.programma.run({"verifica"}).status, 0);

        const Vuoto vuoto(database);
        fs::create_directories(vuoto.config.cartella / "enti" / "prova");
        write(vuoto.config.cartella / "enti" / "prova" / "appunti.txt", "tienimi");
        const Uscita busy = Programma(vuoto.config).run(ripristina(copia));
        QVERIFY2(busy.status == 1 && busy.text.contains(q("non è vuota")), qPrintable(busy.text));
        QCOMPARE(q(contentOf(vuoto.config.cartella / "enti" / "prova" / "appunti.txt")), q("tienimi"));
    }

    void aRestoredServerGoesOnWithoutSessionsAndWithItsJobs()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        const Instant now = comune.now();
        {
            store::Transaction transaction(comune.database());
            store::insert(transaction,
                          {"hash", store::TipoSessione::Cittadino, "c-1", now, now + std::chrono::hours{1}}, now);
            store::park(transaction, "p-1", "sigillo", now + std::chrono::hours{1});
            store::countAttempt(transaction, "anna", now, now);
            QVERIFY(store::takeJob(transaction, {"w", store::Coda::Tutte, now + std::chrono::minutes{5}}, now));
            transaction.commit();
        }
        const long long waiting = numberOf(comune.database(), "SELECT COUNT(*) FROM jobs WHERE stato <> 'fatto'");
        const Vuoto vuoto(database);
        const Uscita uscita = Programma(vuoto.config).run(ripristina(comune.copia()));
        QVERIFY2(uscita.status == 0, qPrintable(uscita.text));
        const auto rooms = vuoto.rooms();
        store::Database& restored = *rooms->find("prova")->database;
        for (const char* table : {"sessioni", "parcheggi", "tentativi"})
            QCOMPARE(numberOf(restored, (std::string{"SELECT COUNT(*) FROM "} + table).c_str()), 0LL);
        QCOMPARE(numberOf(restored, "SELECT COUNT(*) FROM jobs WHERE stato = 'pronto' AND preso_da = ''"), waiting);
        QCOMPARE(numberOf(restored, "SELECT COUNT(*) FROM attivita WHERE azione = 'dati ripristinati'"), 1LL);
        QVERIFY(store::hasDueJob(restored, store::Coda::Tutte, now));
    }

    // One format: what was copied from one kind of database is restored to the other.
    void aBackupIsRestoredToTheOtherKindOfDatabase()
    {
        QFETCH_GLOBAL(QString, database);
        if (qEnvironmentVariableIsEmpty("SDC_TEST_POSTGRESQL"))
            QSKIP("there is no PostgreSQL");
        Comune comune(database);
        // Letters that COPY's text form has signs for.
        const auto id =
            comune.decisa(comune.addCittadino(makeCittadino("BNCLRA80A41L378E", "Lara\t\\N\n", "D'Ò\\.ttì")), "uno");
        const Vuoto vuoto(database == "sqlite" ? QStringLiteral("postgresql") : QStringLiteral("sqlite"));
        const Programma programma(vuoto.config);
        const Uscita uscita = programma.run(ripristina(comune.copia()));
        QVERIFY2(uscita.status == 0, qPrintable(uscita.text));
        const auto rooms = vuoto.rooms();
        store::Database& restored = *rooms->find("prova")->database;
        QCOMPARE(store::richiedente(restored, id)->nome, store::richiedente(comune.database(), id)->nome);
        const auto nameOf = [&](store::Reader& reader) {
            std::string name;
            store::Sql(reader, "SELECT nome || cognome FROM cittadini WHERE codice_fiscale = 'BNCLRA80A41L378E'")
                .into(name)
                .next();
            return q(name);
        };
        QCOMPARE(nameOf(restored), q("Lara\t\\N\nD'Ò\\.ttì"));
        QCOMPARE(numberOf(restored, "SELECT SUM(dimensione) FROM allegati"),
                 numberOf(comune.database(), "SELECT SUM(dimensione) FROM allegati"));
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

    void aRestoreThatWasKilledCanBeTriedAgain()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        for (int i = 0; i < 5; ++i)
            comune.decisa(comune.mario, std::to_string(i));
        comune.addEnte("altra");
        const fs::path copia = comune.copia();
        for (const int after : {40, 90, 180}) {
            const Vuoto vuoto(database);
            const Programma programma(vuoto.config);
            const auto process = programma.start(ripristina(copia));
            process->waitForFinished(after);
            process->kill();
            process->waitForFinished(kMilliseconds);
            const Uscita again = programma.run(ripristina(copia));
            // Either it was too late to kill it, and all is there, or nothing is.
            QVERIFY2(again.status == 0 || again.text.contains(q("esiste già")), qPrintable(again.text));
            const Uscita checked = programma.run({"verifica"});
            QVERIFY2(checked.status == 0, qPrintable(checked.text));
            const auto rooms = vuoto.rooms();
            QVERIFY(rooms->find("altra") != nullptr);
            QCOMPARE(numberOf(*rooms->find("prova")->database, "SELECT COUNT(*) FROM pratiche"), 5LL);
        }
    }

    // As it lies there when the power went between the enti's data and the line in the catalogue.
    void theRestOfACutOffRestoreIsTakenAway()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        const fs::path copia = comune.copia();
        const Vuoto vuoto(database);
        const fs::path ente = vuoto.config.cartella / "enti" / "prova";
        fs::create_directories(ente / "allegati" / "00");
        write(ente / ".ripristino", "");
        write(ente / "allegati" / "00" / "mezzo", "mezzo file");
        fs::create_directories(vuoto.config.cartella / ".ripristino-incompiuto-x");
        write(vuoto.config.cartella / ".ripristino-incompiuto-x" / ".blocco", "");
        if (vuoto.postgresql) {
            const auto storage = store::Storage::postgresql(vuoto.postgresql->connection(), 2);
            const auto schema = storage.ente("prova");
            store::Transaction transaction(*schema);
            store::markUnfinished(transaction, "prova");
            store::makeTables(transaction, store::Tables::Ente, 1, comune.now());
            transaction.commit();
        }
        // It is no new ente's either, that would lose its files with it.
        const std::vector<std::string> adding{"ente", "aggiungi", "--slug", "prova", "--nome", "Prova"};
        const Uscita refused = Programma(vuoto.config).run(adding);
        QVERIFY2(refused.status == 1 && refused.text.contains(q("in corso di ripristino")), qPrintable(refused.text));
        QVERIFY(fs::exists(ente / ".ripristino"));
        QVERIFY(vuoto.rooms()->find("prova") == nullptr);
        const Uscita uscita = Programma(vuoto.config).run(ripristina(copia));
        QVERIFY2(uscita.status == 0, qPrintable(uscita.text));
        QVERIFY(!fs::exists(ente / "allegati" / "00" / "mezzo"));
        QVERIFY(!fs::exists(ente / ".ripristino"));
        QVERIFY(!fs::exists(vuoto.config.cartella / ".ripristino-incompiuto-x"));
        // What it made is an ente's own now, also where it was killed before it took its mark away.
        QCOMPARE(Programma(vuoto.config).run(ripristina(copia)).status, 1);
        QCOMPARE(Programma(vuoto.config).run(adding).status, 0);
        write(ente / ".ripristino", "");
        QVERIFY(vuoto.rooms()->find("prova") != nullptr);
        QVERIFY(!fs::exists(ente / ".ripristino"));
    }

    void olderTablesAreBroughtToTheNewest()
    {
        QFETCH_GLOBAL(QString, database);
        const Vuoto old(database);
        const Instant now = tests::instant("2026-11-01T10:00:00Z");
        {
            const auto storage = openStorage(old.config);
            const auto catalogo = storage.catalogo();
            store::migrateCatalogo(*catalogo, now);
            Ente ente;
            ente.slug = "prova";
            ente.nome = "Comune di prova";
            store::Transaction listing(*catalogo);
            store::save(listing, ente, now);
            listing.commit();
            const auto tables = storage.ente("prova");
            store::Transaction transaction(*tables);
            store::makeTables(transaction, store::Tables::Ente, 2, now);
            // With the columns that there were.
            store::Sql(transaction, R"(INSERT INTO cittadini (id, codice_fiscale, nome, cognome, luogo_nascita, email,
                                           cellulare, residenza_via, residenza_cap, residenza_citta,
                                           residenza_provincia, residenza_stato, domicilio_via, domicilio_cap,
                                           domicilio_citta, domicilio_provincia, domicilio_stato, versione)
                                       VALUES ('mario', 'RSSMRA72H25H612H', 'Mario', 'Rossi', 'Rovereto', '', '', '',
                                               '', '', '', '', '', '', '', '', '', 0))")
                .run();
            transaction.commit();
        }
        const Folder copie;
        const Uscita made = Programma(old.config).run({"backup", "--in", copie.path().string()});
        QVERIFY2(made.status == 0, qPrintable(made.text));
        const fs::path copia = Comune::firstLine(made.text);
        QVERIFY(contentOf(copia / "manifesto.json").find(R"("migrazione": 2)") != std::string::npos);
        QCOMPARE(Programma(old.config).run({"verifica", "--backup", copia.string()}).status, 0);
        // To check data is not to change them.
        const Uscita checked = Programma(old.config).run({"verifica"});
        QVERIFY2(checked.status == 1 &&
                     checked.text.contains(q("prova: le tabelle sono di una versione precedente (2,")),
                 qPrintable(checked.text));
        QCOMPARE(old.version("prova"), 2);
        const Vuoto vuoto(database);
        const Uscita uscita = Programma(vuoto.config).run(ripristina(copia));
        QVERIFY2(uscita.status == 0, qPrintable(uscita.text));
        const auto rooms = vuoto.rooms();
        store::Database& restored = *rooms->find("prova")->database;
        QCOMPARE(store::appliedVersion(restored), store::newestVersion(store::Tables::Ente));
        QCOMPARE(numberOf(restored, "SELECT COUNT(*) FROM cittadini WHERE nascita_dichiarata = 0"), 1LL);
    }

    void verificaSaysWhatIsWrongInEachPart()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        const auto uno = comune.decisa(comune.mario, "uno");
        const auto due = comune.decisa(comune.mario, "due");
        comune.decisa(comune.mario, "tre");
        QCOMPARE(comune.programma.run({"verifica"}).status, 0);
        for (const char* sql : kGuasti)
            execute(comune.database(), sql);
        const auto named = comune.named();
        fs::remove(named.at(0));
        flipByte(named.at(1));
        const Uscita uscita = comune.programma.run({"verifica", "--ente", "prova"});
        QCOMPARE(uscita.status, 1);
        for (const std::string& line :
             {std::string{"prova: il registro delle attività non torna dalla riga 3\n"},
              std::string{"prova: un conteggio non torna: tutte, permesso-prova: ne dice 4, sono 3\n"},
              std::string{"prova: una registrazione di protocollo è datata prima della precedente: 2/2026\n"},
              std::string{"prova: il protocollo e la sua pratica dicono numeri diversi: 3/2026\n"},
              "prova: nessun lavoro porta avanti la pratica " + uno.text() + "\n",
              "prova: mancano risposte o richiedente della pratica inviata " + due.text() + "\n",
              "prova: manca l'esito della pratica decisa " + due.text() + "\n",
              std::string{"prova: il conteggio di un anno non torna: 2026, permesso-prova: ne dice 0, sono 3\n"},
              std::string{
                  "prova: le fasce di un elenco non tornano: data, tutte, permesso-prova: ne dicono 5, sono 3\n"},
              std::string{"prova: cambiamenti nomina in pratiche quel che non c'è: assente\n"},
              std::string{"prova: contatore rimasto indietro: jobs\n"},
              "prova: manca il file " + named.at(0).filename().string() + "\n",
              "prova: il file " + named.at(1).filename().string() + " è alterato\n",
              std::string{"verifica: anomalie trovate\n"}})
            QVERIFY2(uscita.text.contains(q(line)), qPrintable(q(line) + uscita.text));
    }

    void aFaultInOneEnteOfABackupHidesNoneInAnother()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        execute(comune.database(), "UPDATE conteggi SET numero = numero + 1");
        execute(*comune.addEnte("altra").database, "UPDATE contatori SET valore = 7 WHERE nome = 'attivita'");
        const fs::path copia = comune.copia();
        const auto said = [&](const std::string& line) {
            const Uscita checked = comune.programma.run({"verifica", "--backup", copia.string()});
            return checked.status == 1 && checked.text.contains(q(line));
        };
        const fs::path file = anyFile(copia);
        flipByte(file);
        QVERIFY(said("il file " + file.filename().string() + " è alterato"));
        QVERIFY(said("prova: un conteggio non torna"));
        QVERIFY(said("altra: il registro delle attività non torna"));
        flipByte(copia / "enti" / "prova" / "stanza.sqlite");
        QVERIFY(said("stanza.sqlite è alterato"));
        QVERIFY(said("altra: il registro delle attività non torna"));
        QVERIFY(!said("prova: un conteggio non torna"));
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

    // A folder in the place of a file: it is there and cannot be read, also by root.
    void aFileThatCannotBeReadKeepsNothingFromTheOthers()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        comune.decisa(comune.mario, "uno");
        comune.decisa(comune.mario, "due");
        const auto named = comune.named();
        fs::remove(named.front());
        fs::create_directory(named.front());
        flipByte(named.back());
        const Uscita checked = comune.programma.run({"verifica"});
        QCOMPARE(checked.status, 1);
        QVERIFY2(checked.text.contains(q(named.front().filename().string() + " non si legge")),
                 qPrintable(checked.text));
        QVERIFY2(checked.text.contains(q(named.back().filename().string() + " è alterato")), qPrintable(checked.text));
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

    // One broken ente of a province keeps none of the others without a backup.
    void verificaMakesNothingWhereThereIsNothing()
    {
        QFETCH_GLOBAL(QString, database);
        const Vuoto vuoto(database);
        const Uscita empty = Programma(vuoto.config).run({"verifica"});
        QVERIFY2(empty.status == 1 && empty.text.contains(q("qui non ci sono dati")), qPrintable(empty.text));
        QVERIFY(vuoto.isUntouched() && !fs::exists(vuoto.config.cartella));

        Comune comune(database);
        comune.addEnte("altra");
        if (database == "sqlite")
            fs::remove_all(comune.folder().path() / "enti" / "altra");
        else
            execute(*comune.addEnte("terza").database, "DROP SCHEMA ente_altra CASCADE");
        const Uscita lost = comune.programma.run({"verifica", "--ente", "altra"});
        QVERIFY2(lost.status == 1 && lost.text.contains(q("manca la base dati")), qPrintable(lost.text));
        QVERIFY(database != "sqlite" || !fs::exists(comune.folder().path() / "enti" / "altra"));
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

    void aCommandUsedWronglySaysHowItIsUsed()
    {
        QFETCH_GLOBAL(QString, database);
        Comune comune(database);
        const std::string dati = comune.config().cartella.string();
        const std::string copie = comune.copie.path().string();
        fs::create_directories(comune.config().cartella / "copie");
        fs::create_directory_symlink(comune.config().cartella / "copie", comune.copie.path() / "dentro");
        const struct
        {
            std::vector<std::string> words;
            const char* said;
        } wrong[] = {
            {{"backup"}, "uso: stanza-server --config FILE backup --in CARTELLA"},
            {{"backup", "--in"}, "uso: stanza-server --config FILE backup --in CARTELLA"},
            {{"backup", "--dove", copie}, "uso: stanza-server --config FILE backup --in CARTELLA"},
            {{"backup", "--in", copie, "--tieni", "0"}, "--tieni vuole quante copie"},
            {{"backup", "--in", copie, "--file", "sposta"}, "uso: stanza-server --config FILE backup --in CARTELLA"},
            {{"ripristina", "--in", copie}, "uso: stanza-server --config FILE ripristina --da COPIA"},
            {{"verifica", "tutto"}, "uso: stanza-server --config FILE verifica"},
            {{"backup", "--in", copie + "/assente"}, "non c'è"},
            {{"backup", "--in", dati}, "dentro quella dei dati"},
            {{"backup", "--in", dati + "/copie"}, "dentro quella dei dati"},
            {{"backup", "--in", copie + "/dentro"}, "dentro quella dei dati"},
            {{"backup", "--in", copie, "--ente", "assente"}, "l'ente \"assente\" non esiste"},
            {{"backup", "--in", copie, "--precedente", copie}, "non è una copia di sicurezza"},
            {{"ripristina", "--da", copie}, "non è una copia di sicurezza"},
            {{"ripristina", "--da", dati}, "dentro la cartella dei dati"},
            {{"verifica", "--ente", "assente"}, "l'ente \"assente\" non esiste"},
            {{"verifica", "--backup", copie}, "non è una copia di sicurezza"},
        };
        for (const auto& one : wrong) {
            const Uscita uscita = comune.programma.run(one.words);
            QVERIFY2(uscita.status == 1 && uscita.text.contains(q(one.said)), qPrintable(uscita.text));
        }
        fs::remove(comune.copie.path() / "dentro");
        QVERIFY(fs::is_empty(comune.copie.path()));
        // A wrong configuration makes no empty data.
        Vuoto vuoto(QStringLiteral("sqlite"));
        QCOMPARE(Programma(vuoto.config).run({"backup", "--in", copie}).status, 1);
        QVERIFY(!fs::exists(vuoto.config.cartella));
    }
};

QTEST_GUILESS_MAIN(TestCopie)
#include "test_copie.moc"
