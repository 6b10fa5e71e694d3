#pragma once

#include "app/login/token_store.h"

#include <QMap>
#include <QTimer>

namespace sdc::app {

/// A keychain of the test; `broken` behaves as a computer without one.
class MemoryTokenStore : public TokenStore
{
public:
    QMap<QString, QString> tokens;
    bool broken = false;

    void save(const QString& key, const QString& token, QObject* receiver, Saved then) override
    {
        if (!broken)
            tokens[key] = token;
        QTimer::singleShot(0, receiver, [then, ok = !broken] { then(ok); });
    }

    void load(const QString& key, QObject* receiver, Loaded then) override
    {
        const auto found = broken ? std::nullopt : std::optional<QString>(tokens.value(key, QString()));
        QTimer::singleShot(0, receiver, [then, found] { then(found); });
    }

    void erase(const QString& key) override { tokens.remove(key); }
};

}
