#include "core/documenti/maiuscolo.h"
#include "core/documenti/modulo_compilato.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;

namespace {

DatiModulo iscrizione()
{
    DatiModulo dati;
    dati.ente = "Comune di Rovereto";
    dati.servizio = "Iscrizione al registro delle associazioni";
    dati.richiedente = {
        "Luca Realdi", "Trento",           2018y / 12 / 20, "RLDLCU18T20L378Z", "Via Monte Pertica 25, 38100 Trento",
        "1234567",     "luca@example.org", "Direttore"};
    dati.testo = {"che l'Associazione venga iscritta nell'Albo."};
    dati.elenco = {"statuto", "logo"};
    dati.tabelle = {{"Organizzazione richiedente", {{"Natura giuridica", "ONLUS"}}}};
    return dati;
}

/// All the words in order, a line for each paragraph, heading, list item and row.
std::string words(const Documento& documento)
{
    struct Reader
    {
        std::string text;
        void operator()(const Paragrafo& it)
        {
            for (const Tratto& tratto : it.tratti)
                text += tratto.text;
            text += '\n';
        }
        void operator()(const Intestazione& it) { text += it.text + '\n'; }
        void operator()(const Elenco& it)
        {
            for (const std::string& voce : it.voci)
                text += voce + '\n';
        }
        void operator()(const Tabella& it)
        {
            for (const auto& [label, value] : it.righe)
                text += label + ": " + value + '\n';
        }
    } reader;
    for (const Blocco& blocco : documento.blocchi)
        std::visit(reader, blocco);
    return reader.text;
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

}

class TestModuloCompilato : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatTheManualShowsInItsOrder();
    void addressesTheEnteAtTheRightAndAsksInTheMiddle();
    void leavesOutAnUnknownBirthplace();
    void leavesOutABirthOfWhichNothingIsKnown();
    void leavesOutContactsThatAreUnknown();
    void leavesOutTheRoleWhereTheFormDoesNotAskIt();
    void listsAttachmentsWithTheirHash();
    void hasNoListOfAttachmentsWithoutAttachments();
    void hasNoTableForAStepWithoutAnswers();
    void writesAccentedLettersInCapitals();
};

void TestModuloCompilato::saysWhatTheManualShowsInItsOrder()
{
    QCOMPARE(words(moduloCompilato(iscrizione())), std::string(R"(Spett.le
Comune di Rovereto
OGGETTO: ISCRIZIONE AL REGISTRO DELLE ASSOCIAZIONI
Il/La sottoscritto/a Luca Realdi nato/a a Trento il 20/12/2018
Codice fiscale RLDLCU18T20L378Z
Residente in Via Monte Pertica 25, 38100 Trento
Recapito telefonico 1234567 Recapito email luca@example.org
In qualità di Direttore
chiede
che l'Associazione venga iscritta nell'Albo.
statuto
logo
Organizzazione richiedente
Natura giuridica: ONLUS
)"));
}

void TestModuloCompilato::addressesTheEnteAtTheRightAndAsksInTheMiddle()
{
    const Documento documento = moduloCompilato(iscrizione());

    QVERIFY(std::get<Paragrafo>(documento.blocchi.front()).allineamento == Allineamento::Destra);
    const Paragrafo chiede{{{"chiede", true}}, Allineamento::Centro};
    QVERIFY(std::find(documento.blocchi.begin(), documento.blocchi.end(), Blocco(chiede)) != documento.blocchi.end());
}

void TestModuloCompilato::leavesOutAnUnknownBirthplace()
{
    DatiModulo dati = iscrizione();
    dati.richiedente.luogoNascita.clear();
    QVERIFY(contains(words(moduloCompilato(dati)), "Il/La sottoscritto/a Luca Realdi nato/a il 20/12/2018\n"));
}

void TestModuloCompilato::leavesOutABirthOfWhichNothingIsKnown()
{
    DatiModulo dati = iscrizione();
    dati.richiedente.luogoNascita.clear();
    dati.richiedente.dataNascita.reset();
    QVERIFY(contains(words(moduloCompilato(dati)), "Il/La sottoscritto/a Luca Realdi\nCodice fiscale"));
}

void TestModuloCompilato::leavesOutContactsThatAreUnknown()
{
    DatiModulo dati = iscrizione();
    dati.richiedente.telefono.clear();
    QVERIFY(contains(words(moduloCompilato(dati)), "Trento\nRecapito email luca@example.org\n"));
    dati.richiedente.email.clear();
    QVERIFY(!contains(words(moduloCompilato(dati)), "Recapito"));
}

void TestModuloCompilato::leavesOutTheRoleWhereTheFormDoesNotAskIt()
{
    DatiModulo dati = iscrizione();
    dati.richiedente.inQualitaDi.clear();
    QVERIFY(!contains(words(moduloCompilato(dati)), "In qualità di"));
}

void TestModuloCompilato::listsAttachmentsWithTheirHash()
{
    DatiModulo dati = iscrizione();
    // SHA-256 of "test", as sha256sum gives it.
    dati.allegati = {{"statuto.pdf", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}};
    QVERIFY(contains(words(moduloCompilato(dati)),
                     "Allegati\nstatuto.pdf\n"
                     "SHA-256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n"));
}

void TestModuloCompilato::hasNoListOfAttachmentsWithoutAttachments()
{
    QVERIFY(!contains(words(moduloCompilato(iscrizione())), "Allegati"));
}

void TestModuloCompilato::hasNoTableForAStepWithoutAnswers()
{
    DatiModulo dati = iscrizione();
    dati.tabelle.push_back({"Passo vuoto", {}});
    QVERIFY(!contains(words(moduloCompilato(dati)), "Passo vuoto"));
}

void TestModuloCompilato::writesAccentedLettersInCapitals()
{
    QCOMPARE(maiuscolo("attività è così però più né"), std::string("ATTIVITÀ È COSÌ PERÒ PIÙ NÉ"));
    QCOMPARE(maiuscolo("ä ö ü ÷ × ÿ č š ž ł"), std::string("Ä Ö Ü ÷ × Ÿ Č Š Ž Ł"));
    QCOMPARE(maiuscolo("L’atto n. 3 – €"), std::string("L’ATTO N. 3 – €"));
}

QTEST_APPLESS_MAIN(TestModuloCompilato)
#include "test_modulo_compilato.moc"
