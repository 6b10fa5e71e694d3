#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QNetworkReply;

namespace sdc::app {

class Client;

/// Listens to the server's changes of pratiche and comes back by itself after a lost line, waiting longer each time.
class EventStream : public QObject
{
    Q_OBJECT

public:
    explicit EventStream(Client& client, QObject* parent = nullptr);

    /// Begins after this change; a stream that already runs goes on from where it is.
    void listenFrom(qint64 change);
    void stop();
    bool isListening() const { return !reply_.isNull(); }

signals:
    void changed(const QString& pratica);
    /// Changes were missed that nobody remembers any more: whatever is shown may be old.
    void outdated();
    /// The server offers no events, or they are out of reach: ask from time to time instead.
    void missed();

private:
    void open();
    void read();
    void takeLine(QByteArray line);
    void dispatch();
    void close();
    void retryLater();

    Client& client_;
    QPointer<QNetworkReply> reply_;
    QTimer silence_;
    QTimer retry_;
    QByteArray buffer_;
    QByteArray data_;
    qint64 last_ = 0;
    qint64 id_ = 0;
    int failures_ = 0;
    bool wanted_ = false;
};

}
