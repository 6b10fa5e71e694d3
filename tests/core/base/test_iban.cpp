#include "core/base/iban.h"

#include <QTest>

using namespace sdc;

class TestIban : public QObject
{
    Q_OBJECT

private slots:
    // Examples of the IBAN registry (ISO 13616).
    void takesTheExamplesOfTheRegistry()
    {
        for (const char* iban :
             {"IT60X0542811101000000123456", "SM86U0322509800000000270100", "VA59001123000012345678",
              "DE89370400440532013000", "AT611904300234573201", "CH9300762011623852957", "FR1420041010050500013M02606",
              "GB29NWBK60161331926819", "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "BE68539007547034"})
            QVERIFY2(isIban(iban), iban);
    }

    void findsASlipOfOneCharacterOrTwoExchanged()
    {
        for (const char* iban :
             {"IT60X0542811101000000123457", "IT61X0542811101000000123456", "IT60Y0542811101000000123456",
              "IT60X0542811101000000124356", "DE89370400440532013001"})
            QVERIFY2(!isIban(iban), iban);
    }

    void refusesAnItalianOneOfAnotherLength()
    {
        // Their checks are right, computed apart; their lengths, 26 and 28, are not.
        QVERIFY(!isIban("IT90X054281110100000012345"));
        QVERIFY(!isIban("IT19X05428111010000001234560"));
    }

    // ISO 7064 gives check digits from 02 to 98; 00, 01 and 99 leave the same remainder as 97, 98 and 02.
    void refusesCheckDigitsThatTheStandardNeverGives()
    {
        QVERIFY(isIban("DE98370400440532000034"));
        QVERIFY(!isIban("DE01370400440532000034"));
        QVERIFY(isIban("DE02370400440532000016"));
        QVERIFY(!isIban("DE99370400440532000016"));
        QVERIFY(isIban("DE97370400440532000052"));
        QVERIFY(!isIban("DE00370400440532000052"));
    }

    void refusesWhatIsNotShapedAsOne()
    {
        for (const char* text : {"", "IT", "it60x0542811101000000123456", "IT60 X054 2811 1010 0000 0123 456",
                                 "1T60X0542811101000000123456", "ITX0X0542811101000000123456",
                                 "IT60X054281110100000012345-", "NO938601111794"})
            QVERIFY2(!isIban(text), text);
        QVERIFY(!isIban("GB29" + std::string(31, '0')));
    }
};

QTEST_GUILESS_MAIN(TestIban)
#include "test_iban.moc"
