#include "app/api/exchange.h"

#include "app/api/failure.h"
#include "app/text.h"

#include <QNetworkReply>
#include <QSaveFile>
#include <QSslError>

namespace sdc::app {
namespace {

constexpr qint64 kLargestBody = 8LL * 1024 * 1024;
constexpr qint64 kLargestDownload = 512LL * 1024 * 1024;

}

Exchange::Exchange(QNetworkReply* reply) : reply_(reply)
{
    reply_->setParent(this);
    connect(reply_, &QNetworkReply::readyRead, this, &Exchange::read);
    connect(reply_, &QNetworkReply::finished, this, &Exchange::finish);
    connect(reply_, &QNetworkReply::uploadProgress, this, [this](qint64 done, qint64 total) {
        if (total <= 0)
            return;
        sent_ = sent_ || done >= total;
        emit progressed({done, total});
    });
    connect(reply_, &QNetworkReply::downloadProgress, this, [this](qint64 done, qint64 total) {
        if (file_)
            emit progressed({done, total});
    });
    connect(reply_, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        for (const QSslError& error : errors)
            faults_.append(error.errorString());
    });
}

Exchange::~Exchange() = default;

void Exchange::saveTo(const QString& path)
{
    file_ = std::make_unique<QSaveFile>(path);
    if (!file_->open(QIODevice::WriteOnly))
        stop({Failure::Local, tr("Non si può scrivere il file %1: %2").arg(path, file_->errorString()), {}, 0});
}

void Exchange::cancel()
{
    stop({Failure::Cancelled, tr("Operazione annullata."), {}, 0});
}

bool Exchange::isGood() const
{
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return status >= 200 && status < 300;
}

void Exchange::read()
{
    const QByteArray bytes = reply_->readAll();
    if (stopped_)
        return;
    if (file_ && isGood())
        store(bytes);
    else if (body_.size() + bytes.size() > kLargestBody)
        stop(oversizedAnswer());
    else
        body_ += bytes;
}

void Exchange::store(const QByteArray& bytes)
{
    stored_ += bytes.size();
    if (stored_ > kLargestDownload)
        stop(oversizedAnswer());
    else if (file_->write(bytes) != bytes.size())
        stop({Failure::Local,
              tr("Non si può scrivere il file %1: %2").arg(file_->fileName(), file_->errorString()),
              {},
              0});
}

void Exchange::stop(Error error)
{
    if (stopped_)
        return;
    stopped_ = std::move(error);
    // Queued, so that whoever asked has had the time to listen.
    QMetaObject::invokeMethod(reply_, &QNetworkReply::abort, Qt::QueuedConnection);
}

void Exchange::finish()
{
    if (!stopped_)
        read();
    emit finished(outcome());
    deleteLater();
}

Reply<QByteArray> Exchange::outcome()
{
    if (stopped_)
        return *stopped_;
    if (!isGood() || reply_->error() != QNetworkReply::NoError)
        return errorFrom(*reply_, body_, faults_);
    if (!file_)
        return body_;
    if (!file_->commit())
        return Error{Failure::Local,
                     tr("Non si può scrivere il file %1: %2").arg(file_->fileName(), file_->errorString()),
                     {},
                     0};
    return QByteArray();
}

}
