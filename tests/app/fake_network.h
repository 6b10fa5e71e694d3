#pragma once

#include <QBuffer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

#include <functional>
#include <utility>

namespace sdc::app {

/// What the program sent, as it would have gone out.
struct SentRequest
{
    QByteArray method;
    QUrl url;
    QNetworkRequest request;
    QByteArray body;
};

/// What the pretended server says.
struct FakeAnswer
{
    int status = 200;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    bool never = false;
};

class FakeReply : public QNetworkReply
{
public:
    FakeReply(const QNetworkRequest& request, FakeAnswer answer, QObject* parent)
        : QNetworkReply(parent),
          answer_(std::move(answer))
    {
        setRequest(request);
        setUrl(request.url());
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        if (!answer_.never)
            QTimer::singleShot(0, this, [this] { deliver(); });
    }

    /// More bytes of an answer that goes on.
    void push(const QByteArray& bytes)
    {
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, answer_.status);
        answer_.body += bytes;
        emit readyRead();
    }

    /// The answer of a server that was silent so far.
    void answer(FakeAnswer answer)
    {
        answer_ = std::move(answer);
        deliver();
    }

    void finishWith(NetworkError error)
    {
        if (isFinished())
            return;
        setError(error, QStringLiteral("fake"));
        setFinished(true);
        emit finished();
    }

    void abort() override { finishWith(OperationCanceledError); }

    qint64 bytesAvailable() const override { return answer_.body.size() - read_ + QNetworkReply::bytesAvailable(); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        const qint64 count = qMin(size, answer_.body.size() - read_);
        memcpy(data, answer_.body.constData() + read_, static_cast<std::size_t>(count));
        read_ += count;
        return count;
    }

private:
    void deliver()
    {
        if (isFinished())
            return;
        if (answer_.status > 0)
            setAttribute(QNetworkRequest::HttpStatusCodeAttribute, answer_.status);
        for (const auto& [name, value] : answer_.headers)
            setRawHeader(name, value);
        if (!answer_.body.isEmpty())
            emit readyRead();
        finishWith(answer_.status >= 400 ? ProtocolInvalidOperationError : answer_.error);
    }

    FakeAnswer answer_;
    qint64 read_ = 0;
};

/// A network whose other side is a function of the test.
class FakeNetwork : public QNetworkAccessManager
{
public:
    using Server = std::function<FakeAnswer(const SentRequest&)>;

    explicit FakeNetwork(Server server) : server_(std::move(server)) {}

    QList<SentRequest> sent;
    QList<QPointer<FakeReply>> replies;

    void setServer(Server server) { server_ = std::move(server); }

    /// The requests whose path ends so.
    QList<SentRequest> to(const QByteArray& method, const QString& pathEnd) const
    {
        QList<SentRequest> found;
        for (const SentRequest& request : sent) {
            if (request.method == method && request.url.path().endsWith(pathEnd))
                found.append(request);
        }
        return found;
    }

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request, QIODevice* data) override
    {
        SentRequest seen;
        seen.method = operation == GetOperation    ? "GET"
                      : operation == PostOperation ? "POST"
                      : operation == PutOperation  ? "PUT"
                                                   : "DELETE";
        seen.url = request.url();
        seen.request = request;
        if (data)
            seen.body = data->readAll();
        sent.append(seen);
        auto* const reply = new FakeReply(request, server_(seen), this);
        replies.append(reply);
        return reply;
    }

private:
    Server server_;
};

}
