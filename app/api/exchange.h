#pragma once

#include "app/api/reply.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <memory>

class QNetworkReply;
class QSaveFile;

namespace sdc::app {

/// How far a transfer is; total is -1 while unknown.
struct Progress
{
    qint64 done = 0;
    qint64 total = -1;
};

using OnProgress = std::function<void(const Progress&)>;

/// One request on its way: gathers the answer within bounds, in memory or into a file, and tells it once.
class Exchange : public QObject
{
    Q_OBJECT

public:
    /// Takes the reply over; both vanish after finished().
    explicit Exchange(QNetworkReply* reply);
    ~Exchange() override;

    /// The body of a good answer goes to this file, which appears only when whole.
    void saveTo(const QString& path);
    void cancel();
    /// Whether all of the request has left: from then on the server may have acted upon it, answer or not.
    bool isSent() const { return sent_; }

signals:
    void progressed(const sdc::app::Progress& progress);
    /// The body, empty when it went to a file.
    void finished(const sdc::app::Reply<QByteArray>& answer);

private:
    void read();
    void store(const QByteArray& bytes);
    void stop(Error error);
    void finish();
    Reply<QByteArray> outcome();
    bool isGood() const;

    QNetworkReply* reply_;
    std::unique_ptr<QSaveFile> file_;
    QByteArray body_;
    QStringList faults_;
    std::optional<Error> stopped_;
    qint64 stored_ = 0;
    bool sent_ = false;
};

/// A request that its maker may give up.
using Call = QPointer<Exchange>;

}
