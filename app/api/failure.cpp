#include "app/api/failure.h"

#include "app/text.h"
#include "core/api/errore_json.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QNetworkReply>

namespace sdc::app {
namespace {

struct FailureWords
{
    Q_DECLARE_TR_FUNCTIONS(Failure)
};

Failure kindOf(int status)
{
    switch (status) {
    case 401:
        return Failure::Expired;
    case 409:
        return Failure::Conflict;
    case 413:
    case 422:
        return Failure::Invalid;
    default:
        return Failure::Refused;
    }
}

/// For servers, or proxies before them, that say no without a sentence.
QString sentenceFor(int status)
{
    if (status == 401)
        return FailureWords::tr("La sessione è scaduta: occorre entrare di nuovo.");
    if (status == 403)
        return FailureWords::tr("Non si è abilitati a questa operazione.");
    if (status == 404)
        return FailureWords::tr(
            "Il server non conosce ciò che è stato chiesto: controllare indirizzo del server ed ente.");
    if (status == 413)
        return FailureWords::tr("Il file è troppo grande per il server.");
    if (status == 429)
        return FailureWords::tr("Troppe richieste in poco tempo: attendere qualche minuto e riprovare.");
    if (status >= 500)
        return FailureWords::tr(
            "Il server ha avuto un problema. Riprovare tra poco; se continua, avvisare l'assistenza.");
    return FailureWords::tr(
        "Il server ha rifiutato la richiesta senza dire perché. Se continua, avvisare l'assistenza.");
}

QString waitSentence(const QNetworkReply& reply)
{
    bool isNumber = false;
    const int seconds = reply.rawHeader("Retry-After").toInt(&isNumber);
    if (!isNumber || seconds <= 0 || seconds > 86400)
        return {};
    if (seconds < 60)
        return FailureWords::tr("Si può riprovare tra %1 secondi.").arg(seconds);
    return FailureWords::tr("Si può riprovare tra %1 minuti.").arg((seconds + 59) / 60);
}

QString limited(const std::string& text)
{
    return toQt(text).left(2000);
}

std::optional<api::Problema> problemIn(const QByteArray& body)
{
    const auto json = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    try {
        return json.get<api::Problema>();
    } catch (const std::exception&) {
        // A proxy's own JSON: the sentence for the status serves.
        return std::nullopt;
    }
}

Error refusal(const QNetworkReply& reply, int status, const QByteArray& body)
{
    Error error{kindOf(status), sentenceFor(status), {}, status};
    if (const auto problem = problemIn(body); problem && !problem->detail.empty()) {
        error.sentence = limited(problem->detail);
        error.serveCodice = problem->serveCodice;
        error.serveConferma = problem->serveConferma;
        for (const FieldError& field : problem->errori)
            error.fields.append({toQt(field.field), limited(field.message)});
    }
    if (const QString wait = waitSentence(reply); status == 429 && !wait.isEmpty())
        error.sentence += u' ' + wait;
    return error;
}

Error insecure(const QNetworkReply& reply, const QStringList& faults)
{
    const QString why = faults.isEmpty() ? FailureWords::tr("il suo certificato non è valido") : faults.join("; "_L1);
    return {
        Failure::Insecure,
        FailureWords::tr("Il collegamento con %1 non è sicuro (%2). Per prudenza non è stato inviato nulla: avvisare "
                         "l'assistenza.")
            .arg(reply.url().host(), why),
        {},
        0};
}

Error offline(const QNetworkReply& reply)
{
    const QString host = reply.url().host();
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return {Failure::Offline,
                FailureWords::tr("Il server %1 non si trova: controllare l'indirizzo e il collegamento alla rete.")
                    .arg(host),
                {},
                0};
    case QNetworkReply::ConnectionRefusedError:
        return {Failure::Offline, FailureWords::tr("Il server %1 in questo momento non risponde.").arg(host), {}, 0};
    default:
        return {Failure::Offline, FailureWords::tr("Il collegamento con %1 si è interrotto.").arg(host), {}, 0};
    }
}

}

Error errorFrom(const QNetworkReply& reply, const QByteArray& body, const QStringList& faults)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300 && status < 400)
        return {Failure::Unreadable,
                FailureWords::tr(
                    "Il server rimanda a un altro indirizzo, che non è stato seguito: controllare l'indirizzo del "
                    "server."),
                {},
                status};
    if (status >= 400)
        return refusal(reply, status, body);
    if (reply.error() == QNetworkReply::SslHandshakeFailedError)
        return insecure(reply, faults);
    if (status >= 200 && reply.error() == QNetworkReply::NoError)
        return unreadableAnswer();
    return offline(reply);
}

Error unreadableAnswer()
{
    return {
        Failure::Unreadable,
        FailureWords::tr("La risposta del server non è comprensibile: forse l'indirizzo non è quello della Stanza del "
                         "cittadino, o il programma è da aggiornare."),
        {},
        0};
}

Error oversizedAnswer()
{
    return {Failure::Unreadable,
            FailureWords::tr("La risposta del server è troppo grande e non è stata letta: avvisare l'assistenza."),
            {},
            0};
}

}
