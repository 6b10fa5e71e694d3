#include "server/gateways/smtp.h"

#include "core/base/time.h"
#include "tests/prova/prova_avviata.h"

#include <QTest>

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
