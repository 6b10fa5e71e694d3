#include "server/gateways/mime.h"

#include "core/base/time.h"

#include <QTest>

#include <sstream>

using namespace sdc;
using namespace sdc::gateways;

namespace {

Mail avviso()
{
    return {"lavoro-7@stanza.example",
            {"Comune di Rovereto", "noreply@rovereto.example"},
            {"Renzo Tramaglino", "renzo@example.org"},
            "La pratica è stata aggiornata",
            "Gentile Renzo,\nè stata presa in carico.\n",
            "<p>Gentile Renzo</p>",
            {}};
}

const Instant kQuando = *instantFromIso("2024-02-29T09:05:07Z");

void refuses(const Mail& mail)
{
    try {
        mimeMessage(mail, kQuando);
    } catch (const PostaNonInviata& refusal) {
        QVERIFY(refusal.causa() == CausaPosta::Dati);
        return;
    }
    QFAIL("accepted");
}

}

class TestMime : public QObject
{
    Q_OBJECT

private slots:
    void writesTheHeadersOfTheRfc();
    void encodesQuotedPrintable_data();
    void encodesQuotedPrintable();
    void encodesWords_data();
    void encodesWords();
    void cutsNoCharacterBetweenWords();
    void isAsciiInShortLines();
    void quotesADisplayName();
    void refusesLineBreaksInHeaders();
    void refusesAddressesThatAreNone();
    void refusesAMessageIdThatIsNone();
};

void TestMime::writesTheHeadersOfTheRfc()
{
    Mail mail = avviso();
    mail.rispondiA = "protocollo@rovereto.example";

    const std::string text = mimeMessage(mail, kQuando);

    QVERIFY(text.starts_with("Date: Thu, 29 Feb 2024 09:05:07 +0000\r\n"
                             "Message-ID: <lavoro-7@stanza.example>\r\n"
                             "From: \"Comune di Rovereto\" <noreply@rovereto.example>\r\n"
                             "To: \"Renzo Tramaglino\" <renzo@example.org>\r\n"
                             "Reply-To: <protocollo@rovereto.example>\r\n"));
    QVERIFY(text.find("\r\nMIME-Version: 1.0\r\n") != std::string::npos);
    QVERIFY(text.find("\r\nContent-Type: multipart/alternative;") != std::string::npos);
    QVERIFY(text.find("text/plain") < text.find("text/html"));
}

// Expected values from Python's quopri and from RFC 2045, 6.7.
void TestMime::encodesQuotedPrintable_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("encoded");
    QTest::newRow("accents") << std::string("però = così") << std::string("per=C3=B2 =3D cos=C3=AC");
    QTest::newRow("white space at the end of a line") << std::string("a \nb\t\n") << std::string("a=20\r\nb=09\r\n");
    QTest::newRow("line ends") << std::string("a\rb\r\nc\n") << std::string("a\r\nb\r\nc\r\n");
    QTest::newRow("long line") << std::string(80, 'x') << std::string(75, 'x') + "=\r\n" + std::string(5, 'x');
    QTest::newRow("control") << std::string("a\0b", 3) << std::string("a=00b");
}

void TestMime::encodesQuotedPrintable()
{
    QFETCH(std::string, text);
    QFETCH(std::string, encoded);
    QCOMPARE(quotedPrintable(text), encoded);
}

// Base64 from coreutils' base64.
void TestMime::encodesWords_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("encoded");
    QTest::newRow("plain") << std::string("La pratica") << std::string("La pratica");
    QTest::newRow("accent") << std::string("La pratica è stata aggiornata")
                            << std::string("=?UTF-8?B?TGEgcHJhdGljYSDDqCBzdGF0YSBhZ2dpb3JuYXRh?=");
    QTest::newRow("one") << std::string("è") << std::string("=?UTF-8?B?w6g=?=");
    QTest::newRow("looks encoded") << std::string("=?x?=") << std::string("=?UTF-8?B?PT94Pz0=?=");
    QTest::newRow("empty") << std::string() << std::string();
}

void TestMime::encodesWords()
{
    QFETCH(std::string, text);
    QFETCH(std::string, encoded);
    QCOMPARE(encodedWords(text), encoded);
}

// RFC 2047, 2 and 5: at most 75 characters, each word whole characters.
void TestMime::cutsNoCharacterBetweenWords()
{
    std::string text = "x";
    for (int i = 0; i < 60; ++i)
        text += "è";

    std::istringstream words(encodedWords(text));

    QString decoded;
    for (std::string word; words >> word;) {
        QVERIFY(word.size() <= 75);
        QVERIFY(word.starts_with("=?UTF-8?B?") && word.ends_with("?="));
        const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(word.substr(10, word.size() - 12)));
        QVERIFY(QString::fromUtf8(bytes).toUtf8() == bytes);
        decoded += QString::fromUtf8(bytes);
    }
    QCOMPARE(decoded.toStdString(), text);
}

void TestMime::isAsciiInShortLines()
{
    Mail mail = avviso();
    mail.testo = std::string(5000, 'x') + "è\n.\nFrom\n";
    mail.oggetto = QString(300, u'ù').toStdString();
    mail.da.nome = std::string(300, 'x');
    std::istringstream lines(mimeMessage(mail, kQuando));
    for (std::string line; std::getline(lines, line);) {
        QVERIFY(line.ends_with('\r'));
        QVERIFY2(line.size() <= 77, line.c_str());
        for (const char c : line)
            QVERIFY(static_cast<unsigned char>(c) < 0x80);
    }
}

void TestMime::quotesADisplayName()
{
    Mail mail = avviso();
    mail.a.nome = "Rossi, \"Renzo\" \\ altri <x@y.it>";
    const std::string quoted = "To: \"Rossi, \\\"Renzo\\\" \\\\ altri <x@y.it>\" <renzo@example.org>";
    QVERIFY(mimeMessage(mail, kQuando).find(quoted) != std::string::npos);
}

void TestMime::refusesLineBreaksInHeaders()
{
    for (const std::string& bad : {std::string("a\nBcc: x@y.it"), std::string("a\rb"), std::string("a\0b", 3)}) {
        Mail oggetto = avviso();
        oggetto.oggetto = bad;
        refuses(oggetto);
        Mail nome = avviso();
        nome.da.nome = bad;
        refuses(nome);
        Mail destinatario = avviso();
        destinatario.a.nome = bad;
        refuses(destinatario);
        Mail identificativo = avviso();
        identificativo.messageId = bad;
        refuses(identificativo);
    }
}

void TestMime::refusesAddressesThatAreNone()
{
    for (const std::string& bad :
         {std::string(), std::string("renzo"), std::string("a@b.it>\r\nDATA"), std::string("a@b.it> <c@d.it"),
          std::string("renzò@example.org"), std::string("a b@example.org")})
    {
        Mail a = avviso();
        a.a.indirizzo = bad;
        refuses(a);
        Mail da = avviso();
        da.da.indirizzo = bad;
        refuses(da);
    }
}

void TestMime::refusesAMessageIdThatIsNone()
{
    for (const char* bad : {"", "<a@b>", "a b@c", "è@c"}) {
        Mail mail = avviso();
        mail.messageId = bad;
        refuses(mail);
    }
}

QTEST_APPLESS_MAIN(TestMime)
#include "test_mime.moc"
