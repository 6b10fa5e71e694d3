#include "core/servizio/campo.h"
#include "core/servizio/modulo.h"
#include "core/servizio/servizio.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using namespace std::chrono;
using tests::q;

namespace {

constexpr Date kToday = year{2026} / November / 23;

/// A form whose steps between "Richiedente" and "Riepilogo" are these.
Modulo moduloOf(const std::string& steps)
{
    return parseServizio(R"({ "slug": "prova", "nome": "Prova", "categoria": "Prove", "descrizione_breve": "Prova",
        "scheda": { "descrizione": ["Prova"] }, "passi": [
        { "chiave": "istruzioni", "tipo": "istruzioni", "etichetta": "I", "titolo": "I" },
        { "chiave": "richiedente", "tipo": "richiedente", "etichetta": "R", "titolo": "R" },)" +
                         steps + R"(,
        { "chiave": "riepilogo", "tipo": "riepilogo", "etichetta": "C", "titolo": "C" } ],
        "testo_modulo": { "chiede": ["Prova"] } })")
        .modulo;
}

/// A form of one step with these fields.
Modulo withFields(const std::string& fields)
{
    return moduloOf(R"({ "chiave": "dati", "tipo": "campi", "etichetta": "D", "titolo": "Dati", "campi": [)" + fields +
                    "] }");
}

Risposte read(const Modulo& modulo, const Posted& posted, const char* passo = "dati")
{
    Risposte risposte = Risposte::object();
    readPosted(*modulo.find(passo), posted, risposte);
    return risposte;
}

QString faultsOf(const Modulo& modulo, const Risposte& risposte, const char* passo = "dati")
{
    std::string fields;
    for (const FieldError& error : validate(*modulo.find(passo), risposte, kToday))
        fields += (fields.empty() ? "" : " ") + error.field;
    return q(fields);
}

QString json(const Risposte& risposte)
{
    return q(risposte.dump());
}

const char* const kChain = R"({ "chiave": "dati", "tipo": "campi", "etichetta": "D", "titolo": "Dati", "campi": [
      { "chiave": "chi", "tipo": "testo", "etichetta": "Chi" },
      { "chiave": "delega", "tipo": "testo", "etichetta": "Delega", "obbligatorio": true, "se": { "campo": "chi", "uguale": "altri" } },
      { "chiave": "nome", "tipo": "testo", "etichetta": "Nome", "obbligatorio": true, "se": { "campo": "delega", "uguale": "si" } } ] },
    { "chiave": "specifica", "tipo": "campi", "etichetta": "S", "titolo": "Specifica", "se": { "campo": "delega", "uguale": "si" }, "campi": [
      { "chiave": "motivo", "tipo": "testo", "etichetta": "Motivo", "obbligatorio": true } ] })";

}

class TestModulo : public QObject
{
    Q_OBJECT

private slots:
    // D4: "Descrizione" tells which document a file is, wherever it was uploaded first.
    void aFilesDescriptionNamesTheFieldThatItIsUsedFor()
    {
        Campo campo;
        campo.etichetta = "Attribuzione codice fiscale";
        const std::set<std::string> etichette = {"Statuto", "Attribuzione codice fiscale"};
        QCOMPARE(q(descriptionIn(campo, "Statuto", etichette)), q("Attribuzione codice fiscale"));
        QCOMPARE(q(descriptionIn(campo, "Attribuzione codice fiscale", {})), q("Attribuzione codice fiscale"));
        QCOMPARE(q(descriptionIn(campo, "", {})), q("Attribuzione codice fiscale"));
        QCOMPARE(q(descriptionIn(campo, "fronte e retro", etichette)),
                 q("fronte e retro (Attribuzione codice fiscale)"));
        QCOMPARE(q(descriptionIn(campo, "La nuova attribuzione  CODICE fiscale", etichette)),
                 q("La nuova attribuzione  CODICE fiscale"));
    }

    void eachKindOfFieldIsJudgedByItsOwnRules_data()
    {
        QTest::addColumn<QString>("field"); // kind and settings
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("right");
        const auto row = [](const char* field, const QString& typed, bool right) {
            QTest::newRow(qPrintable(QString(field).left(40) + ": " + typed.left(30))) << q(field) << typed << right;
        };
        row(R"("tipo": "testo", "lunghezza_massima": 5)", "Però!", true);
        row(R"("tipo": "testo", "lunghezza_massima": 5)", "Però!!", false);
        row(R"("tipo": "testo", "lunghezza_massima": 5)", "  Però!  ", true);
        row(R"("tipo": "testo")", QString(255, 'a'), true);
        row(R"("tipo": "testo")", QString(256, 'a'), false);
        row(R"("tipo": "testo_lungo")", QStringLiteral("😀").repeated(2000), true);
        row(R"("tipo": "testo_lungo")", QStringLiteral("😀").repeated(2001), false);
        row(R"("tipo": "testo_lungo")", "a" + QStringLiteral("\r\n").repeated(1999) + "b", false);
        row(R"("tipo": "testo_lungo")", "a" + QStringLiteral("\r\n").repeated(1998) + "b", true);
        row(R"("tipo": "numero", "minimo": "1", "massimo": "10")", "10", true);
        row(R"("tipo": "numero", "minimo": "1", "massimo": "10")", " 1 ", true);
        row(R"("tipo": "numero", "minimo": "1", "massimo": "10")", "0", false);
        row(R"("tipo": "numero", "minimo": "1", "massimo": "10")", "11", false);
        row(R"("tipo": "numero")", "-3", true);
        row(R"("tipo": "numero")", "1 000", true);
        row(R"("tipo": "numero")", "1,5", false);
        row(R"("tipo": "numero")", "1.5", false);
        row(R"("tipo": "numero")", "dieci", false);
        row(R"("tipo": "numero")", "99999999999999999999", false);
        row(R"("tipo": "data")", "31/01/2026", true);
        row(R"("tipo": "data")", "1-2-2026", true);
        row(R"("tipo": "data")", "2026-01-31", true);
        row(R"("tipo": "data")", "31/02/2026", false);
        row(R"("tipo": "data")", "domani", false);
        row(R"("tipo": "data", "massimo": "oggi")", "23/11/2026", true);
        row(R"("tipo": "data", "massimo": "oggi")", "24/11/2026", false);
        row(R"("tipo": "data", "minimo": "oggi")", "22/11/2026", false);
        row(R"("tipo": "data", "minimo": "2026-01-01", "massimo": "2026-12-31")", "01/01/2026", true);
        row(R"("tipo": "data", "minimo": "2026-01-01", "massimo": "2026-12-31")", "31/12/2025", false);
        row(R"("tipo": "data", "minimo": "2026-01-01", "massimo": "2026-12-31")", "01/01/2027", false);
        row(R"("tipo": "ora")", "00:00", true);
        row(R"("tipo": "ora")", "23:59", true);
        row(R"("tipo": "ora")", "24:00", false);
        row(R"("tipo": "ora")", "12:60", false);
        row(R"("tipo": "ora")", "9:30", true);
        row(R"("tipo": "ora")", "9:3", false);
        row(R"("tipo": "ora")", "09.30", false);
        row(R"("tipo": "ora")", "2à:30", false);
        row(R"("tipo": "codice_fiscale")", " rssmra 72h25 h501z ", true);
        row(R"("tipo": "codice_fiscale")", "RSSMRA72H25H501Y", false);
        row(R"("tipo": "comune")", "Rovereto", true);
        row(R"("tipo": "iban")", "it60 x054 2811 1010 0000 0123 456", true);
        row(R"("tipo": "iban")", "IT60X0542811101000000123457", false);
        row(R"("tipo": "importo")", "1.234,56", true);
        row(R"("tipo": "importo")", "16.00", false);
        row(R"("tipo": "email")", "nome@esempio.it", true);
        row(R"("tipo": "email")", "nome@esempio", false);
        row(R"("tipo": "telefono")", "0464 123456", true);
        row(R"("tipo": "telefono")", "casa", false);
        row(R"("tipo": "scelta", "opzioni": [ { "valore": "a", "etichetta": "A" } ])", "a", true);
        row(R"("tipo": "scelta", "opzioni": [ { "valore": "a", "etichetta": "A" } ])", "A", false);
        row(R"("tipo": "scelta_multipla", "opzioni": [ { "valore": "a", "etichetta": "A" } ])", "a", true);
        row(R"("tipo": "scelta_multipla", "opzioni": [ { "valore": "a", "etichetta": "A" } ])", "z", false);
        row(R"("tipo": "spunta")", "on", true);
    }
    void eachKindOfFieldIsJudgedByItsOwnRules()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(bool, right);
        const std::string head = R"({ "chiave": "x", "etichetta": "X", )" + field.toStdString();
        const Modulo modulo = withFields(head + " }");
        const Risposte risposte = read(modulo, {{"x", typed.toStdString()}});
        QCOMPARE(faultsOf(modulo, risposte), right ? QString() : q("x"));
        // Empty, it is asked for only where it is mandatory.
        QCOMPARE(faultsOf(modulo, read(modulo, {})), QString());
        const Modulo mandatory = withFields(head + R"(, "obbligatorio": true })");
        QCOMPARE(faultsOf(mandatory, read(mandatory, {})), q("x"));
    }

    void onlyWhiteSpaceIsNoAnswer()
    {
        const Modulo modulo =
            withFields(R"({ "chiave": "x", "tipo": "testo", "etichetta": "X", "obbligatorio": true })");
        QCOMPARE(faultsOf(modulo, read(modulo, {{"x", " \r\n\t "}})), q("x"));
    }

    void textsKeepTheirLinesAndTheirWords()
    {
        const Modulo modulo = withFields(R"({ "chiave": "x", "tipo": "testo_lungo", "etichetta": "X" })");
        QCOMPARE(q(read(modulo, {{"x", " \"Però\"\r\n\t<b>due</b>\r\rtre 😀 \r\n"}})["x"].get<std::string>()),
                 q("\"Però\"\n\t<b>due</b>\n\ntre 😀"));
    }

    void aWrongDateStaysAsTyped()
    {
        const Modulo modulo = withFields(R"({ "chiave": "x", "tipo": "data", "etichetta": "X" })");
        QCOMPARE(q(read(modulo, {{"x", "31/02/2026"}})["x"].get<std::string>()), q("31/02/2026"));
        QCOMPARE(q(read(modulo, {{"x", "28/02/2026"}})["x"].get<std::string>()), q("2026-02-28"));
    }

    void aPeriodHasTwoDaysInOrder_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("right");
        QTest::newRow("in order") << "01/12/2026"
                                  << "24/12/2026" << true;
        QTest::newRow("one day") << "01/12/2026"
                                 << "01/12/2026" << true;
        QTest::newRow("turned") << "02/12/2026"
                                << "01/12/2026" << false;
        QTest::newRow("no end") << "02/12/2026"
                                << "" << false;
        QTest::newRow("no beginning") << ""
                                      << "02/12/2026" << false;
        QTest::newRow("an impossible end") << "02/12/2026"
                                           << "32/12/2026" << false;
        QTest::newRow("before the bound") << "22/11/2026"
                                          << "24/12/2026" << false;
    }
    void aPeriodHasTwoDaysInOrder()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(bool, right);
        const Modulo modulo = withFields(R"({ "chiave": "p", "tipo": "periodo", "etichetta": "P", "minimo": "oggi" })");
        const Risposte risposte = read(modulo, {{"p.dal", from.toStdString()}, {"p.al", to.toStdString()}});
        QCOMPARE(faultsOf(modulo, risposte), right ? QString() : q("p"));
    }

    void aPeriodIsShownAsPeopleReadIt()
    {
        const Modulo modulo = withFields(R"({ "chiave": "p", "tipo": "periodo", "etichetta": "P" })");
        const Risposte risposte = read(modulo, {{"p.dal", "1/12/2026"}, {"p.al", "24/12/2026"}});
        QCOMPARE(q(display(*modulo.findCampo("p"), risposte["p"], Forma::Schermo)), q("dal 01-12-2026 al 24-12-2026"));
        QCOMPARE(q(display(*modulo.findCampo("p"), risposte["p"], Forma::Documento)),
                 q("dal 01/12/2026 al 24/12/2026"));
        QCOMPARE(json(read(modulo, {{"p.dal", ""}, {"p.al", ""}})), q(R"({"p":""})"));
    }

    void aGroupHasRowsEachWithItsFaults()
    {
        const Modulo modulo =
            withFields(R"({ "chiave": "figli", "tipo": "gruppo", "etichetta": "Figli", "righe_massime": 2, "campi": [
            { "chiave": "nome", "tipo": "testo", "etichetta": "Nome", "obbligatorio": true },
            { "chiave": "nato", "tipo": "data", "etichetta": "Nato il" },
            { "chiave": "dove", "tipo": "testo", "etichetta": "Dove", "obbligatorio": true, "se": { "campo": "nome", "uguale": "Ada" } } ] })");
        const Risposte right = read(
            modulo,
            {{"figli.0.nome", "Ugo"}, {"figli.0.nato", "1/2/2020"}, {"figli.1.nome", "Ada"}, {"figli.1.dove", "Ala"}});
        QCOMPARE(faultsOf(modulo, right), QString());
        QCOMPARE(q(display(*modulo.findCampo("figli"), right["figli"], Forma::Schermo)),
                 q("Nome: Ugo; Nato il: 01-02-2020\nNome: Ada; Dove: Ala"));
        const Risposte wrong = read(modulo, {{"figli.0.nome", "Ada"}, {"figli.1.nato", "31/2/2020"}});
        QCOMPARE(faultsOf(modulo, wrong), q("figli.0.dove figli.1.nome figli.1.nato"));
        const Risposte many =
            read(modulo, {{"figli.0.nome", "A"}, {"figli.1.nome", "B"}, {"figli.2.nome", "C"}, {"figli.3.nome", "D"}});
        QCOMPARE(faultsOf(modulo, many), q("figli"));
        const Modulo mandatory =
            withFields(R"({ "chiave": "figli", "tipo": "gruppo", "etichetta": "Figli", "obbligatorio": true, "campi": [
            { "chiave": "nome", "tipo": "testo", "etichetta": "Nome" } ] })");
        QCOMPARE(faultsOf(mandatory, read(mandatory, {})), q("figli"));
    }

    void aChoiceOfManyKeepsAllThatWasChosen()
    {
        const Modulo modulo = withFields(R"({ "chiave": "x", "tipo": "scelta_multipla", "etichetta": "X", "opzioni": [
            { "valore": "a", "etichetta": "Suolo pubblico" }, { "valore": "b", "etichetta": "Musica" }, { "valore": "c", "etichetta": "Altro" } ] })");
        const Risposte risposte = read(modulo, {{"x", "a"}, {"altro", "z"}, {"x", "c"}});
        QCOMPARE(json(risposte), q(R"({"x":["a","c"]})"));
        QCOMPARE(q(display(*modulo.findCampo("x"), risposte["x"], Forma::Schermo)), q("Suolo pubblico, Altro"));
        QCOMPARE(json(read(modulo, {})), q(R"({"x":[]})"));
    }

    void conditionsCompareAndCombine_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("answers");
        QTest::addColumn<bool>("shown");
        const auto row = [](const char* condition, const char* answers, bool shown) {
            QTest::newRow(qPrintable(QString(condition) + " " + answers)) << q(condition) << q(answers) << shown;
        };
        row(R"({ "campo": "a", "uguale": "si" })", R"({"a":"si"})", true);
        row(R"({ "campo": "a", "uguale": "si" })", R"({"a":"no"})", false);
        row(R"({ "campo": "a", "uguale": "si" })", R"({})", false);
        row(R"({ "campo": "a", "uguale": ["si", "forse"] })", R"({"a":"forse"})", true);
        row(R"({ "campo": "a", "diverso": "si" })", R"({"a":"no"})", true);
        row(R"({ "campo": "a", "diverso": "si" })", R"({})", true);
        row(R"({ "campo": "a", "diverso": ["si", "no"] })", R"({"a":"no"})", false);
        row(R"({ "campo": "m", "uguale": "due" })", R"({"m":["uno","due"]})", true);
        row(R"({ "campo": "m", "uguale": "tre" })", R"({"m":["uno","due"]})", false);
        row(R"({ "campo": "m", "diverso": "due" })", R"({"m":["uno","due"]})", false);
        row(R"({ "tutte": [ { "campo": "a", "uguale": "si" }, { "campo": "b", "uguale": "si" } ] })",
            R"({"a":"si","b":"si"})", true);
        row(R"({ "tutte": [ { "campo": "a", "uguale": "si" }, { "campo": "b", "uguale": "si" } ] })", R"({"a":"si"})",
            false);
        row(R"({ "una": [ { "campo": "a", "uguale": "si" }, { "campo": "b", "uguale": "si" } ] })", R"({"b":"si"})",
            true);
        row(R"({ "una": [ { "campo": "a", "uguale": "si" }, { "tutte": [ { "campo": "b", "uguale": "si" }, { "campo": "m", "uguale": "uno" } ] } ] })",
            R"({"b":"si","m":["uno"]})", true);
        row(R"({ "una": [ { "campo": "a", "uguale": "si" }, { "campo": "b", "uguale": "si" } ] })", R"({})", false);
    }
    void conditionsCompareAndCombine()
    {
        QFETCH(QString, condition);
        QFETCH(QString, answers);
        QFETCH(bool, shown);
        const Modulo modulo = withFields(
            R"({ "chiave": "a", "tipo": "testo", "etichetta": "A" }, { "chiave": "b", "tipo": "testo", "etichetta": "B" },
            { "chiave": "m", "tipo": "scelta_multipla", "etichetta": "M", "opzioni": [ { "valore": "uno", "etichetta": "1" }, { "valore": "due", "etichetta": "2" },
              { "valore": "tre", "etichetta": "3" } ] },
            { "chiave": "x", "tipo": "testo", "etichetta": "X", "obbligatorio": true, "se": )" +
            condition.toStdString() + " }");
        QCOMPARE(applies(modulo.findCampo("x")->se, Risposte::parse(answers.toStdString())), shown);
        QCOMPARE(faultsOf(modulo, Risposte::parse(answers.toStdString())), shown ? q("x") : QString());
    }

    void whatIsNotShownIsNotAskedForAndNotSent()
    {
        const Modulo modulo = moduloOf(kChain);
        const Risposte all = Risposte::parse(R"({"chi":"altri","delega":"si","nome":"Ada","motivo":"studio"})");
        QCOMPARE(json(shownOnly(modulo, all)), json(all));
        QCOMPARE(faultsOf(modulo, all), QString());
        const Risposte noDelegation =
            Risposte::parse(R"({"chi":"altri","delega":"no","nome":"Ada","motivo":"studio"})");
        QCOMPARE(json(shownOnly(modulo, noDelegation)), q(R"({"chi":"altri","delega":"no"})"));
    }

    // Who changes the first answer leaves answers behind that nothing shows any more: they may not show others.
    void anAnswerThatIsNotShownShowsNothing()
    {
        const Modulo modulo = moduloOf(kChain);
        const Risposte changed = Risposte::parse(R"({"chi":"me","delega":"si","nome":"Ada","motivo":"studio"})");
        QCOMPARE(json(shownOnly(modulo, changed)), q(R"({"chi":"me"})"));
        QCOMPARE(faultsOf(modulo, Risposte::parse(R"({"chi":"me","delega":"si"})")), QString());
        QVERIFY(!applies(modulo.find("specifica")->se, shownOnly(modulo, changed)));
    }

    void emptyAnswersAreNotSent()
    {
        const Modulo modulo = moduloOf(kChain);
        QCOMPARE(json(shownOnly(modulo, Risposte::parse(R"({"chi":"","delega":null,"ignoto":"x"})"))), q("{}"));
    }

    void fieldsThatWereNotPostedBecomeEmptyButFilesStay()
    {
        const Modulo modulo = withFields(
            R"({ "chiave": "x", "tipo": "testo", "etichetta": "X" }, { "chiave": "ok", "tipo": "spunta", "etichetta": "Ok" },
            { "chiave": "f", "tipo": "file", "etichetta": "F", "tipi_file": ["pdf"] }, { "chiave": "fermo", "tipo": "fisso", "etichetta": "Fermo", "valore": "16 €" })");
        Risposte risposte = Risposte::parse(R"({"x":"prima","ok":"si","f":["id-1"]})");
        readPosted(*modulo.find("dati"), {{"f", "id-di-altri"}, {"fermo", "0 €"}, {"ignoto", "x"}}, risposte);
        QCOMPARE(json(risposte), q(R"({"f":["id-1"],"ok":"","x":""})"));
    }

    void answersThatFitMoveToANewerForm()
    {
        const Modulo modulo = withFields(
            R"({ "chiave": "x", "tipo": "testo", "etichetta": "X" }, { "chiave": "m", "tipo": "scelta_multipla", "etichetta": "M",
            "opzioni": [ { "valore": "a", "etichetta": "A" } ] }, { "chiave": "g", "tipo": "gruppo", "etichetta": "G", "campi": [
            { "chiave": "n", "tipo": "testo", "etichetta": "N" } ] })");
        QCOMPARE(json(fitting(modulo,
                              Risposte::parse(R"({"x":"resta","vecchio":"via","m":"era un testo","g":[{"n":"1"}]})"))),
                 q(R"({"g":[{"n":"1"}],"x":"resta"})"));
        QCOMPARE(json(fitting(modulo, Risposte::parse(R"({"x":["era una scelta"],"m":["a"],"g":["era altro"]})"))),
                 q(R"({"m":["a"]})"));
    }

    void answersAreDescribedUnderTheTitleOfTheirStep()
    {
        const Modulo modulo =
            moduloOf(R"({ "chiave": "dati", "tipo": "campi", "etichetta": "D", "titolo": "Dati del titolo", "campi": [
              { "chiave": "nato", "tipo": "data", "etichetta": "Nato il" },
              { "chiave": "s", "tipo": "scelta", "etichetta": "Scelta", "opzioni": [ { "valore": "a", "etichetta": "Prima voce" } ] },
              { "chiave": "ok", "tipo": "spunta", "etichetta": "Confermo" }, { "chiave": "i", "tipo": "importo", "etichetta": "Importo" },
              { "chiave": "f", "tipo": "file", "etichetta": "F", "tipi_file": ["pdf"] }, { "chiave": "vuoto", "tipo": "testo", "etichetta": "Vuoto" } ] },
            { "chiave": "altro", "tipo": "campi", "etichetta": "A", "titolo": "Senza risposte", "campi": [
              { "chiave": "z", "tipo": "testo", "etichetta": "Z" } ] })");
        const Risposte risposte =
            Risposte::parse(R"({"nato":"1972-06-25","s":"a","ok":"si","i":"1234,5","f":["id"],"vuoto":""})");
        const auto groups = describe(modulo, risposte, Forma::Documento);
        QCOMPARE(groups.size(), std::size_t{1});
        QCOMPARE(q(groups[0].titolo), q("Dati del titolo"));
        QStringList lines;
        for (const Voce& voce : groups[0].voci)
            lines << q(voce.etichetta + "=" + voce.valore);
        QCOMPARE(lines, QStringList({"Nato il=25/06/1972", "Scelta=Prima voce", "Confermo=Sì", "Importo=1.234,50 €"}));
        QCOMPARE(q(describe(modulo, risposte, Forma::Schermo)[0].voci[0].valore), q("25-06-1972"));
    }

    void namesTheFilesOfShownFieldsInOrder()
    {
        const Modulo modulo = withFields(R"({ "chiave": "gia", "tipo": "spunta", "etichetta": "Già in possesso" },
            { "chiave": "a", "tipo": "file", "etichetta": "A", "tipi_file": ["pdf"], "se": { "campo": "gia", "diverso": "si" } },
            { "chiave": "b", "tipo": "file", "etichetta": "B", "tipi_file": ["pdf"] })");
        const auto names = [&](const char* answers) {
            QStringList all;
            for (const FileRichiesto& file : filesOf(modulo, Risposte::parse(answers)))
                all << q(file.allegato.text() + "/" + file.campo->chiave);
            return all;
        };
        QCOMPARE(names(R"({"b":["3"],"a":["1","2"]})"), QStringList({"1/a", "2/a", "3/b"}));
        QCOMPARE(names(R"({"gia":"si","b":["3"],"a":["1","2"]})"), QStringList({"3/b"}));
        QCOMPARE(names("{}"), QStringList());
    }

    void fillsInTheAnswersOnce()
    {
        const Modulo modulo = withFields(
            R"({ "chiave": "nome", "tipo": "testo", "etichetta": "N" }, { "chiave": "nato", "tipo": "data", "etichetta": "D" })");
        const Risposte risposte = Risposte::parse(R"({"nome":"{nato} Ada","nato":"1972-06-25"})");
        QCOMPARE(q(fillIn("{nome}, nata il {nato}.", modulo, risposte)), q("{nato} Ada, nata il 25/06/1972."));
        QCOMPARE(q(fillIn("[{assente}] {nome", modulo, risposte)), q("[] {nome"));
        QCOMPARE(q(fillIn("", modulo, risposte)), q(""));
    }

    void findsStepsAndFields()
    {
        const Modulo modulo = moduloOf(kChain);
        QCOMPARE(modulo.indexOf("specifica"), std::size_t{3});
        QCOMPARE(modulo.indexOf("assente"), modulo.passi.size());
        QVERIFY(modulo.find("assente") == nullptr);
        QVERIFY(modulo.findCampo("motivo") != nullptr);
        QVERIFY(modulo.findCampo("assente") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestModulo)
#include "test_modulo.moc"
