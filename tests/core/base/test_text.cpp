#include "core/base/text.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using tests::q;

namespace {

/// Bytes that hold a NUL as well.
template <std::size_t N>
QByteArray bytes(const char (&text)[N])
{
    return QByteArray(text, static_cast<qsizetype>(N - 1));
}

}

class TestText : public QObject
{
    Q_OBJECT

private slots:
    // RFC 3629, section 4: the first and last code points of each length, and what lies just outside.
    void keepsToTheLimitsOfUtf8_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("clean");
        QTest::newRow("nothing") << bytes("") << true;
        QTest::newRow("U+007F") << bytes("\x7F") << true;
        QTest::newRow("U+0080") << bytes("\xC2\x80") << true;
        QTest::newRow("U+07FF") << bytes("\xDF\xBF") << true;
        QTest::newRow("U+0800") << bytes("\xE0\xA0\x80") << true;
        QTest::newRow("U+D7FF") << bytes("\xED\x9F\xBF") << true;
        QTest::newRow("U+E000") << bytes("\xEE\x80\x80") << true;
        QTest::newRow("U+FFFF") << bytes("\xEF\xBF\xBF") << true;
        QTest::newRow("U+10000") << bytes("\xF0\x90\x80\x80") << true;
        QTest::newRow("U+10FFFF") << bytes("\xF4\x8F\xBF\xBF") << true;
        QTest::newRow("NUL") << bytes("a\0b") << false;
        QTest::newRow("a continuation alone") << bytes("\x80") << false;
        QTest::newRow("overlong slash, two bytes") << bytes("\xC0\xAF") << false;
        QTest::newRow("overlong, C1") << bytes("\xC1\xBF") << false;
        QTest::newRow("overlong, three bytes") << bytes("\xE0\x9F\xBF") << false;
        QTest::newRow("overlong, four bytes") << bytes("\xF0\x8F\xBF\xBF") << false;
        QTest::newRow("first surrogate") << bytes("\xED\xA0\x80") << false;
        QTest::newRow("last surrogate") << bytes("\xED\xBF\xBF") << false;
        QTest::newRow("U+110000") << bytes("\xF4\x90\x80\x80") << false;
        QTest::newRow("F5") << bytes("\xF5\x80\x80\x80") << false;
        QTest::newRow("FF") << bytes("\xFF") << false;
        QTest::newRow("cut after one of two") << bytes("a\xC3") << false;
        QTest::newRow("cut after two of three") << bytes("\xE2\x82") << false;
        QTest::newRow("cut after three of four") << bytes("\xF0\x9F\x98") << false;
        QTest::newRow("Latin-1") << bytes("Per\xF2") << false;
    }
    void keepsToTheLimitsOfUtf8()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, clean);
        QCOMPARE(isCleanUtf8({text.constData(), static_cast<std::size_t>(text.size())}), clean);
    }

    void countsCodePointsAndNotBytes()
    {
        QCOMPARE(codePoints(""), std::size_t{0});
        QCOMPARE(codePoints("Però"), std::size_t{4});
        QCOMPARE(codePoints("16,00 €"), std::size_t{7});
        QCOMPARE(codePoints("😀😀"), std::size_t{2});
        QCOMPARE(codePoints("a\nb"), std::size_t{3});
    }

    void foldsNamesForSearchAndOrder_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("folded");
        QTest::newRow("accents") << "Però Müller"
                                 << "pero muller";
        QTest::newRow("capitals with accents") << "NICOLÒ È"
                                               << "nicolo e";
        QTest::newRow("white space") << "  Dalla \t\n TORRE  "
                                     << "dalla torre";
        QTest::newRow("apostrophe") << "D'Agostino"
                                    << "d'agostino";
        QTest::newRow("German") << "Straße Größe"
                                << "strasse grosse";
        QTest::newRow("ligature") << "Æsop"
                                  << "aesop";
        QTest::newRow("Slavic") << "Ćirić Šabić Đurić Łódź"
                                << "ciric sabic duric lodz";
        QTest::newRow("Turkish") << "Işık Ğ İ"
                                 << "isik g i";
        QTest::newRow("Romanian, Hungarian, Czech") << "Ţăran Erdős Řehoř Vůjtek"
                                                    << "taran erdos rehor vujtek";
        QTest::newRow("accents written apart") << "Nicolo\u0300"
                                               << "nicolo";
        QTest::newRow("what is not Latin stays") << "Ωмега 😀"
                                                 << "Ωмега 😀";
        QTest::newRow("only white") << " \t "
                                    << "";
    }
    void foldsNamesForSearchAndOrder()
    {
        QFETCH(QString, text);
        QFETCH(QString, folded);
        QCOMPARE(q(fold(text.toStdString())), folded);
    }

    void takesPlausibleAddressesOfMail_data()
    {
        QTest::addColumn<QString>("address");
        for (const char* address :
             {"nome@esempio.it", "nome.cognome+comune@posta.x-y.example.com", "o'brien@esempio.it", "1@2.it"})
            QTest::newRow(address) << address;
        QTest::newRow("64 before the at") << QString(64, 'a') + "@esempio.it";
    }
    void takesPlausibleAddressesOfMail()
    {
        QFETCH(QString, address);
        QVERIFY(isEmailAddress(address.toStdString()));
    }

    void refusesWhatIsNoAddressOfMail_data()
    {
        QTest::addColumn<QString>("address");
        for (const char* address : {"",
                                    "@",
                                    "nome",
                                    "nome@",
                                    "@esempio.it",
                                    "nome@esempio",
                                    "nome@.it",
                                    "nome@esempio.",
                                    "nome@-x.it",
                                    "nome@x-.it",
                                    "nome@x..it",
                                    ".nome@x.it",
                                    "nome.@x.it",
                                    "no..me@x.it",
                                    "no me@x.it",
                                    "nome@x.it ",
                                    " nome@x.it",
                                    "a@b@x.it",
                                    "\"a b\"@x.it",
                                    "nome@x.it\r\nBcc: altri@x.it",
                                    "nome\n@x.it",
                                    "<nome@x.it>",
                                    "nome@x.it,altro@x.it",
                                    "è@x.it",
                                    "nome@perù.it",
                                    "nome@x.it;y"})
            QTest::newRow(address[0] == '\0' ? "nothing" : address) << address;
        QTest::newRow("65 before the at") << QString(65, 'a') + "@esempio.it";
        QTest::newRow("255 in all") << "a@" + QString(250, 'b') + ".it";
    }
    void refusesWhatIsNoAddressOfMail()
    {
        QFETCH(QString, address);
        QVERIFY(!isEmailAddress(address.toStdString()));
    }

    void takesTelephoneNumbersAsPeopleWriteThem()
    {
        for (const char* number :
             {"3331234567", "333 1234567", "+39 333.123.45.67", "0464/123456", "0464-123456", "123456"})
            QVERIFY2(isPhoneNumber(number), number);
        for (const char* number : {"", "+", "12345", "1234567890123456", "333 12a4567", "++39333123456", " 333123456",
                                   "333;123456", "-333123456", "333123456\n"})
            QVERIFY2(!isPhoneNumber(number), number);
    }

    void makesEveryLineBreakALineFeed()
    {
        QCOMPARE(q(normalizeNewlines("a\r\nb\rc\nd\r\r\n")), q("a\nb\nc\nd\n\n"));
        QCOMPARE(q(normalizeNewlines("\r")), q("\n"));
    }

    void trimsWhiteSpaceAtBothEndsOnly()
    {
        QCOMPARE(q(trim(" \t\r\n a b \v\f")), q("a b"));
        QCOMPARE(q(trim("   ")), q(""));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "test_text.moc"
