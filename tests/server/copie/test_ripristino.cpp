#include "server/store/cittadini.h"
#include "server/store/copia.h"
#include "server/store/enti.h"
#include "server/store/jobs.h"
#include "server/store/pratiche.h"
#include "server/store/registro.h"
#include "server/store/sessions.h"
#include "server/store/sql.h"
#include "tests/server/copie/comune.h"

#include <QCryptographicHash>
#include <QTest>

#include <sys/stat.h>

#include <array>

using namespace sdc;
using tests::anyFile;
using tests::Comune;
using tests::contentOf;
using tests::flipByte;
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

class TestRipristino : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // As the program does: what the server of these tests writes is read by nobody else.
    void initTestCase() { ::umask(0077); }

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
};

QTEST_GUILESS_MAIN(TestRipristino)
#include "test_ripristino.moc"
