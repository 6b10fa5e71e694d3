#include "app/vault/vault.h"

#include "app/text.h"
#include "app/vault/seal.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <utility>

namespace sdc::app {
namespace {

Q_LOGGING_CATEGORY(kLog, "stanza.vault", QtWarningMsg)

constexpr const char* kMemory = ":memory:";
/// What nobody has come back to in so long is not work any more.
constexpr int kDays = 90;

bool run(QSqlQuery& query)
{
    if (query.exec())
        return true;
    qCWarning(kLog) << query.lastError().driverText();
    return false;
}

bool run(const QString& connection, const QString& text)
{
    QSqlQuery query(QSqlDatabase::database(connection));
    return query.prepare(text) && run(query);
}

/// SQLITE_CORRUPT or SQLITE_NOTADB.
bool isRuined(const QString& connection)
{
    QSqlQuery query(QSqlDatabase::database(connection));
    query.exec(u"PRAGMA schema_version"_s);
    const QString code = query.lastError().nativeErrorCode();
    return code == u"11"_s || code == u"26"_s;
}

/// For its owner alone from the first byte; SQLite gives its side files the same mode.
bool makePrivate(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void removeFiles(const QString& path)
{
    for (const QString& end : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + end);
}

QString nowText()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
}

}

Vault::Vault(TokenStore& tokens, const QString& folder, QObject* parent)
    : QObject(parent),
      tokens_(tokens),
      folder_(folder),
      connection_(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Vault::~Vault()
{
    close();
}

QString Vault::fileName() const
{
    const QByteArray hash = QCryptographicHash::hash(owner_.toUtf8(), QCryptographicHash::Sha256);
    return QDir(folder_).filePath(QString::fromLatin1(hash.toHex().left(32)) + u".archivio"_s);
}

QString Vault::keyName() const
{
    return u"archivio|"_s + owner_;
}

void Vault::open(const QString& owner)
{
    if (owner == owner_)
        return;
    close();
    owner_ = owner;
    seal_ = std::make_unique<Seal>(Seal::makeKey());
    openDatabase(QLatin1String(kMemory));
    findKey();
}

void Vault::findKey()
{
    tokens_.load(keyName(), this, [this, generation = generation_](const std::optional<QString>& text) {
        if (generation != generation_)
            return;
        // A locked keychain may well hold the key: another one in its place would make the file unreadable for ever.
        if (!text)
            return settle();
        const QByteArray key = QByteArray::fromBase64(text->toLatin1());
        if (Seal::isKey(key))
            useKey(key);
        else if (QFile::exists(fileName()) && !unlocked_)
            unlock();
        else
            makeKey();
    });
}

void Vault::unlock()
{
    // Asked for a key while it is locked, the Secret Service finds none, as if there were none; only what it has just
    // written to shows that it is open. The file says that there was a key, so it is asked once more after that.
    tokens_.save(keyName() + u"|prova"_s, u"1"_s, this, [this, generation = generation_](bool kept) {
        if (generation != generation_)
            return;
        tokens_.erase(keyName() + u"|prova"_s);
        unlocked_ = kept;
        if (kept)
            findKey();
        else
            settle();
    });
}

void Vault::makeKey()
{
    const QByteArray key = Seal::makeKey();
    tokens_.save(keyName(), QString::fromLatin1(key.toBase64()), this,
                 [this, key, generation = generation_](bool kept) {
                     if (generation != generation_)
                         return;
                     if (kept)
                         useKey(key);
                     else
                         settle();
                 });
}

void Vault::useKey(const QByteArray& key)
{
    seal_ = std::make_unique<Seal>(key);
    lasting_ = openDatabase(fileName());
    if (lasting_)
        dropUnreadable();
    else
        openDatabase(QLatin1String(kMemory));
    settle();
}

void Vault::settle()
{
    settled_ = true;
    const auto early = std::exchange(early_, {});
    for (auto it = early.begin(); it != early.end(); ++it)
        it.value().isNull() ? remove(it.key()) : write(it.key(), it.value());
    emit opened();
}

bool Vault::openDatabase(const QString& file)
{
    QSqlDatabase::removeDatabase(connection_);
    const bool onDisk = file != QLatin1String(kMemory);
    if (onDisk && !(QDir().mkpath(folder_) && makePrivate(file)))
        return false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection_);
        database.setDatabaseName(file);
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=500"_s);
        if (database.open() && prepare())
            return true;
    }
    // A full disk or another window of the program passes; what is no database never will be one.
    const bool ruined = onDisk && isRuined(connection_);
    QSqlDatabase::removeDatabase(connection_);
    if (ruined)
        removeFiles(file);
    return false;
}

bool Vault::prepare()
{
    return run(connection_, u"PRAGMA journal_mode = WAL"_s) && run(connection_, u"PRAGMA synchronous = NORMAL"_s) &&
           run(connection_, u"PRAGMA secure_delete = ON"_s) &&
           run(connection_, u"CREATE TABLE IF NOT EXISTS voci (nome BLOB PRIMARY KEY, sigillo BLOB NOT NULL, quando "
                            "TEXT NOT NULL)"_s);
}

void Vault::dropUnreadable()
{
    // With another key than the one it was written with, nothing of it will ever be read.
    if (!read(u"chiave"_s)) {
        run(connection_, u"DELETE FROM voci"_s);
        write(u"chiave"_s, "1");
    }
    QSqlQuery query(QSqlDatabase::database(connection_));
    query.prepare(u"DELETE FROM voci WHERE quando < :prima AND nome <> :chiave"_s);
    query.bindValue(u":prima"_s, QDateTime::currentDateTimeUtc().addDays(-kDays).toString(Qt::ISODate));
    query.bindValue(u":chiave"_s, seal_->hidden("chiave"));
    run(query);
}

void Vault::write(const QString& name, const QByteArray& value)
{
    if (!seal_)
        return;
    if (!settled_)
        early_[name] = value;
    const QByteArray hidden = seal_->hidden(name.toUtf8());
    QSqlQuery query(QSqlDatabase::database(connection_));
    query.prepare(u"INSERT INTO voci (nome, sigillo, quando) VALUES (:nome, :sigillo, :quando) ON CONFLICT (nome) DO "
                  "UPDATE SET sigillo = excluded.sigillo, quando = excluded.quando"_s);
    query.bindValue(u":nome"_s, hidden);
    query.bindValue(u":sigillo"_s, seal_->close(value, hidden));
    query.bindValue(u":quando"_s, nowText());
    run(query);
}

std::optional<Vault::Entry> Vault::read(const QString& name) const
{
    if (!seal_)
        return std::nullopt;
    const QByteArray hidden = seal_->hidden(name.toUtf8());
    QSqlQuery query(QSqlDatabase::database(connection_));
    query.prepare(u"SELECT sigillo, quando FROM voci WHERE nome = :nome"_s);
    query.bindValue(u":nome"_s, hidden);
    if (!run(query) || !query.next())
        return std::nullopt;
    const auto value = seal_->open(query.value(0).toByteArray(), hidden);
    const QDateTime when = QDateTime::fromString(query.value(1).toString(), Qt::ISODate);
    return value ? std::optional(Entry{*value, when}) : std::nullopt;
}

void Vault::remove(const QString& name)
{
    if (!seal_)
        return;
    if (!settled_)
        early_[name] = QByteArray();
    QSqlQuery query(QSqlDatabase::database(connection_));
    query.prepare(u"DELETE FROM voci WHERE nome = :nome"_s);
    query.bindValue(u":nome"_s, seal_->hidden(name.toUtf8()));
    run(query);
}

void Vault::close()
{
    ++generation_;
    lasting_ = false;
    settled_ = false;
    unlocked_ = false;
    early_.clear();
    seal_.reset();
    owner_.clear();
    QSqlDatabase::removeDatabase(connection_);
}

void Vault::erase()
{
    if (owner_.isEmpty())
        return;
    const QString file = fileName();
    const QString key = keyName();
    close();
    removeFiles(file);
    tokens_.erase(key);
}

}
