#include "app/api/client.h"

#include "app/api/failure.h"
#include "app/text.h"
#include "core/api/paths.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QFileInfo>
#include <QHttpMultiPart>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrlQuery>

#include <chrono>

namespace sdc::app {
namespace {

constexpr std::chrono::milliseconds kPatience = std::chrono::seconds(30);
constexpr int kDeepest = 16;

nlohmann::json parse(const QByteArray& body)
{
    const auto shallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        if (depth > kDeepest)
            throw std::length_error("too deep");
        return true;
    };
    return nlohmann::json::parse(body.begin(), body.end(), shallow);
}

template <class T>
Reply<T> valueOf(const QByteArray& body)
{
    if constexpr (std::is_same_v<T, Nothing>) {
        return Nothing{};
    } else {
        try {
            return parse(body).get<T>();
        } catch (const std::exception&) {
            // The boundary: what a server wrote must not throw through the event loop.
            return unreadableAnswer();
        }
    }
}

template <class T>
QByteArray jsonOf(const T& value)
{
    return QByteArray::fromStdString(nlohmann::json(value).dump());
}

QHttpPart textPart(const QString& name, const QString& value)
{
    QHttpPart part;
    part.setHeader(QNetworkRequest::ContentDispositionHeader, u"form-data; name=\"%1\""_s.arg(name));
    part.setHeader(QNetworkRequest::ContentTypeHeader, u"text/plain; charset=utf-8"_s);
    part.setBody(value.toUtf8());
    return part;
}

/// Quotes and line ends are percent-encoded, as the HTML standard has multipart names.
QByteArray quotedName(const QString& name)
{
    QByteArray bytes = name.toUtf8();
    return bytes.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
}

QHttpPart filePart(QFile* file)
{
    QHttpPart part;
    part.setRawHeader("Content-Disposition",
                      "form-data; name=\"file\"; filename=\"" + quotedName(QFileInfo(*file).fileName()) + '"');
    part.setHeader(QNetworkRequest::ContentTypeHeader, u"application/octet-stream"_s);
    part.setBodyDevice(file);
    return part;
}

}

Client::Client(QNetworkAccessManager& network, QObject* parent) : QObject(parent), network_(network) {}

QNetworkRequest Client::request(const std::string& path) const
{
    QNetworkRequest request(address_.base().resolved(QUrl(toQt(path))));
    request.setRawHeader("Accept", "application/json, application/problem+json");
    if (!token_.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token_.toUtf8());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setTransferTimeout(static_cast<int>(kPatience.count()));
    // A redirect must not carry the token, or the password, to somebody else.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    return request;
}

QNetworkRequest Client::confirmed(const std::string& path) const
{
    QNetworkRequest asked = request(path);
    if (!conferma_.isEmpty())
        asked.setRawHeader(api::kConfermaHeader, conferma_);
    return asked;
}

void Client::setToken(const QString& token)
{
    token_ = token;
    conferma_.clear();
}

Call Client::start(QNetworkReply* reply)
{
    auto* const exchange = new Exchange(reply);
    exchange->setParent(this);
    connect(exchange, &Exchange::finished, this,
            [this, token = token_](const Reply<QByteArray>& answer) { watch(answer, token); });
    return exchange;
}

void Client::watch(const Reply<QByteArray>& answer, const QString& token)
{
    const bool online = answer.ok() || answer.error().kind != Failure::Offline;
    const bool unknown =
        !answer.ok() && (answer.error().kind == Failure::Cancelled || answer.error().kind == Failure::Local);
    if (!unknown && online != online_) {
        online_ = online;
        emit lineChanged(online);
    }
    // A late answer to a session that ended before says nothing about the one of now.
    const bool ofNow = !token.isEmpty() && token == token_;
    if (ofNow && !answer.ok() && answer.error().kind == Failure::Expired)
        emit sessionExpired();
}

template <class T>
Call Client::expect(QNetworkReply* reply, QObject* receiver, Then<T> then)
{
    Call call = start(reply);
    connect(call, &Exchange::finished, receiver, [then = std::move(then)](const Reply<QByteArray>& answer) {
        then(answer.ok() ? valueOf<T>(answer.value()) : Reply<T>(answer.error()));
    });
    return call;
}

Call Client::login(const api::Credenziali& credenziali, QObject* receiver, Then<api::Accesso> then)
{
    setToken({});
    const QByteArray body = QByteArray::fromStdString(nlohmann::json(credenziali).dump());
    return expect<api::Accesso>(network_.post(request(api::kAccesso), body), receiver, std::move(then));
}

Call Client::checkAccesso(QObject* receiver, Then<api::Accesso> then)
{
    return expect<api::Accesso>(network_.get(request(api::kAccesso)), receiver, std::move(then));
}

Call Client::logout(QObject* receiver, Then<Nothing> then)
{
    QNetworkReply* const reply = network_.deleteResource(request(api::kAccesso));
    setToken({});
    // The session is left on purpose: a server that no longer knows it is no news.
    auto* const exchange = new Exchange(reply);
    exchange->setParent(this);
    connect(exchange, &Exchange::finished, receiver, [then = std::move(then)](const Reply<QByteArray>& answer) {
        then(answer.ok() ? Reply<Nothing>(Nothing{}) : Reply<Nothing>(answer.error()));
    });
    return exchange;
}

Call Client::mioAccesso(QObject* receiver, Then<api::MioAccesso> then)
{
    return expect<api::MioAccesso>(network_.get(request(api::kMioAccesso)), receiver, std::move(then));
}

Call Client::changePassword(const api::ConfermaAccesso& conferma, QObject* receiver, Then<Nothing> then)
{
    return expect<Nothing>(network_.put(request(api::kPassword), jsonOf(conferma)), receiver, std::move(then));
}

Call Client::endOtherSessions(QObject* receiver, Then<Nothing> then)
{
    return expect<Nothing>(network_.deleteResource(request(api::kAltreSessioni)), receiver, std::move(then));
}

Call Client::beginSecondoFattore(const api::ConfermaAccesso& conferma, QObject* receiver, Then<api::NuovoFattore> then)
{
    QNetworkReply* const reply = network_.post(request(api::kSecondoFattore), jsonOf(conferma));
    return expect<api::NuovoFattore>(reply, receiver, std::move(then));
}

Call Client::confirmSecondoFattore(const api::ConfermaAccesso& conferma, QObject* receiver,
                                   Then<api::CodiciRecupero> then)
{
    QNetworkReply* const reply = network_.post(request(api::kSecondoFattoreConferma), jsonOf(conferma));
    return expect<api::CodiciRecupero>(reply, receiver, std::move(then));
}

Call Client::dropSecondoFattore(const api::ConfermaAccesso& conferma, QObject* receiver, Then<Nothing> then)
{
    QNetworkReply* const reply = network_.post(request(api::kSecondoFattoreFine), jsonOf(conferma));
    return expect<Nothing>(reply, receiver, std::move(then));
}

Call Client::confirmIdentita(const api::ConfermaAccesso& conferma, QObject* receiver, Then<Nothing> then)
{
    const auto keep = [this, token = token_, then = std::move(then)](const Reply<api::ChiaveConferma>& reply) {
        if (reply.ok() && token == token_)
            conferma_ = QByteArray::fromStdString(reply.value().chiave);
        then(reply.ok() ? Reply<Nothing>(Nothing{}) : Reply<Nothing>(reply.error()));
    };
    return expect<api::ChiaveConferma>(network_.post(request(api::kConferma), jsonOf(conferma)), receiver, keep);
}

Call Client::operatori(QObject* receiver, Then<api::ElencoOperatori> then)
{
    return expect<api::ElencoOperatori>(network_.get(request(api::kOperatori)), receiver, std::move(then));
}

Call Client::addOperatore(const api::ContoOperatore& conto, QObject* receiver, Then<api::ContoOperatore> then)
{
    QNetworkReply* const reply = network_.post(confirmed(api::kOperatori), jsonOf(conto));
    return expect<api::ContoOperatore>(reply, receiver, std::move(then));
}

Call Client::changeOperatore(const api::ContoOperatore& conto, QObject* receiver, Then<api::ContoOperatore> then)
{
    QNetworkReply* const reply = network_.put(confirmed(api::operatorePath(conto.id)), jsonOf(conto));
    return expect<api::ContoOperatore>(reply, receiver, std::move(then));
}

Call Client::actOnOperatore(const Id<sdc::Operatore>& id, AttoOperatore atto, QObject* receiver, Then<Nothing> then)
{
    const std::string path = api::operatorePath(id);
    const auto post = [&](const char* what) { return network_.post(confirmed(path + what), QByteArray("{}")); };
    QNetworkReply* const reply = atto == AttoOperatore::Disabilita  ? post("/disabilitazione")
                                 : atto == AttoOperatore::Riabilita ? post("/riabilitazione")
                                 : atto == AttoOperatore::Invito
                                     ? post("/invito")
                                     : network_.deleteResource(confirmed(path + "/secondo-fattore"));
    return expect<Nothing>(reply, receiver, std::move(then));
}

Call Client::pratiche(const ListQuery& query, QObject* receiver, Then<api::ElencoPratiche> then)
{
    QUrlQuery words;
    words.addQueryItem(u"elenco"_s, query.elenco);
    if (!query.cerca.isEmpty())
        words.addQueryItem(u"cerca"_s, QString::fromLatin1(QUrl::toPercentEncoding(query.cerca)));
    words.addQueryItem(u"ordina"_s, query.ordina);
    if (!query.dopo.isEmpty())
        words.addQueryItem(u"dopo"_s, QString::fromLatin1(QUrl::toPercentEncoding(query.dopo)));
    else if (query.da > 0)
        words.addQueryItem(u"da"_s, QString::number(query.da));
    words.addQueryItem(u"limite"_s, QString::number(query.limite));
    QNetworkRequest asked = request(api::kPratiche);
    QUrl url = asked.url();
    url.setQuery(words);
    asked.setUrl(url);
    return expect<api::ElencoPratiche>(network_.get(asked), receiver, std::move(then));
}

Call Client::pratica(const Id<Pratica>& id, QObject* receiver, Then<api::Dettaglio> then)
{
    return expect<api::Dettaglio>(network_.get(request(api::praticaPath(id))), receiver, std::move(then));
}

Call Client::takeCharge(const Id<Pratica>& id, QObject* receiver, Then<api::Dettaglio> then)
{
    QNetworkReply* const reply = network_.post(request(api::presaInCaricoPath(id)), QByteArray("{}"));
    return expect<api::Dettaglio>(reply, receiver, std::move(then));
}

Call Client::release(const Id<Pratica>& id, QObject* receiver, Then<api::Dettaglio> then)
{
    QNetworkReply* const reply = network_.post(request(api::rilascioPath(id)), QByteArray("{}"));
    return expect<api::Dettaglio>(reply, receiver, std::move(then));
}

QHttpMultiPart* Client::parts(const Decision& decision, QObject* owner) const
{
    auto* const multi = new QHttpMultiPart(QHttpMultiPart::FormDataType, owner);
    multi->append(textPart(u"chiave"_s, decision.chiave));
    multi->append(textPart(u"versione"_s, QString::number(decision.versione)));
    multi->append(textPart(u"esito"_s, decision.approva ? u"approva"_s : u"rigetta"_s));
    multi->append(textPart(u"motivazione"_s, decision.motivazione));
    if (decision.file.isEmpty())
        return multi;
    // The file is read from disk as it goes out: memory does not grow with it.
    auto* const file = new QFile(decision.file, multi);
    if (!file->open(QIODevice::ReadOnly)) {
        delete multi;
        return nullptr;
    }
    multi->append(filePart(file));
    return multi;
}

Call Client::decide(const Decision& decision, QObject* receiver, Then<api::Dettaglio> then)
{
    QHttpMultiPart* const multi = parts(decision, nullptr);
    if (!multi) {
        const Error error{Failure::Local, tr("Il file %1 non si può leggere.").arg(decision.file), {}, 0};
        QMetaObject::invokeMethod(
            receiver, [then = std::move(then), error] { then(error); }, Qt::QueuedConnection);
        return {};
    }
    QNetworkRequest asked = request(api::esitoPath(decision.pratica));
    asked.setHeader(QNetworkRequest::ContentTypeHeader, QVariant());
    QNetworkReply* const reply = network_.post(asked, multi);
    multi->setParent(reply);
    return expect<api::Dettaglio>(reply, receiver, std::move(then));
}

Call Client::keepBozzaEsito(const Id<Pratica>& id, const api::BozzaEsito& bozza, QObject* receiver,
                            Then<api::BozzaEsito> then)
{
    const QByteArray body = QByteArray::fromStdString(nlohmann::json(bozza).dump());
    return expect<api::BozzaEsito>(network_.put(request(api::bozzaEsitoPath(id)), body), receiver, std::move(then));
}

Call Client::dropBozzaEsito(const Id<Pratica>& id, QObject* receiver, Then<Nothing> then)
{
    return expect<Nothing>(network_.deleteResource(request(api::bozzaEsitoPath(id))), receiver, std::move(then));
}

Call Client::protocollo(QObject* receiver, Then<api::ConfigurazioneProtocollo> then)
{
    return expect<api::ConfigurazioneProtocollo>(network_.get(request(api::kProtocollo)), receiver, std::move(then));
}

Call Client::metriche(QObject* receiver, Then<api::Metriche> then)
{
    return expect<api::Metriche>(network_.get(request(api::kMetriche)), receiver, std::move(then));
}

Call Client::download(const std::string& path, const QString& file, QObject* receiver, Then<Nothing> then)
{
    QNetworkRequest asked = request(path);
    asked.setRawHeader("Accept", "*/*");
    Call call = expect<Nothing>(network_.get(asked), receiver, std::move(then));
    call->saveTo(file);
    return call;
}

QNetworkReply* Client::events(qint64 from)
{
    QNetworkRequest asked = request(api::kEventi);
    QUrl url = asked.url();
    url.setQuery(u"da=%1"_s.arg(from));
    asked.setUrl(url);
    asked.setRawHeader("Accept", "text/event-stream");
    asked.setTransferTimeout(0);
    return network_.get(asked);
}

}
