#include "tests/server/copie/comune.h"

#include <QTest>

#include <sys/stat.h>

#include <array>

using namespace sdc;
using tests::anyFile;
using tests::Comune;
using tests::execute;
using tests::flipByte;
using tests::Programma;
using tests::q;
using tests::Uscita;
using tests::Vuoto;
namespace fs = std::filesystem;

namespace {

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

}

class TestVerifica : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // As the program does: what the server of these tests writes is read by nobody else.
    void initTestCase() { ::umask(0077); }

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
};

QTEST_GUILESS_MAIN(TestVerifica)
#include "test_verifica.moc"
