#include "server/copie/backup.h"
#include "server/doors/doors.h"
#include "server/http/salute.h"
#include "server/operatori/handlers.h"
#include "server/salute.h"
#include "server/store/session.h"
#include "server/store/sql.h"
#include "tests/support/heard.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <fstream>

using namespace sdc;
using namespace std::chrono_literals;
using tests::q;
using tests::World;

namespace {

QString figures(World& world)
{
    return q(salute::figures(world.context()));
}

/// The value of the line that begins so.
std::optional<double> valueOf(const QString& text, const QString& line)
{
    for (const QString& one : text.split('\n')) {
        if (one.startsWith(line + " "))
            return one.mid(line.size() + 1).toDouble();
    }
    return std::nullopt;
}

/// SQLite: something else lies where the ente's database was.
struct Rotto
{
    std::filesystem::path file;

    explicit Rotto(const World& world, const std::string& slug)
        : file(world.folder().path() / "enti" / slug / "stanza.sqlite")
    {
        std::filesystem::create_directories(file);
    }
    void mend() const { std::filesystem::remove_all(file); }
};

/// An ente that only the catalogue knows, as another process adds one.
void list(World& world, const std::string& slug)
{
    const auto catalogo = openStorage(world.config()).catalogo();
    store::Transaction transaction(*catalogo);
    store::Sql(transaction, R"(INSERT INTO enti (slug, nome, appartenenza, codice_ipa, codice_meccanografico, indirizzo,
                                   telefono, fax, codice_fiscale, email, pec, stemma, creato)
                               SELECT :slug, :slug, '', '', '', '', '', '', '', '', '', '', creato FROM enti LIMIT 1)")
        .use("slug", slug)
        .run();
    transaction.commit();
}

}

class TestSalute : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // Prometheus' text format 0.0.4: "# HELP", "# TYPE", then name{label="value",...} number.
    void everyLineIsPrometheusText()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.makeInviata(world.addCittadino(tests::makeCittadino()));
        world.rooms().misure().failed("prova", "avvisa", "transitoria");
        world.rooms().misure().missing("prova", "ab");
        world.rooms().misure().guasti.met("ente non aperto", "altro", "x");
        const QRegularExpression comment("^# (HELP [a-z_]+ \\S.*|TYPE [a-z_]+ (gauge|counter))$");
        const QRegularExpression sample("^[a-z_]+(\\{[a-z_]+=\"[^\"\\\\]*\"(,[a-z_]+=\"[^\"\\\\]*\")*\\})? [0-9]+$");
        const QString text = figures(world);
        QVERIFY(text.endsWith('\n'));
        for (const QString& line : text.chopped(1).split('\n'))
            QVERIFY2(comment.match(line).hasMatch() || sample.match(line).hasMatch(), qPrintable(line));
    }

    // An administrator puts a file back that few people ever ask for.
    void aFileThatIsThereAgainIsMissingNoMore()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const std::string there = "ab";
        world.rooms().misure().missing("prova", there);
        world.rooms().misure().missing("prova", "cd");
        QCOMPARE(valueOf(figures(world), "stanza_file_mancanti{ente=\"prova\"}"), 2);
        const auto path = world.room().files.path(there);
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << "x";
        QCOMPARE(valueOf(figures(world), "stanza_file_mancanti{ente=\"prova\"}"), 1);
    }

    void howOldTheLastBackupOfAllEntiIsIsThere()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.addEnte("altra");
        QVERIFY(!valueOf(figures(world), "stanza_ultima_copia_secondi"));
        const tests::Folder copie;
        const auto now = [&world] { return world.now(); };
        copie::backup(world.config(), {copie.path(), "prova", {}, false, {}}, now);
        QVERIFY(!valueOf(figures(world), "stanza_ultima_copia_secondi"));
        QCOMPARE(copie::backup(world.config(), {copie.path(), {}, {}, false, {}}, now), 0);
        world.advance(3h);
        QCOMPARE(valueOf(figures(world), "stanza_ultima_copia_secondi"), 10800);
        // One without an ente is none to rely on.
        store::Transaction transaction(*world.rooms().find("altra")->database);
        store::Sql(transaction, "DROP TABLE registro").run();
        transaction.commit();
        QCOMPARE(copie::backup(world.config(), {copie.path(), {}, {}, false, {}}, now), 4);
        QCOMPARE(valueOf(figures(world), "stanza_ultima_copia_secondi"), 10800);
    }

    void whatWaitsAndSinceWhenIsThere()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.makeInviata(world.addCittadino(tests::makeCittadino()));
        world.advance(90s);
        const QString text = figures(world);
        QCOMPARE(valueOf(text, "stanza_ente_aperto{ente=\"prova\"}"), 1);
        QCOMPARE(valueOf(text, "stanza_lavori{ente=\"prova\",genere=\"stampa_modulo\",stato=\"pronto\",causa=\"\"}"),
                 1);
        QCOMPARE(valueOf(text, "stanza_lavoro_in_attesa_secondi{ente=\"prova\",genere=\"avvisa\"}"), 90);
        QVERIFY(*valueOf(text, "stanza_disco_liberi_byte") > 0);
        QCOMPARE(valueOf(text, "stanza_versione{versione=\"" SDC_VERSION "\"}"), 1);
        const auto now =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
        const auto begun = valueOf(text, "process_start_time_seconds");
        QVERIFY(begun && *begun <= double(now) && *begun > double(now) - 600);
    }

    void thePoolShowsWhatIsTakenAndTheFiguresComeAllTheSame()
    {
        QFETCH_GLOBAL(QString, database);
        if (database == "sqlite")
            QSKIP("PostgreSQL's sessions");
        World world(database);
        const auto most = static_cast<std::size_t>(world.config().sessioniPostgresql);
        std::vector<store::Lease> all;
        for (std::size_t i = 0; i < most; ++i)
            all.push_back(world.database().lease());
        QElapsedTimer timer;
        timer.start();
        const QString text = figures(world);
        QVERIFY2(timer.elapsed() < 5000, "Prometheus waits for ten seconds");
        QCOMPARE(valueOf(text, "stanza_sessioni_database{stato=\"in_uso\"}"), double(most));
        QCOMPARE(valueOf(text, "stanza_sessioni_database{stato=\"libere\"}"), 0);
        QCOMPARE(valueOf(text, "stanza_ente_aperto{ente=\"prova\"}"), 0);
        all.clear();
        QCOMPARE(valueOf(figures(world), "stanza_ente_aperto{ente=\"prova\"}"), 1);
    }

    void anEnteThatDoesNotOpenIsToldOnceAndOpensByItself()
    {
        QFETCH_GLOBAL(QString, database);
        if (database == "postgresql")
            QSKIP("a folder in the place of SQLite's file");
        World world(database);
        const tests::Heard heard;
        const Rotto rotto(world, "rotto");
        list(world, "rotto");
        // A worker looks four times a second.
        for (int i = 0; i < 4 * 600; ++i) {
            QCOMPARE(world.rooms().all().size(), std::size_t{1});
            if (i % 4 == 0)
                world.advance(1s);
        }
        QCOMPARE(heard.count({"ente non aperto", "rotto"}), std::size_t{1});
        const QString text = figures(world);
        QCOMPARE(valueOf(text, "stanza_ente_aperto{ente=\"rotto\"}"), 0);
        QCOMPARE(valueOf(text, "stanza_ente_aperto{ente=\"prova\"}"), 1);
        QCOMPARE(valueOf(text, "stanza_guasti{guasto=\"ente non aperto\",ente=\"rotto\"}"), 1);
        rotto.mend();
        world.advance(6s);
        QCOMPARE(world.rooms().all().size(), std::size_t{2});
        QVERIFY(world.rooms().find("rotto") != nullptr);
        world.advance(61s);
        world.rooms().all();
        QCOMPARE(heard.count({"ente non aperto: finito", "rotto"}), std::size_t{1});
        QCOMPARE(valueOf(figures(world), "stanza_ente_aperto{ente=\"rotto\"}"), 1);
    }

    void whoListensIsCountedAsLongAsTheStreamLasts()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const auto listeners = [&] { return valueOf(figures(world), "stanza_ascolti_eventi"); };
        Context asking = world.as(world.addOperatore(tests::makeOperatore()));
        http::Request request;
        request.query = {{"da", "0"}};
        {
            const http::Response stream = operatori::eventi(request, asking);
            const http::Response another = operatori::eventi(request, asking);
            QCOMPARE(listeners(), 2);
        }
        QCOMPARE(listeners(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSalute)
#include "test_salute.moc"
