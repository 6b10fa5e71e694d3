#pragma once

#include "app/login/token_store.h"

#include <QMap>
#include <QTimer>

namespace sdc::app {

/// A keychain of the test; `broken` behaves as a computer without one, `locked` as libsecret does with a locked keyring
/// whose owner opens it at the first writing.
class MemoryTokenStore : public TokenStore
{
public:
    QMap<QString, QString> tokens;
    bool broken = false;
    bool locked = false;

    void save(const QString& key, const QString& token, QObject* receiver, Saved then) override
    {
        locked = false;
        if (!broken)
            tokens[key] = token;
        QTimer::singleShot(0, receiver, [then, ok = !broken] { then(ok); });
    }

    void load(const QString& key, QObject* receiver, Loaded then) override
    {
        const auto found = broken ? std::nullopt : std::optional(locked ? QString() : tokens.value(key, QString()));
        QTimer::singleShot(0, receiver, [then, found] { then(found); });
    }

    void erase(const QString& key) override { tokens.remove(key); }
};

}
