#include "core/base/error.h"
#include "core/servizio/servizio.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

using namespace sdc;
using tests::q;

namespace {

/// The sample definition with one text replaced.
QString changed(const QString& text, const QString& by)
{
    QString json = q(tests::servizioJson());
    if (json.count(text) < 1)
        qFatal("the sample does not hold %s", qPrintable(text));
    return json.replace(json.indexOf(text), text.size(), by);
}

QString faultOf(const QString& json)
{
    try {
        parseServizio(json.toStdString());
        return {};
    } catch (const Invalid& fault) {
        return q(fault.what());
    }
}

/// The line, from 1, on which a text begins.
int lineOf(const QString& json, const QString& text)
{
    return static_cast<int>(json.left(json.indexOf(text)).count('\n')) + 1;
}

QString oneField(const QString& field)
{
    return changed(
        R"({ "chiave": "oggetto", "tipo": "testo", "etichetta": "Oggetto", "obbligatorio": true, "lunghezza_massima": 100 })",
        field);
}

Servizio seed(const char* slug)
{
    QFile file(QStringLiteral(SDC_SOURCE_DIR "/resources/seed/servizi/%1.json").arg(slug));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no seed %s", slug);
    return parseServizio(file.readAll().toStdString());
}

QStringList labels(const Servizio& servizio)
{
    QStringList all;
    for (const Passo& passo : servizio.modulo.passi)
        all << q(passo.etichetta);
    return all;
}

QStringList fieldLabels(const Servizio& servizio, std::size_t step)
{
    QStringList all;
    for (const Campo& campo : servizio.modulo.passi.at(step).campi)
        all << q(campo.etichetta);
    return all;
}

}

class TestServizioJson : public QObject
{
    Q_OBJECT

private slots:
    void readsADefinition()
    {
        const Servizio servizio = tests::makeServizio();
        QCOMPARE(q(servizio.slug), q("permesso-prova"));
        QCOMPARE(labels(servizio), QStringList({"Istruzioni", "Richiedente", "Dati", "Specifica delega", "Allegati",
                                                "Controllo e conferma"}));
        const Campo* file = servizio.modulo.findCampo("documento");
        QVERIFY(file != nullptr);
        QCOMPARE(file->dimensioneMassima, std::int64_t{1024 * 1024});
        QCOMPARE(file->tipiFile.size(), std::size_t{3});
        QVERIFY(!servizio.bozzeIllimitate);
    }

    void aServiceAsksForALevelAndAnAge()
    {
        QCOMPARE(tests::makeServizio().livelloAccesso, 2);
        QCOMPARE(tests::makeServizio().etaMinima, 0);
        const auto asking =
            parseServizio(changed(R"("passi":)", R"("livello_accesso": 3, "eta_minima": 18, "passi":)").toStdString());
        QCOMPARE(asking.livelloAccesso, 3);
        QCOMPARE(asking.etaMinima, 18);
        for (const int age : {0, 120}) {
            const QString text = QStringLiteral(R"("livello_accesso": 2, "eta_minima": %1, "passi":)").arg(age);
            const auto least = parseServizio(changed(R"("passi":)", text).toStdString());
            QCOMPARE(least.livelloAccesso, 2);
            QCOMPARE(least.etaMinima, age);
        }
    }

    void aFaultNamesItsPlaceAndReason_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("at"); // a text on the line of the fault
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, const QString& json, const QString& at, const QStringList& words) {
            QTest::newRow(name) << json << at << words;
        };
        row("a missing key", changed(R"("nome": "Permesso di prova",)", ""), "{", {"nome", "manca"});
        row("an unknown key", changed(R"("categoria": "Prove")", R"("categoria": "Prove", "colore": "rosso")"),
            "colore", {"\"colore\"", "sconosciuta"});
        row("an unknown key in a field",
            oneField(R"({ "chiave": "x", "tipo": "testo", "etichetta": "X", "largo": 3 })"), "largo",
            {"passi/2/campi/0/largo", "sconosciuta"});
        row("a field of no known kind", oneField(R"({ "chiave": "x", "tipo": "colore", "etichetta": "X" })"), "colore",
            {"passi/2/campi/0/tipo", "\"colore\"", "testo_lungo"});
        // eIDAS: what is sent is a legal act.
        row("a level that is too low", changed(R"("passi":)", R"("livello_accesso": 1, "passi":)"), "livello_accesso",
            {"\"livello_accesso\"", "2 o 3", "livello 1 non si presentano richieste"});
        for (const char* wrong : {"0", "4", "-3", "2.5", "\"3\"", "true", "null"})
            row(wrong, changed(R"("passi":)", QStringLiteral(R"("livello_accesso": %1, "passi":)").arg(wrong)),
                "livello_accesso", {"\"livello_accesso\"", "intero"});
        row("an age below nothing", changed(R"("passi":)", R"("eta_minima": -1, "passi":)"), "eta_minima",
            {"\"eta_minima\"", "tra 0 e 120"});
        row("an age of nobody", changed(R"("passi":)", R"("eta_minima": 121, "passi":)"), "eta_minima",
            {"\"eta_minima\"", "tra 0 e 120"});
        row("a text that is a number", changed(R"("nome": "Permesso di prova")", R"("nome": 7)"), "\"nome\": 7",
            {"\"nome\"", "testo"});
        row("an empty text", changed(R"("nome": "Permesso di prova")", R"("nome": "")"), "\"nome\": \"\"",
            {"\"nome\"", "vuoto"});
        row("a flag that is a text",
            changed(R"("obbligatorio": true, "lunghezza_massima": 100)", R"("obbligatorio": "si")"),
            "\"obbligatorio\": \"si\"", {"passi/2/campi/0/obbligatorio", "true"});
        row("a number too large", changed(R"("dimensione_massima_mb": 1)", R"("dimensione_massima_mb": 61)"), "61",
            {"passi/4/campi/0/dimensione_massima_mb", "60"});
        row("a number with decimals", changed(R"("dimensione_massima_mb": 1)", R"("dimensione_massima_mb": 1.5)"),
            "1.5", {"dimensione_massima_mb", "intero"});
        row("a number at the end of its line",
            changed(R"("dimensione_massima_mb": 1)", "\"dimensione_massima_mb\":\n 999\n"), " 999",
            {"dimensione_massima_mb", "60"});
        row("a slug with capitals", changed("permesso-prova", "Permesso-Prova"), "Permesso-Prova",
            {"\"slug\"", "minuscole"});
        row("a reserved slug", changed("permesso-prova", "metriche"), "metriche", {"\"slug\""});
        row("a field's key twice", changed(R"("chiave": "descrizione")", R"("chiave": "oggetto")"),
            R"("tipo": "testo_lungo")", {"passi/2/campi/1", "\"oggetto\"", "due volte"});
        row("a field's key in two steps", changed(R"("chiave": "delegante")", R"("chiave": "oggetto")"), "Chi delega",
            {"passi/3/campi/0", "due volte"});
        row("a step's key twice", changed(R"("chiave": "allegati")", R"("chiave": "dati")"), R"("titolo": "Allegati")",
            {"passi/4", "\"dati\"", "due volte"});
        row("a key with a space", oneField(R"({ "chiave": "il nome", "tipo": "testo", "etichetta": "X" })"), "il nome",
            {"passi/2/campi/0/chiave", "minuscole"});
        row("a reserved key", oneField(R"({ "chiave": "csrf", "tipo": "testo", "etichetta": "X" })"), "csrf",
            {"passi/2/campi/0/chiave", "riservata"});
        row("an object's key twice", changed(R"("categoria": "Prove")", "\"categoria\": \"Prove\",\n\"nome\": \"Due\""),
            "\"Due\"", {"\"nome\"", "due volte"});
        row("a condition on a later field",
            oneField(
                R"({ "chiave": "x", "tipo": "testo", "etichetta": "X", "se": { "campo": "delega", "uguale": "si" } })"),
            R"("chiave": "x")", {"passi/2/campi/0", "\"delega\"", "prima"});
        row("a step's condition on a field that is not there",
            changed(R"("se": { "campo": "delega")", R"("se": { "campo": "altro")"), "\"specifica\"",
            {"passi/3", "\"altro\""});
        row("a condition inside a group on a field that is not there",
            oneField(R"({ "chiave": "g", "tipo": "gruppo", "etichetta": "G", "campi": [
                { "chiave": "a", "tipo": "testo", "etichetta": "A", "se": { "campo": "assente", "uguale": "si" } } ] })"),
            R"("chiave": "a", )", {"passi/2/campi/0/campi/0", "\"assente\""});
        row("a condition without a comparison", changed(R"("campo": "delega", "uguale": "si")", R"("campo": "delega")"),
            "\"se\": {", {"passi/3/se", "uguale"});
        row("a choice without options",
            changed(R"("opzioni": [ { "valore": "si", "etichetta": "Sì" }, { "valore": "no", "etichetta": "No" } ])",
                    R"("opzioni": [])"),
            R"("chiave": "delega")", {"passi/2/campi/2", "opzione"});
        row("an option twice",
            changed(R"({ "valore": "no", "etichetta": "No" })", R"({ "valore": "si", "etichetta": "No" })"),
            R"("valore": "si")", {"passi/2/campi/2/opzioni/1", "due volte"});
        row("a kind of file that is not taken", changed(R"(["pdf", "p7m", "jpeg"])", R"(["pdf", "exe"])"), "exe",
            {"passi/4/campi/0/tipi_file/1", "exe"});
        row("a group within a group", oneField(R"({ "chiave": "g", "tipo": "gruppo", "etichetta": "G", "campi": [
                { "chiave": "h", "tipo": "gruppo", "etichetta": "H", "campi": [] } ] })"),
            R"("chiave": "h")", {"passi/2/campi/0/campi/0", "gruppo"});
        row("fields in a step that has none",
            changed(R"("titolo": "Dati del richiedente")", R"("titolo": "Dati del richiedente", "campi": [])"),
            "\"campi\": []", {"passi/1/campi"});
        row("steps in another order", changed(R"("tipo": "istruzioni")", R"("tipo": "richiedente")"), "\"passi\"",
            {"\"passi\"", "istruzioni"});
        row("a text of the form on a field that is not there", changed("{oggetto}", "{soggetto}"), "\"testo_modulo\"",
            {"testo_modulo/chiede", "{soggetto}"});
        row("a brace that is not closed", changed("{oggetto}", "{oggetto"), "\"testo_modulo\"",
            {"testo_modulo/chiede", "}"});
        row("a protocol value of no known name",
            changed(R"("testo_modulo":)", "\"protocollo\": { \"codice\": \"1\" },\n\"testo_modulo\":"), "codice",
            {"protocollo/codice", "sconosciuta"});
        row("a comma that is missing", changed(R"("nome": "Permesso di prova",)", R"("nome": "Permesso di prova")"),
            "\"categoria\"", {"JSON"});
        row("a text after the end", q(tests::servizioJson()) + "\n}", "never", {"JSON"});
        row("nothing", "", "never", {"JSON"});
        row("no object", "[]", "[", {"oggetto"});
        row("not UTF-8 is told, not taken", changed("Permesso di prova", "Permesso \x01"), "Permesso \x01", {"JSON"});
    }
    void aFaultNamesItsPlaceAndReason()
    {
        QFETCH(QString, json);
        QFETCH(QString, at);
        QFETCH(QStringList, words);
        const QString fault = faultOf(json);
        if (json.contains(at))
            QVERIFY2(fault.startsWith(QStringLiteral("Riga %1:").arg(lineOf(json, at))), qPrintable(fault));
        else
            QVERIFY2(fault.startsWith("Riga "), qPrintable(fault));
        for (const QString& word : words)
            QVERIFY2(fault.contains(word), qPrintable(fault + " / " + word));
    }

    void aTextNestedTooDeepIsRefused()
    {
        QVERIFY(faultOf(QString(31, '[') + QString(31, ']')).contains("troppi livelli"));
        QVERIFY(faultOf(QString(200000, '[')).contains("troppi livelli"));
        QVERIFY(!faultOf(QString(30, '[') + QString(30, ']')).contains("troppi livelli"));
    }

    void aTextOfMoreThanAMegabyteIsRefused()
    {
        QVERIFY(faultOf(q(tests::servizioJson()) + QString(1024 * 1024, ' ')).contains("1 MB"));
    }

    // S6: six steps, "Specifica delega" skipped without a delegation but counted; free; a signed certificate at the
    // end.
    void theSeedsOfBirthHaveTheirSixSteps()
    {
        for (const char* slug : {"estratto-nascita", "certificato-nascita"}) {
            const Servizio servizio = seed(slug);
            QCOMPARE(labels(servizio), QStringList({"Istruzioni", "Richiedente", "Delega", "Specifica delega",
                                                    "Tipologia ed uso", "Controllo e conferma"}));
            for (std::size_t i = 0; i < servizio.modulo.passi.size(); ++i)
                QCOMPARE(servizio.modulo.passi[i].se.has_value(), i == 3);
            QVERIFY(servizio.certificato);
            QVERIFY(!servizio.pagamento);
            QCOMPARE(q(servizio.categoria), q("Attività amministrative e di supporto per le funzioni d'ufficio e altri "
                                              "servizi di supporto alle imprese"));
        }
        for (const char* slug : {"estratto-nascita", "certificato-nascita"}) {
            const Modulo modulo = seed(slug).modulo;
            // The reason is asked for one's own record too: "La richiesta deve essere motivata".
            const Campo* motivazione = modulo.findCampo("motivazione");
            QVERIFY(motivazione != nullptr && motivazione->obbligatorio && !motivazione->se);
            QVERIFY(modulo.findCampo("delegante_documento")->obbligatorio);
        }
        QCOMPARE(q(seed("estratto-nascita").nome), q("Estratto per riassunto dell'Atto di nascita"));
        QCOMPARE(q(seed("certificato-nascita").nome), q("Certificato nascita"));
    }

    void aParagraphOfTheCompiledFormMayDependOnAnswers()
    {
        const auto with = [](const char* chiede) {
            return q(tests::servizioJson()).replace("\"di poter provare: {oggetto}\"", chiede);
        };
        const Servizio servizio = parseServizio(
            with(R"({ "testo": "per delega", "se": { "campo": "delega", "uguale": "si" } }, "sempre")").toStdString());
        const Capoversi& chiede = servizio.testoModulo.chiede;
        QCOMPARE(chiede.size(), std::size_t{2});
        QVERIFY(applies(chiede[0].se, Risposte{{"delega", "si"}}));
        QVERIFY(!applies(chiede[0].se, Risposte{{"delega", "no"}}));
        QVERIFY(!chiede[1].se);
        QVERIFY(faultOf(with(R"({ "testo": "x", "se": { "campo": "assente", "uguale": "si" } })")).contains("assente"));
        QVERIFY(faultOf(with(R"({ "se": { "campo": "delega", "uguale": "si" } })")).contains("testo"));
    }

    // S8.
    void theSeedOfTheRegisterOfAssociationsHasItsStepsFieldsAndFiles()
    {
        const Servizio servizio = seed("iscrizione-registro-associazioni");
        QCOMPARE(q(servizio.nome), q("Iscrizione al Registro delle Associazioni"));
        QCOMPARE(q(servizio.categoria), q("Attività di organizzazioni associative"));
        QCOMPARE(labels(servizio), QStringList({"Istruzioni", "Richiedente", "Organizzazione richiedente", "Allegati",
                                                "Controllo e conferma"}));
        QCOMPARE(fieldLabels(servizio, 2),
                 QStringList({"In qualità di", "Nome dell'associazione", "Natura giuridica", "Sito", "Pagina social",
                              "email", "Numero di iscritti", "Modalità di adesione (come si diventa soci)",
                              "Attività (indicare in modo sintetico le attività principali)"}));
        const QStringList files = fieldLabels(servizio, 3);
        for (const char* file : {"Elenco delle cariche sociali", "Statuto", "Attribuzione codice fiscale", "Logo"})
            QVERIFY(files.contains(q(file)));
        const Campo* logo = servizio.modulo.findCampo("logo");
        QVERIFY(logo != nullptr && !logo->obbligatorio);
        QVERIFY(logo->tipiFile == std::vector{TipoFile::Jpeg});
        QCOMPARE(q(servizio.testoModulo.inQualitaDi), q("in_qualita_di"));
    }
};

QTEST_GUILESS_MAIN(TestServizioJson)
#include "test_servizio_json.moc"
