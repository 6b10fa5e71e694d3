#include "core/cittadino/codice_fiscale.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono;
using tests::q;

namespace {

CodiceFiscale code(const char* text)
{
    return CodiceFiscale::parse(text).value();
}

}

class TestCodiceFiscale : public QObject
{
    Q_OBJECT

private slots:
    // The check characters were computed apart, by the tables of DM 23 December 1976.
    void takesCodesWithTheRightCheck_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"RSSMRA72H25H501Z", "RSSMRA72H25H612H", "RSSMRA72H25H50MR", "RSSMRA72H25H61NW",
                                 "BNCGLI85C52L378P", "RSSMRA72A41H501Y", "RSSMRA72A71H501B", "RSSMRA72B29H501Q",
                                 "RSSMRA00B29H501Y", "RSSMRA72H25Z112K", "RSSMRATNHNRH501N"})
            QTest::newRow(text) << text;
    }
    void takesCodesWithTheRightCheck()
    {
        QFETCH(QString, text);
        QVERIFY(CodiceFiscale::parse(text.toStdString()).has_value());
    }

    void refusesWrongChecksAndImpossibleBirths_data()
    {
        QTest::addColumn<QString>("text");
        // Where the fault is not the check, the check is right.
        QTest::newRow("the popular wrong check") << "RSSMRA72H25H501Y";
        QTest::newRow("omocodia with the old check") << "RSSMRA72H25H50MZ";
        QTest::newRow("day 00") << "RSSMRA72H00H501L";
        QTest::newRow("31 June") << "RSSMRA72H31H501N";
        QTest::newRow("30 February") << "RSSMRA72B30H501X";
        QTest::newRow("29 February of a year that has none") << "RSSMRA73B29H501R";
        QTest::newRow("the same of a woman") << "RSSMRA73B69H501V";
        QTest::newRow("day 32") << "RSSMRA72A32H501C";
        QTest::newRow("day 40") << "RSSMRA72A40H501Z";
        QTest::newRow("day 72") << "RSSMRA72A72H501G";
        QTest::newRow("month F") << "RSSMRA72F25H501V";
        QTest::newRow("15 characters") << "RSSMRA72H25H501";
        QTest::newRow("17 characters") << "RSSMRA72H25H501ZZ";
        QTest::newRow("nothing") << "";
        QTest::newRow("eleven digits") << "00125390229";
        QTest::newRow("a digit in the name") << "RSSMR172H25H501Z";
        QTest::newRow("a letter that is no omocodia") << "RSSMRA72H25H50AZ";
        QTest::newRow("an accent") << "RÒSMRA72H25H501Z";
    }
    void refusesWrongChecksAndImpossibleBirths()
    {
        QFETCH(QString, text);
        QVERIFY(!CodiceFiscale::parse(text.toStdString()));
    }

    void readsCodesAsTyped() { QCOMPARE(q(code(" rssmra 72h25 h501z\n").text()), q("RSSMRA72H25H501Z")); }

    void keepsOmocodiaAsWrittenAndKnowsTheSamePerson()
    {
        const CodiceFiscale omocode = code("RSSMRA72H25H50MR");
        QCOMPARE(q(omocode.text()), q("RSSMRA72H25H50MR"));
        QCOMPARE(q(omocode.withoutOmocodia()), q("RSSMRA72H25H501Z"));
        QVERIFY(omocode.samePerson(code("RSSMRA72H25H501Z")));
        QVERIFY(code("RSSMRATNHNRH501N").samePerson(code("RSSMRA72H25H501Z")));
        QVERIFY(code("RSSMRA72H25H61NW").samePerson(code("RSSMRA72H25H612H")));
        QVERIFY(!omocode.samePerson(code("RSSMRA72H25H612H")));
        QVERIFY(!(omocode == code("RSSMRA72H25H501Z")));
    }

    void womenHaveFortyMoreInTheDay()
    {
        QCOMPARE(code("RSSMRA72H65H501D").sesso(), Sesso::Femmina);
        QCOMPARE(code("RSSMRA72H25H501Z").sesso(), Sesso::Maschio);
        QVERIFY(code("RSSMRA72H65H501D").bornOn(year{1972} / June / 25));
        QVERIFY(code("RSSMRATNHNRH501N").bornOn(year{1972} / June / 25));
        QVERIFY(!code("RSSMRA72H65H501D").bornOn(year{1972} / June / 24));
        QVERIFY(!code("RSSMRA72H65H501D").bornOn(year{1972} / July / 25));
        QVERIFY(!code("RSSMRA72H65H501D").bornOn(year{1973} / June / 25));
    }

    // The check characters were computed apart, by the tables of DM 23 December 1976.
    void theCenturyIsToldOnlyWhereNoOtherIsPossible_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("births"); // as of 27 November 2026
        const auto row = [](const char* name, const char* code, const QStringList& births) {
            QTest::newRow(name) << QString::fromLatin1(code) << births;
        };
        row("of those born later than today in this century", "RSSMRA72H25H612H", {"1972-06-25"});
        row("a woman", "RSSMRA72H65H501D", {"1972-06-25"});
        row("omocodia", "RSSMRATNHNRH501N", {"1972-06-25"});
        row("a child, or one of 116", "VRDLCU10A01H612V", {"1910-01-01", "2010-01-01"});
        row("a girl, or one of 116", "VRDNNA10A41H612W", {"1910-01-01", "2010-01-01"});
        row("born today, or 100 today", "RSSMRA26S27H612Y", {"1926-11-27", "2026-11-27"});
        row("born tomorrow: not yet", "RSSMRA26S28H612A", {"1926-11-28"});
        row("next year's", "RSSMRA27A01H612V", {"1927-01-01"});
        row("nobody is 126", "RSSMRA00A01H612K", {"2000-01-01"});
        row("somebody may be 125", "RSSMRA01A01H612L", {"1901-01-01", "2001-01-01"});
        row("29 February 1900 never was", "RSSMRA00B29H501Y", {"2000-02-29"});
        row("29 February of both", "RSSMRA04B29H612K", {"1904-02-29", "2004-02-29"});
    }

    void theCenturyIsToldOnlyWhereNoOtherIsPossible()
    {
        QFETCH(QString, code);
        QFETCH(QStringList, births);
        QStringList found;
        for (const Date birth : ::code(code.toLatin1().constData()).possibleBirths(year{2026} / November / 27))
            found << q(toIso(birth));
        QCOMPARE(found, births);
    }

    void knowsThePlaceOfBirthThroughOmocodia()
    {
        QCOMPARE(q(code("RSSMRA72H25H61NW").luogoDiNascita()), q("H612"));
        QCOMPARE(q(code("RSSMRA72H25Z112K").luogoDiNascita()), q("Z112"));
    }

    void checksTheCodesOfOrganisations()
    {
        QVERIFY(isCodiceFiscaleNumerico("00125390229"));
        for (const char* text : {"00125390228", "0012539022", "001253902290", "0012539022A", "", "RSSMRA72H25H501Z"})
            QVERIFY2(!isCodiceFiscaleNumerico(text), text);
    }
};

QTEST_GUILESS_MAIN(TestCodiceFiscale)
#include "test_codice_fiscale.moc"
