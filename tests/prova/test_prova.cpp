#include "tests/prova/prova_avviata.h"

#include <Poco/Net/DialogSocket.h>

#include <QTemporaryDir>
#include <QTest>

using namespace sdc::prova;
using Poco::Net::DialogSocket;

namespace {

/// What a plain client hears after each line that it says.
class Dialogo
{
public:
    explicit Dialogo(const ProvaAvviata& prova) : socket_(Poco::Net::SocketAddress("127.0.0.1", prova.portaSmtp()))
    {
        socket_.setReceiveTimeout(Poco::Timespan(20, 0));
        greeting = hear();
    }

    int hear()
    {
        std::string text;
        const int status = socket_.receiveStatusMessage(text);
        heard = text;
        return status;
    }

    int say(const std::string& line)
    {
        socket_.sendMessage(line);
        return hear();
    }

    int deliver(const std::string& message)
    {
        say("MAIL FROM:<da@example.org>");
        say("RCPT TO:<a@example.org>");
        say("DATA");
        socket_.sendString(message);
        return say(".");
    }

    int greeting = 0;
    std::string heard;

private:
    DialogSocket socket_;
};

}

class TestProva : public QObject
{
    Q_OBJECT

private slots:
    void speaksSmtpInOrder();
    void forgetsTheEnvelopeAfterRset();
    void removesTheDotsOfTransparency();
    void refusesLinesOverTheLimits();
    void refusesAMessageDeclaredTooBig();
    void decodesWhatOthersWrite();
    void showsMailsToPeople();
    void showsMarkupHarmlessly();
    void findsItsMailsAfterARestart();
    void emptiesTheBox();
    void refusesAnUnknownFault();
    void stopsCleanlyWithAnOpenLine();
    void refusesAnUnknownOption();
};

void TestProva::speaksSmtpInOrder()
{
    const ProvaAvviata prova;
    Dialogo client(prova);

    QCOMPARE(client.greeting, 220);
    QCOMPARE(client.say("MAIL FROM:<a@b.it>"), 503);
    QCOMPARE(client.say("EHLO client"), 250);
    QVERIFY(client.heard.find("8BITMIME") != std::string::npos);
    QVERIFY(client.heard.find("SIZE") != std::string::npos);
    QCOMPARE(client.say("RCPT TO:<a@b.it>"), 503);
    QCOMPARE(client.say("DATA"), 503);
    QCOMPARE(client.say("mail from:<>"), 250);
    QCOMPARE(client.say("RCPT TO:a@b.it"), 501);
    QCOMPARE(client.say("RCPT TO:<a@b.it>"), 250);
    QCOMPARE(client.say("NOOP"), 250);
    QCOMPARE(client.say("VRFY a"), 502);
    QCOMPARE(client.say("DATA"), 354);
    QCOMPARE(client.say("Subject: x\r\n\r\ny\r\n."), 250);
    QCOMPARE(client.say("QUIT"), 221);
    QCOMPARE(prova.mails().size(), std::size_t{1});
}

void TestProva::forgetsTheEnvelopeAfterRset()
{
    const ProvaAvviata prova;
    Dialogo client(prova);
    client.say("EHLO client");
    client.say("MAIL FROM:<a@b.it>");
    client.say("RCPT TO:<a@b.it>");
    QCOMPARE(client.say("RSET"), 250);
    QCOMPARE(client.say("DATA"), 503);
}

// RFC 5321, 4.5.2.
void TestProva::removesTheDotsOfTransparency()
{
    const ProvaAvviata prova;
    Dialogo client(prova);
    client.say("EHLO client");
    QCOMPARE(client.deliver("Subject: punti\r\n\r\n..\r\n..uno\r\n...\r\nnessuno.\r\n"), 250);
    QCOMPARE(prova.mails()[0]["testo"].get<std::string>(), std::string(".\n.uno\n..\nnessuno.\n"));
}

// RFC 5321, 4.5.3.1: 512 for a command, 1000 for a text line, CRLF included.
void TestProva::refusesLinesOverTheLimits()
{
    const ProvaAvviata prova;
    Dialogo client(prova);
    QCOMPARE(client.say("EHLO " + std::string(505, 'x')), 250);
    QCOMPARE(client.say("EHLO " + std::string(506, 'x')), 500);
    QCOMPARE(client.say("NOOP " + std::string(100000, 'x')), 500);
    QCOMPARE(client.deliver("Subject: x\r\n\r\n" + std::string(998, 'x') + "\r\n"), 250);
    QCOMPARE(client.deliver("Subject: x\r\n\r\n" + std::string(999, 'x') + "\r\n"), 500);
    QCOMPARE(client.deliver("Subject: x\r\n\r\n" + std::string(99999, 'x') + "\r\n"), 500);
    QCOMPARE(prova.mails().size(), std::size_t{1});
}

void TestProva::refusesAMessageDeclaredTooBig()
{
    const ProvaAvviata prova;
    Dialogo client(prova);
    client.say("EHLO client");
    QCOMPARE(client.say("MAIL FROM:<a@b.it> SIZE=99999999999"), 552);
    QCOMPARE(client.say("MAIL FROM:<a@b.it> BODY=8BITMIME SIZE=100"), 250);
}

// Words and folding after the examples of RFC 2047, section 8.
void TestProva::decodesWhatOthersWrite()
{
    const ProvaAvviata prova;
    Dialogo client(prova);
    client.say("EHLO client");
    client.deliver(
        "From: =?ISO-8859-1?Q?Andr=E9?= Pirard <pirard@example.org>\r\n"
        "Subject: =?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n"
        " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=\r\n"
        "message-id: <uno@example.org>\r\n"
        "Content-Type: multipart/mixed; boundary=fuori\r\n\r\nprologo\r\n"
        "--fuori\r\nContent-Type: multipart/alternative; boundary=\"den tro\"\r\n\r\n"
        "--den tro\r\nContent-Type: text/plain; charset=\"iso-8859-1\"\r\n"
        "Content-Transfer-Encoding: Quoted-Printable\r\n\r\nper=F2 lunga=\r\n riga\r\n"
        "--den tro\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nPGI+cGVyw7I8L2I+\r\n--den tro--\r\n--fuori--\r\nepilogo\r\n");

    const auto mail = prova.mails()[0];

    QCOMPARE(mail["da"].get<std::string>(), std::string("André Pirard <pirard@example.org>"));
    QCOMPARE(mail["a"].get<std::string>(), std::string("a@example.org"));
    QCOMPARE(mail["oggetto"].get<std::string>(), std::string("If you can read this you understand the example."));
    QCOMPARE(mail["messageId"].get<std::string>(), std::string("uno@example.org"));
    QCOMPARE(mail["testo"].get<std::string>(), std::string("però lunga riga"));
    QCOMPARE(mail["html"].get<std::string>(), std::string("<b>però</b>"));
}

void TestProva::showsMailsToPeople()
{
    const ProvaAvviata prova;
    QVERIFY(prova.ask("GET", "/").body.find("Non è arrivata nessuna mail.") != std::string::npos);
    Dialogo client(prova);
    client.say("EHLO client");
    client.deliver("Subject: prima\r\n\r\nciao\r\n");
    client.deliver("Subject: seconda\r\n\r\nriga uno\r\nriga due\r\n");

    const std::string list = prova.ask("GET", "/").body;
    QVERIFY(list.find("seconda") < list.find("prima"));
    const RispostaWeb page = prova.ask("GET", "/mail/2");
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.find("riga uno\nriga due") != std::string::npos);
    QVERIFY(prova.ask("GET", "/mail/2.eml").body.ends_with("riga uno\r\nriga due\r\n"));
    QCOMPARE(prova.ask("GET", "/mail/3").status, 404);
    QCOMPARE(prova.ask("GET", "/mail/../x").status, 404);
}

void TestProva::showsMarkupHarmlessly()
{
    const ProvaAvviata prova;
    Dialogo client(prova);
    client.say("EHLO client");
    client.deliver(
        "Subject: <script>alert(1)</script>\r\nContent-Type: text/html\r\n\r\n\"><script>alert(2)</script>\r\n");

    QVERIFY(prova.ask("GET", "/").body.find("<script>") == std::string::npos);
    const std::string page = prova.ask("GET", "/mail/1").body;
    QVERIFY(page.find("<script>") == std::string::npos);
    QVERIFY(page.find("&quot;&gt;&lt;script&gt;") != std::string::npos);
}

void TestProva::findsItsMailsAfterARestart()
{
    const QTemporaryDir folder;
    {
        const ProvaAvviata prova(folder.filePath(QStringLiteral("posta")));
        Dialogo client(prova);
        client.say("EHLO client");
        client.deliver("Subject: uno\r\n\r\nx\r\n");
        client.deliver("Subject: due\r\n\r\nx\r\n");
    }
    const ProvaAvviata prova(folder.filePath(QStringLiteral("posta")));
    Dialogo client(prova);
    client.say("EHLO client");
    client.deliver("Subject: tre\r\n\r\nx\r\n");

    const auto mails = prova.mails();
    QCOMPARE(mails.size(), std::size_t{3});
    QCOMPARE(mails[0]["oggetto"].get<std::string>(), std::string("tre"));
    QCOMPARE(mails[2]["oggetto"].get<std::string>(), std::string("uno"));
    QCOMPARE(mails[2]["a"].get<std::string>(), std::string("a@example.org"));
}

void TestProva::emptiesTheBox()
{
    const QTemporaryDir folder;
    {
        const ProvaAvviata prova(folder.path());
        Dialogo client(prova);
        client.say("EHLO client");
        client.deliver("Subject: uno\r\n\r\nx\r\n");
        QCOMPARE(prova.ask("DELETE", "/api/mail").status, 204);
        QVERIFY(prova.mails().empty());
    }
    QVERIFY(ProvaAvviata(folder.path()).mails().empty());
}

void TestProva::refusesAnUnknownFault()
{
    const ProvaAvviata prova;
    QCOMPARE(prova.ask("POST", "/api/guasti", R"({"smtp":"fuoco"})").status, 400);
    QCOMPARE(prova.ask("POST", "/api/guasti", "[").status, 400);
    QCOMPARE(prova.ask("GET", "/api/guasti").body, std::string(R"({"smtp":"nessuno"})"));
}

void TestProva::stopsCleanlyWithAnOpenLine()
{
    ProvaAvviata prova;
    const Dialogo client(prova);
    QCOMPARE(prova.stop(), 0);
}

void TestProva::refusesAnUnknownOption()
{
    QCOMPARE(QProcess::execute(QStringLiteral(SDC_BIN_DIR "/stanza-prova"), {QStringLiteral("--porta")}), 1);
    QCOMPARE(QProcess::execute(QStringLiteral(SDC_BIN_DIR "/stanza-prova"),
                               {QStringLiteral("--porta-web"), QStringLiteral("70000")}),
             1);
}

QTEST_GUILESS_MAIN(TestProva)
#include "test_prova.moc"
