#pragma once

#include <QByteArray>
#include <QString>

class QSettings;

namespace sdc::app {

/// What the program remembers in clear: never a password, never a token.
class Settings
{
public:
    explicit Settings(QSettings& store) : store_(store) {}

    QString server() const;
    QString ente() const;
    QString username() const;
    bool ricordami() const;
    void rememberLogin(const QString& server, const QString& ente, const QString& username, bool ricordami);
    void forgetSession();

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    QByteArray columns() const;
    void setColumns(const QByteArray& state);
    QString folder() const;
    void setFolder(const QString& folder);
    /// "it", "de" or "en"; Italian unless chosen otherwise.
    QString language() const;
    void setLanguage(const QString& language);

private:
    QSettings& store_;
};

}
