#pragma once

#include "app/api/address.h"
#include "app/api/exchange.h"
#include "app/api/reply.h"
#include "core/api/accesso_json.h"
#include "core/api/ente_json.h"
#include "core/api/operatori_json.h"
#include "core/api/pratica_json.h"

#include <QNetworkRequest>
#include <QObject>

class QHttpMultiPart;
class QNetworkAccessManager;
class QNetworkReply;

namespace sdc::app {

/// What of which list is asked for. `dopo` goes on from a cursor, else `da` jumps to an offset.
struct ListQuery
{
    QString elenco = QStringLiteral("gestire");
    QString cerca;
    QString ordina = QStringLiteral("-data");
    qint64 da = 0;
    QString dopo;
    int limite = 100;
};

/// An outcome as the operator decided it; the key stays the same when it is sent again.
struct Decision
{
    Id<Pratica> pratica;
    qint64 versione = 0;
    QString chiave;
    bool approva = false;
    QString motivazione;
    QString file;
};

/// The operator API, one function per endpoint. `then` is called once, and only while the receiver lives.
class Client : public QObject
{
    Q_OBJECT

public:
    explicit Client(QNetworkAccessManager& network, QObject* parent = nullptr);

    void setAddress(const Address& address) { address_ = address; }
    const Address& address() const { return address_; }
    /// Of a session; what was confirmed in another one is forgotten.
    void setToken(const QString& token);
    bool hasToken() const { return !token_.isEmpty(); }

    Call login(const api::Credenziali& credenziali, QObject* receiver, Then<api::Accesso> then);
    Call checkAccesso(QObject* receiver, Then<api::Accesso> then);
    Call logout(QObject* receiver, Then<Nothing> then);
    // One's own access.
    Call mioAccesso(QObject* receiver, Then<api::MioAccesso> then);
    Call changePassword(const api::ConfermaAccesso& conferma, QObject* receiver, Then<Nothing> then);
    Call endOtherSessions(QObject* receiver, Then<Nothing> then);
    Call beginSecondoFattore(const api::ConfermaAccesso& conferma, QObject* receiver, Then<api::NuovoFattore> then);
    Call confirmSecondoFattore(const api::ConfermaAccesso& conferma, QObject* receiver, Then<api::CodiciRecupero> then);
    Call dropSecondoFattore(const api::ConfermaAccesso& conferma, QObject* receiver, Then<Nothing> then);
    /// Password and code once more, for what an administrator does with accounts: its key is kept here, and goes with
    /// each of these until the server wants another one (Error::serveConferma).
    Call confirmIdentita(const api::ConfermaAccesso& conferma, QObject* receiver, Then<Nothing> then);
    // The accounts, for administrators.
    enum class AttoOperatore { Disabilita, Riabilita, Invito, SecondoFattore };
    Call operatori(QObject* receiver, Then<api::ElencoOperatori> then);
    Call addOperatore(const api::ContoOperatore& conto, QObject* receiver, Then<api::ContoOperatore> then);
    Call changeOperatore(const api::ContoOperatore& conto, QObject* receiver, Then<api::ContoOperatore> then);
    Call actOnOperatore(const Id<sdc::Operatore>& id, AttoOperatore atto, QObject* receiver, Then<Nothing> then);
    Call pratiche(const ListQuery& query, QObject* receiver, Then<api::ElencoPratiche> then);
    Call pratica(const Id<Pratica>& id, QObject* receiver, Then<api::Dettaglio> then);
    Call takeCharge(const Id<Pratica>& id, QObject* receiver, Then<api::Dettaglio> then);
    Call release(const Id<Pratica>& id, QObject* receiver, Then<api::Dettaglio> then);
    Call decide(const Decision& decision, QObject* receiver, Then<api::Dettaglio> then);
    /// Keeps what is written of an outcome on the server; answers with the server's time.
    Call keepBozzaEsito(const Id<Pratica>& id, const api::BozzaEsito& bozza, QObject* receiver,
                        Then<api::BozzaEsito> then);
    Call dropBozzaEsito(const Id<Pratica>& id, QObject* receiver, Then<Nothing> then);
    Call protocollo(QObject* receiver, Then<api::ConfigurazioneProtocollo> then);
    Call metriche(QObject* receiver, Then<api::Metriche> then);
    /// Streams a document or an attachment (a path of core/api/paths.h) into a file.
    Call download(const std::string& path, const QString& file, QObject* receiver, Then<Nothing> then);
    /// The never-ending answer of `eventi`: the caller reads and ends it.
    QNetworkReply* events(qint64 from);

signals:
    /// The server no longer knows the token.
    void sessionExpired();
    void lineChanged(bool online);

private:
    QNetworkRequest request(const std::string& path) const;
    QNetworkRequest confirmed(const std::string& path) const;
    Call start(QNetworkReply* reply);
    void watch(const Reply<QByteArray>& answer, const QString& token);
    template <class T>
    Call expect(QNetworkReply* reply, QObject* receiver, Then<T> then);
    QHttpMultiPart* parts(const Decision& decision, QObject* owner) const;

    QNetworkAccessManager& network_;
    Address address_;
    QString token_;
    QByteArray conferma_;
    bool online_ = true;
};

}
