#include "server/gateways/smtp.h"

#include "core/base/time.h"
#include "tests/prova/prova_avviata.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <QTest>

#include <atomic>
#include <thread>

using namespace sdc;
using namespace sdc::gateways;
using sdc::prova::ProvaAvviata;
using namespace std::chrono_literals;

namespace {

Mail avviso()
{
    return {"lavoro-7@stanza.example",
            {"Comune di Forlì", "noreply@forli.example"},
            {"Renzo Tramaglino", "renzo@example.org"},
            "La pratica è stata aggiornata: perché, più, così, €",
            "Gentile Renzo,\n.\n..punti\nè stata presa in carico.\n",
            "<p>Gentile <b>Renzo</b> è</p>",
            {}};
}

/// A mail server that does one thing wrong: at `passo` it answers `risposta`; "" breaks the line, "..." says nothing,
/// "~" a letter now and then.
class ServerFinto
{
public:
    ServerFinto(std::string passo, std::string risposta)
        : passo_(std::move(passo)),
          risposta_(std::move(risposta)),
          socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
          thread_([this] { serve(); })
    {
    }
    ~ServerFinto()
    {
        over_ = true;
        thread_.join();
    }
    ServerFinto(const ServerFinto&) = delete;
    ServerFinto& operator=(const ServerFinto&) = delete;

    std::uint16_t port() const { return socket_.address().port(); }

private:
    void serve()
    {
        while (!socket_.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) {
            if (over_)
                return;
        }
        line_ = socket_.acceptConnection();
        line_.setReceiveTimeout(Poco::Timespan(5, 0));
        try {
            bool goesOn = say("saluto", "220 finto");
            for (std::string command; goesOn && !(command = hear("\r\n")).empty();) {
                const std::string word = command.substr(0, 4);
                goesOn = say(word, word == "DATA" ? "354 dimmi" : "250 bene");
                if (goesOn && word == "DATA" && !hear("\r\n.\r\n").empty())
                    goesOn = say("testo", "250 preso");
            }
        } catch (const Poco::Exception&) {
            // The client is gone.
            return;
        }
    }
    std::string hear(const std::string& end)
    {
        std::string text;
        char c = 0;
        while (!text.ends_with(end) && line_.receiveBytes(&c, 1) == 1)
            text += c;
        return text;
    }
    bool say(const std::string& passo, std::string answer)
    {
        answer = passo == passo_ ? risposta_ : answer;
        while (!over_ && (answer == "..." || answer == "~")) {
            if (answer == "~")
                line_.sendBytes("2", 1);
            std::this_thread::sleep_for(20ms);
        }
        if (answer.empty() || over_)
            line_.close();
        else
            line_.sendBytes((answer + "\r\n").data(), static_cast<int>(answer.size()) + 2);
        return !answer.empty() && !over_;
    }

    std::string passo_;
    std::string risposta_;
    std::atomic<bool> over_ = false;
    Poco::Net::ServerSocket socket_;
    Poco::Net::StreamSocket line_;
    std::thread thread_;
};

Smtp smtpFor(std::uint16_t porta)
{
    ConfigSmtp config;
    config.porta = porta;
    config.attesaRisposta = 3s;
    return {config, [] { return *instantFromIso("2024-02-29T09:05:07Z"); }};
}

CausaPosta causeOf(Smtp& smtp, const Mail& mail)
{
    try {
        smtp.send(mail);
    } catch (const PostaNonInviata& failure) {
        return failure.causa();
    }
    throw std::logic_error("sent");
}

}

class TestSmtp : public QObject
{
    Q_OBJECT

private slots:
    void deliversWhatWasWritten();
    void sendsNothingWithALineBreakInAHeader();
    void takesATemporaryRefusalAsTransient();
    void takesARefusalAsFinal();
    void takesAServerThatDoesNotRelayAsAMatterOfSettings();
    void knowsTheCauseAtEachStep_data();
    void knowsTheCauseAtEachStep();
    void leavesAServerThatDrips();
    void doesNotKnowWhatBecameOfAMailThatNobodyConfirmed();
    void takesASilentServerAsTransient();
    void takesAnAbsentServerAsTransient();
    void demandsEncryptionWhereItIsConfigured();
};

void TestSmtp::deliversWhatWasWritten()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());

    smtp.send(avviso());

    const auto mails = prova.mails();
    QCOMPARE(mails.size(), std::size_t{1});
    QCOMPARE(mails[0]["messageId"].get<std::string>(), avviso().messageId);
    QCOMPARE(mails[0]["da"].get<std::string>(), std::string("Comune di Forlì <noreply@forli.example>"));
    QCOMPARE(mails[0]["a"].get<std::string>(), std::string("renzo@example.org"));
    QCOMPARE(mails[0]["oggetto"].get<std::string>(), avviso().oggetto);
    QCOMPARE(mails[0]["testo"].get<std::string>(), avviso().testo);
    QCOMPARE(mails[0]["html"].get<std::string>(), avviso().html);
}

void TestSmtp::sendsNothingWithALineBreakInAHeader()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());
    Mail mail = avviso();
    mail.oggetto = "x\r\nBcc: altri@example.org";

    QVERIFY(causeOf(smtp, mail) == CausaPosta::Dati);

    QVERIFY(prova.mails().empty());
}

void TestSmtp::takesATemporaryRefusalAsTransient()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());
    prova.setGuasto("temporaneo");
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Transitoria);

    prova.setGuasto("nessuno");
    smtp.send(avviso());
    QCOMPARE(prova.mails().size(), std::size_t{1});
}

void TestSmtp::takesARefusalAsFinal()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());
    prova.setGuasto("rifiuta");
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Dati);
}

// RFC 3463: X.7.1 is the site's policy, not the mailbox; mended, the same mail passes. What is logged names nobody.
void TestSmtp::takesAServerThatDoesNotRelayAsAMatterOfSettings()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());
    prova.setGuasto("inoltro");
    try {
        smtp.send(avviso());
        QFAIL("sent");
    } catch (const PostaNonInviata& failure) {
        QVERIFY(failure.causa() == CausaPosta::Configurazione);
        const QString text = QString::fromUtf8(failure.what());
        QVERIFY2(text.contains(QStringLiteral("Relay access denied")), failure.what());
        QVERIFY2(!text.contains(QStringLiteral("renzo")), failure.what());
    }
}

// RFC 5321, 4.2.1: 4xx passes, 5xx does not. Who we are and whether we may send is the settings' fault, a mailbox that
// is not there the message's. Only once the text is out nobody knows.
void TestSmtp::knowsTheCauseAtEachStep_data()
{
    QTest::addColumn<QByteArray>("passo");
    QTest::addColumn<QByteArray>("risposta");
    QTest::addColumn<int>("causa");
    for (const char* passo : {"saluto", "EHLO", "MAIL", "RCPT", "DATA", "testo"}) {
        const bool told = QByteArray(passo) == "testo";
        for (const char* risposta : {"421 4.3.2 chiudo", "450 4.2.0 dopo", "451 4.3.0 guasto", "452 4.3.1 pieno"}) {
            if (QByteArray(passo) != "EHLO")
                QTest::addRow("%s %s", passo, risposta)
                    << QByteArray(passo) << QByteArray(risposta) << int(CausaPosta::Transitoria);
        }
        const auto broken = told ? CausaPosta::Incerta : CausaPosta::Transitoria;
        QTest::addRow("%s breaks off", passo) << QByteArray(passo) << QByteArray() << int(broken);
        QTest::addRow("%s is silent", passo) << QByteArray(passo) << QByteArray("...") << int(broken);
    }
    const auto refusal = [](const char* passo, const char* risposta, CausaPosta causa) {
        QTest::addRow("%s %s", passo, risposta) << QByteArray(passo) << QByteArray(risposta) << int(causa);
    };
    refusal("saluto", "554 5.3.2 no", CausaPosta::Configurazione);
    refusal("MAIL", "550 5.7.1 mittente", CausaPosta::Configurazione);
    refusal("MAIL", "530 5.7.0 autenticarsi", CausaPosta::Configurazione);
    refusal("RCPT", "550 5.1.1 sconosciuto", CausaPosta::Dati);
    refusal("RCPT", "552 5.2.2 piena", CausaPosta::Dati);
    refusal("RCPT", "554 5.7.1 inoltro", CausaPosta::Configurazione);
    refusal("DATA", "554 5.5.1 nessuno", CausaPosta::Configurazione);
    refusal("testo", "554 5.6.0 contenuto", CausaPosta::Dati);
}

void TestSmtp::knowsTheCauseAtEachStep()
{
    QFETCH(QByteArray, passo);
    QFETCH(QByteArray, risposta);
    QFETCH(int, causa);
    const ServerFinto server(passo.toStdString(), risposta.toStdString());
    ConfigSmtp config;
    config.porta = server.port();
    config.attesaRisposta = 1s;
    Smtp smtp(config, [] { return Instant(); });
    QCOMPARE(int(causeOf(smtp, avviso())), causa);
}

void TestSmtp::leavesAServerThatDrips()
{
    const ServerFinto server("MAIL", "~");
    ConfigSmtp config;
    config.porta = server.port();
    config.attesaTotale = 1s;
    Smtp smtp(config, [] { return Instant(); });
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Transitoria);
}

void TestSmtp::doesNotKnowWhatBecameOfAMailThatNobodyConfirmed()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());
    prova.setGuasto("muto");
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Incerta);
    QCOMPARE(prova.mails().size(), std::size_t{1});
}

void TestSmtp::takesASilentServerAsTransient()
{
    const ProvaAvviata prova;
    Smtp smtp = smtpFor(prova.portaSmtp());
    prova.setGuasto("lento");
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Transitoria);
}

void TestSmtp::takesAnAbsentServerAsTransient()
{
    Smtp smtp = smtpFor(prova::freePort());
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Transitoria);
}

// The test server offers no STARTTLS: nothing may be sent in clear.
void TestSmtp::demandsEncryptionWhereItIsConfigured()
{
    const ProvaAvviata prova;
    ConfigSmtp config;
    config.porta = prova.portaSmtp();
    config.cifratura = Cifratura::StartTls;
    Smtp smtp(config, [] { return Instant(); });
    QVERIFY(causeOf(smtp, avviso()) == CausaPosta::Configurazione);
    QVERIFY(prova.mails().empty());
}

QTEST_GUILESS_MAIN(TestSmtp)
#include "test_smtp.moc"
