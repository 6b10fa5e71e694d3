#pragma once

#include "app/login/token_store.h"

namespace QKeychain {

class Job;

}

namespace sdc::app {

/// The system's keychain. Any fault of it means that nothing is remembered; there is no fallback on the disk.
class KeychainTokenStore : public QObject, public TokenStore
{
    Q_OBJECT

public:
    using QObject::QObject;

    void save(const QString& key, const QString& token, QObject* receiver, Saved then) override;
    void load(const QString& key, QObject* receiver, Loaded then) override;
    void erase(const QString& key) override;

private:
    void run(QKeychain::Job* job, QObject* receiver, std::function<void(bool ok)> then);
};

}
