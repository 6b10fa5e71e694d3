#include "server/gateways/smtp.h"

#include "server/gateways/mime.h"
#include "server/gateways/termine.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/RejectCertificateHandler.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <sstream>
#include <utility>

namespace sdc::gateways {

namespace {

using Poco::Net::SecureStreamSocket;

Poco::Timespan timespan(std::chrono::seconds seconds)
{
    return {static_cast<long>(seconds.count()), 0};
}

Poco::Net::Context::Ptr trustContext(const ConfigSmtp& config)
{
    Poco::Net::Context::Params params;
    params.caLocation = config.autorita;
    params.loadDefaultCAs = config.autorita.empty();
    params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
    context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(true);
    context->setInvalidCertificateHandler(new Poco::Net::RejectCertificateHandler(false));
    return context;
}

Poco::Net::StreamSocket connected(const ConfigSmtp& config)
{
    Poco::Net::StreamSocket socket;
    socket.connect(Poco::Net::SocketAddress(config.host, config.porta), timespan(config.attesaConnessione));
    // A message goes in several pieces: else its last one waits 40 ms for the receipt of those before.
    socket.setNoDelay(true);
    socket.setReceiveTimeout(timespan(config.attesaRisposta));
    socket.setSendTimeout(timespan(config.attesaRisposta));
    if (config.cifratura != Cifratura::Implicita)
        return socket;
    SecureStreamSocket secure = SecureStreamSocket::attach(socket, config.host, trustContext(config));
    secure.completeHandshake();
    return secure;
}

/// The session of Poco with STARTTLS under the certificate's name: Poco's own forgets it for a given socket.
class Sessione : public Poco::Net::SMTPClientSession
{
public:
    explicit Sessione(const ConfigSmtp& config) : SMTPClientSession(connected(config)), config_(config) {}

    void greet()
    {
        SMTPClientSession::login(config_.nomeLocale);
        if (config_.cifratura == Cifratura::StartTls) {
            startTls();
            SMTPClientSession::login(config_.nomeLocale);
        }
        if (!config_.utente.empty())
            SMTPClientSession::login(config_.nomeLocale, AUTH_PLAIN, config_.utente, config_.password);
    }

    int line() { return socket().impl()->sockfd(); }

    void expect(const std::string& command, int statusClass)
    {
        std::string response;
        const int status = sendCommand(command, response);
        if (status / 100 != statusClass)
            throw Poco::Net::SMTPException(response, status);
    }

private:
    void startTls()
    {
        std::string response;
        if (!isPositiveCompletion(sendCommand("STARTTLS", response)))
            throw PostaNonInviata(CausaPosta::Configurazione, "Il server di posta non offre la cifratura STARTTLS.");
        SecureStreamSocket secure = SecureStreamSocket::attach(socket(), config_.host, trustContext(config_));
        secure.completeHandshake();
        socket() = secure;
        setTimeout(timespan(config_.attesaRisposta));
    }

    const ConfigSmtp& config_;
};

// Who we are, for whom, the text itself: a refusal is the fault of the settings, of the message, and of nobody known.
enum class Fase { Saluto, Busta, Risposta };

/// What goes into logs names nobody: "<mario@esempio.it>: unknown" becomes "<...>: unknown".
std::string withoutAddresses(const std::string& text)
{
    std::istringstream words(text);
    std::string clean;
    for (std::string word; words >> word;)
        clean += (clean.empty() ? "" : " ") + (word.find('@') == std::string::npos ? word : "<...>");
    return clean;
}

std::string answerOf(const Poco::Exception& error)
{
    return withoutAddresses(error.code() != 0 ? error.message() : error.displayText());
}

/// Whether a refusal of the envelope is about this mailbox (RFC 3463: 5.1.x, 5.2.x; without such a code RFC 5321's 550,
/// 551, 552, 553). Any other says that this server does not relay for us: the settings can be mended, and the mail
/// sent.
bool isAboutMailbox(const Poco::Net::SMTPException& error)
{
    const std::string& text = error.message();
    const auto enhanced = text.find(" 5.");
    if (enhanced != std::string::npos && enhanced <= 4)
        return text.compare(enhanced, 5, " 5.1.") == 0 || text.compare(enhanced, 5, " 5.2.") == 0;
    return error.code() >= 550 && error.code() <= 553;
}

PostaNonInviata failureOf(const Poco::Exception& error, Fase fase)
{
    if (fase == Fase::Risposta)
        return {CausaPosta::Incerta, "Il server di posta non ha confermato di aver preso la mail: " + answerOf(error)};
    return {CausaPosta::Transitoria, "Il server di posta non è raggiungibile o non risponde: " + answerOf(error)};
}

PostaNonInviata failureOf(const Poco::Net::SMTPException& error, Fase fase)
{
    // A line that breaks gives Poco an answer without a code.
    if (error.code() == 0)
        return failureOf(static_cast<const Poco::Exception&>(error), fase);
    const std::string text = "Il server di posta ha risposto: " + answerOf(error);
    if (error.code() / 100 == 4)
        return {CausaPosta::Transitoria, text};
    const bool ours = fase == Fase::Saluto || (fase == Fase::Busta && !isAboutMailbox(error));
    return {ours ? CausaPosta::Configurazione : CausaPosta::Dati, text};
}

void hand(Sessione& session, const Mail& mail, const std::string& message, Fase& fase)
{
    fase = Fase::Saluto;
    session.greet();
    session.expect("MAIL FROM:<" + mail.da.indirizzo + ">", 2);
    fase = Fase::Busta;
    session.expect("RCPT TO:<" + mail.a.indirizzo + ">", 2);
    session.expect("DATA", 3);
    fase = Fase::Risposta;
    std::istringstream stream(message);
    session.sendMessage(stream);
}

// The message is taken by now: how the farewell goes changes nothing.
void leave(Sessione& session)
{
    try {
        session.close();
    } catch (const Poco::Exception&) {
    }
}

}

Smtp::Smtp(ConfigSmtp config, Clock now) : config_(std::move(config)), now_(std::move(now)) {}

void Smtp::send(const Mail& mail)
{
    const std::string message = mimeMessage(mail, now_());
    Fase fase = Fase::Saluto;
    try {
        Sessione session(config_);
        const Termine termine(session.line(), config_.attesaTotale);
        hand(session, mail, message, fase);
        leave(session);
    } catch (const Poco::Net::SMTPException& error) {
        throw failureOf(error, fase);
    } catch (const Poco::Net::SSLException& error) {
        throw PostaNonInviata(CausaPosta::Configurazione,
                              "La connessione cifrata al server di posta non è riuscita: " + answerOf(error));
    } catch (const Poco::Exception& error) {
        throw failureOf(error, fase);
    }
}

}
