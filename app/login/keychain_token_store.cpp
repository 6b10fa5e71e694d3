#include "app/login/keychain_token_store.h"

#include "app/text.h"

#include <qt6keychain/keychain.h>

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>

namespace sdc::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 5s;

QString serviceName()
{
    return u"it.stanzadelcittadino.operatori"_s;
}

}

void KeychainTokenStore::run(QKeychain::Job* job, QObject* receiver, std::function<void(bool)> then)
{
    // A locked keychain may ask its owner and never answer: after the timer nobody waits for it any more.
    auto* const timer = new QTimer(receiver);
    const auto tell = [timer, then = std::move(then)](bool ok) {
        timer->stop();
        timer->deleteLater();
        then(ok);
    };
    const QPointer<QTimer> waiting(timer);
    connect(job, &QKeychain::Job::finished, receiver, [tell, waiting](QKeychain::Job* done) {
        if (waiting && waiting->isActive())
            tell(done->error() == QKeychain::NoError);
    });
    connect(timer, &QTimer::timeout, receiver, [tell] { tell(false); });
    timer->setSingleShot(true);
    timer->start(kPatience);
    job->setInsecureFallback(false);
    job->start();
}

void KeychainTokenStore::save(const QString& key, const QString& token, QObject* receiver, Saved then)
{
    auto* const job = new QKeychain::WritePasswordJob(serviceName(), this);
    job->setKey(key);
    job->setTextData(token);
    run(job, receiver, std::move(then));
}

void KeychainTokenStore::load(const QString& key, QObject* receiver, Loaded then)
{
    auto* const job = new QKeychain::ReadPasswordJob(serviceName(), this);
    job->setKey(key);
    const QPointer<QKeychain::ReadPasswordJob> alive(job);
    run(job, receiver, [alive, then = std::move(then)](bool ok) {
        const bool none = !ok && alive && alive->error() == QKeychain::EntryNotFound;
        then(ok && alive ? std::optional<QString>(alive->textData()) : none ? std::optional(QString()) : std::nullopt);
    });
}

void KeychainTokenStore::erase(const QString& key)
{
    auto* const job = new QKeychain::DeletePasswordJob(serviceName(), this);
    job->setKey(key);
    job->start();
}

}
