#include "core/base/centesimi.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using tests::q;

class TestCentesimi : public QObject
{
    Q_OBJECT

private slots:
    void readsAmountsAsItalyWritesThem_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<qlonglong>("cents");
        QTest::newRow("whole") << "16" << 1600LL;
        QTest::newRow("cents") << "16,00" << 1600LL;
        QTest::newRow("one digit of cents") << "16,5" << 1650LL;
        QTest::newRow("one cent") << "0,01" << 1LL;
        QTest::newRow("zero") << "0" << 0LL;
        QTest::newRow("thousands") << "1.234,56" << 123456LL;
        QTest::newRow("millions") << "1.234.567" << 123456700LL;
        QTest::newRow("without dots") << "1234567,89" << 123456789LL;
        QTest::newRow("the largest") << "999.999.999,99" << 99999999999LL;
    }
    void readsAmountsAsItalyWritesThem()
    {
        QFETCH(QString, typed);
        QFETCH(qlonglong, cents);
        const auto amount = centesimiFromItalian(typed.toStdString());
        QVERIFY(amount.has_value());
        QCOMPARE(static_cast<qlonglong>(amount->count()), cents);
    }

    void refusesWhatIsNoAmount_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char* typed : {"",          ",",        ",50",  "16,",           "16,000", "16,5,0", "16.00", "1.23",
                                  "12.34.567", "1234.567", ".123", "1..234",        "-16",    "+16",    "16 ",   " 16",
                                  "16€",       "1e3",      "0x10", "1.000.000.000", "16;50",  "sedici"})
            QTest::newRow(typed[0] == '\0' ? "nothing" : typed) << typed;
    }
    void refusesWhatIsNoAmount()
    {
        QFETCH(QString, typed);
        QVERIFY(!centesimiFromItalian(typed.toStdString()));
    }

    void writesAmountsAsItalyReadsThem()
    {
        QCOMPARE(q(toItalian(Centesimi{0})), q("0,00"));
        QCOMPARE(q(toItalian(Centesimi{5})), q("0,05"));
        QCOMPARE(q(toItalian(Centesimi{99999})), q("999,99"));
        QCOMPARE(q(toItalian(Centesimi{100000})), q("1.000,00"));
        QCOMPARE(q(toItalian(Centesimi{123456789})), q("1.234.567,89"));
        QCOMPARE(q(toItalian(Centesimi{-123456})), q("-1.234,56"));
    }
};

QTEST_GUILESS_MAIN(TestCentesimi)
#include "test_centesimi.moc"
