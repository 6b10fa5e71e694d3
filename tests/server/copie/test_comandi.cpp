#include "tests/server/copie/comune.h"

#include <QTest>

#include <sys/stat.h>

using namespace sdc;
using tests::Comune;
using tests::numberOf;
using tests::Programma;
using tests::q;
using tests::Uscita;
using tests::Vuoto;
namespace fs = std::filesystem;

class TestComandi : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // As the program does: what the server of these tests writes is read by nobody else.
    void initTestCase() { ::umask(0077); }

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

QTEST_GUILESS_MAIN(TestComandi)
#include "test_comandi.moc"
