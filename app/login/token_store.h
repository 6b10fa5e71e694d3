#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace sdc::app {

/// Where a session is remembered between two starts: never in clear on the disk.
class TokenStore
{
public:
    virtual ~TokenStore() = default;

    using Saved = std::function<void(bool ok)>;
    /// The token; empty where none is kept, nothing where the keychain cannot be asked now.
    using Loaded = std::function<void(const std::optional<QString>& token)>;

    virtual void save(const QString& key, const QString& token, QObject* receiver, Saved then) = 0;
    virtual void load(const QString& key, QObject* receiver, Loaded then) = 0;
    virtual void erase(const QString& key) = 0;
};

}
