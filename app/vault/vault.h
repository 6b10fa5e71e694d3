#pragma once

#include "app/login/token_store.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QObject>

#include <memory>
#include <optional>

namespace sdc::app {

class Seal;

/// What one operator's program keeps on this computer between two starts: sealed with a key that only the system's
/// keychain has, and gone at logout. Without a keychain it lives in memory.
class Vault : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        QByteArray value;
        QDateTime when;
    };

    /// The files lie in this folder, one for each operator.
    Vault(TokenStore& tokens, const QString& folder, QObject* parent = nullptr);
    ~Vault() override;

    /// Opens this owner's. Until opened() tells that the keychain has answered it is in memory; then what was written
    /// meanwhile goes to the disk.
    void open(const QString& owner);
    /// Puts it away as it is.
    void close();
    /// Destroys file and key.
    void erase();
    /// Whether what is written outlives the program.
    bool isLasting() const { return lasting_; }
    /// Whether opened() has been told already.
    bool isSettled() const { return settled_; }

    void write(const QString& name, const QByteArray& value);
    /// Nothing where there is none, or where the key does not fit.
    std::optional<Entry> read(const QString& name) const;
    void remove(const QString& name);

signals:
    void opened();

private:
    void findKey();
    void unlock();
    void makeKey();
    void useKey(const QByteArray& key);
    void settle();
    bool openDatabase(const QString& file);
    bool prepare();
    void dropUnreadable();
    QString fileName() const;
    QString keyName() const;

    TokenStore& tokens_;
    QString folder_;
    QString connection_;
    QString owner_;
    std::unique_ptr<Seal> seal_;
    /// What is written before the keychain answers; null for what is removed.
    QMap<QString, QByteArray> early_;
    bool settled_ = false;
    bool lasting_ = false;
    /// Whether the keychain has taken something since this owner's was opened.
    bool unlocked_ = false;
    int generation_ = 0;
};

}
