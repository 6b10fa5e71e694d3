#include "app/api/event_stream.h"

#include "app/api/client.h"
#include "app/text.h"

#include <nlohmann/json.hpp>

#include <QNetworkReply>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace sdc::app {
namespace {

using namespace std::chrono_literals;

// The server's heart beats every 15 seconds: three missed beats mean a dead line.
constexpr auto kSilence = 45s;
constexpr int kLongestLine = 64 * 1024;

std::chrono::milliseconds waitAfter(int failures)
{
    const auto wait = std::min<std::chrono::milliseconds>(1000ms * (1 << std::min(failures, 6)), 60s);
    // Spread, so that all the desks of a comune do not come back in the same second.
    return wait + std::chrono::milliseconds(QRandomGenerator::global()->bounded(500));
}

nlohmann::json objectIn(const QByteArray& data)
{
    auto json = nlohmann::json::parse(data.begin(), data.end(), nullptr, false);
    return json.is_object() ? json : nlohmann::json::object();
}

QString praticaIn(const nlohmann::json& json)
{
    if (!json.contains("pratica") || !json["pratica"].is_string())
        return {};
    return toQt(json["pratica"].get<std::string>());
}

bool saysReload(const nlohmann::json& json)
{
    return json.contains("ricarica") && json["ricarica"].is_boolean() && json["ricarica"].get<bool>();
}

}

EventStream::EventStream(Client& client, QObject* parent) : QObject(parent), client_(client)
{
    silence_.setSingleShot(true);
    retry_.setSingleShot(true);
    connect(&silence_, &QTimer::timeout, this, &EventStream::retryLater);
    connect(&retry_, &QTimer::timeout, this, &EventStream::open);
}

void EventStream::listenFrom(qint64 change)
{
    if (wanted_)
        return;
    wanted_ = true;
    last_ = change;
    failures_ = 0;
    open();
}

void EventStream::stop()
{
    wanted_ = false;
    retry_.stop();
    close();
}

void EventStream::open()
{
    close();
    id_ = last_;
    reply_ = client_.events(last_);
    connect(reply_, &QNetworkReply::readyRead, this, &EventStream::read);
    connect(reply_, &QNetworkReply::finished, this, &EventStream::retryLater);
    silence_.start(kSilence);
}

void EventStream::close()
{
    silence_.stop();
    buffer_.clear();
    data_.clear();
    if (!reply_)
        return;
    reply_->disconnect(this);
    reply_->abort();
    reply_->deleteLater();
    reply_.clear();
}

void EventStream::retryLater()
{
    const int status = reply_ ? reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
    close();
    if (!wanted_)
        return;
    if (status == 401) {
        wanted_ = false;
        emit client_.sessionExpired();
        return;
    }
    emit missed();
    retry_.start(waitAfter(failures_++));
}

void EventStream::read()
{
    if (reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
        return;
    failures_ = 0;
    silence_.start(kSilence);
    buffer_ += reply_->readAll();
    for (qsizetype end = buffer_.indexOf('\n'); end >= 0; end = buffer_.indexOf('\n')) {
        takeLine(buffer_.left(end));
        buffer_.remove(0, end + 1);
        if (!reply_)
            return;
    }
    if (buffer_.size() > kLongestLine)
        retryLater();
}

void EventStream::takeLine(QByteArray line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        dispatch();
    else if (line.startsWith("id:"))
        id_ = line.mid(3).trimmed().toLongLong();
    else if (line.startsWith("data:") && data_.size() < kLongestLine)
        data_ += line.mid(5).trimmed();
}

void EventStream::dispatch()
{
    const auto json = objectIn(data_);
    const QString pratica = praticaIn(json);
    data_.clear();
    // A server whose data were restored has smaller numbers than it had.
    last_ = saysReload(json) ? id_ : std::max(last_, id_);
    if (saysReload(json))
        emit outdated();
    else if (!pratica.isEmpty())
        emit changed(pratica);
}

}
