#pragma once

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/StreamCopier.h>
#include <nlohmann/json.hpp>

#include <QProcess>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace sdc::prova {

inline std::uint16_t freePort()
{
    return Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0)).address().port();
}

struct RispostaWeb
{
    int status = 0;
    std::string type;
    std::string body;
};

/// A real stanza-prova on free ports, ended with this object.
class ProvaAvviata
{
public:
    /// With a port for it, the identity provider runs too.
    explicit ProvaAvviata(const QString& dati = {}, std::uint16_t portaIdp = 0) : web_(freePort()), smtp_(freePort())
    {
        QStringList arguments{QStringLiteral("--porta-web"), QString::number(web_), QStringLiteral("--porta-smtp"),
                              QString::number(smtp_)};
        if (!dati.isEmpty())
            arguments << QStringLiteral("--dati") << dati;
        if (portaIdp != 0)
            arguments << QStringLiteral("--porta-idp") << QString::number(portaIdp);
        process_.start(QStringLiteral(SDC_BIN_DIR "/stanza-prova"), arguments);
        if (!process_.waitForReadyRead(20000) || process_.readLine() != "pronto\n")
            throw std::runtime_error("stanza-prova does not start: " + process_.readAllStandardError().toStdString());
    }

    /// Ends it as a shell would; the exit code.
    int stop()
    {
        process_.terminate();
        process_.waitForFinished(5000);
        return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
    }

    ~ProvaAvviata()
    {
        if (process_.state() != QProcess::NotRunning)
            stop();
    }

    ProvaAvviata(const ProvaAvviata&) = delete;
    ProvaAvviata& operator=(const ProvaAvviata&) = delete;

    std::uint16_t portaSmtp() const { return smtp_; }

    RispostaWeb ask(const std::string& method, const std::string& path, const std::string& body = {}) const
    {
        Poco::Net::HTTPClientSession session("127.0.0.1", web_);
        Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
        session.sendRequest(request) << body;
        Poco::Net::HTTPResponse response;
        RispostaWeb result;
        Poco::StreamCopier::copyToString(session.receiveResponse(response), result.body);
        result.status = response.getStatus();
        result.type = response.getContentType();
        return result;
    }

    nlohmann::json mails() const { return nlohmann::json::parse(ask("GET", "/api/mail").body); }

    void setGuasto(const std::string& name) const
    {
        if (ask("POST", "/api/guasti", nlohmann::json{{"smtp", name}}.dump()).status != 200)
            throw std::runtime_error("guasto not accepted");
    }

private:
    std::uint16_t web_;
    std::uint16_t smtp_;
    QProcess process_;
};

}
