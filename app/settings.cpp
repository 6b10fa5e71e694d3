#include "app/settings.h"

#include "app/text.h"

#include <QSettings>
#include <QStandardPaths>

namespace sdc::app {

QString Settings::server() const
{
    return store_.value(u"accesso/server"_s).toString();
}
QString Settings::ente() const
{
    return store_.value(u"accesso/ente"_s).toString();
}
QString Settings::username() const
{
    return store_.value(u"accesso/username"_s).toString();
}
bool Settings::ricordami() const
{
    return store_.value(u"accesso/ricordami"_s, false).toBool();
}

void Settings::rememberLogin(const QString& server, const QString& ente, const QString& username, bool ricordami)
{
    store_.setValue(u"accesso/server"_s, server);
    store_.setValue(u"accesso/ente"_s, ente);
    store_.setValue(u"accesso/username"_s, username);
    store_.setValue(u"accesso/ricordami"_s, ricordami);
}

void Settings::forgetSession()
{
    store_.setValue(u"accesso/ricordami"_s, false);
}

QByteArray Settings::geometry() const
{
    return store_.value(u"finestra/geometria"_s).toByteArray();
}
void Settings::setGeometry(const QByteArray& geometry)
{
    store_.setValue(u"finestra/geometria"_s, geometry);
}

QByteArray Settings::columns() const
{
    return store_.value(u"finestra/colonne"_s).toByteArray();
}
void Settings::setColumns(const QByteArray& state)
{
    store_.setValue(u"finestra/colonne"_s, state);
}

QString Settings::folder() const
{
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    return store_.value(u"file/cartella"_s, downloads).toString();
}

void Settings::setFolder(const QString& folder)
{
    store_.setValue(u"file/cartella"_s, folder);
}

QString Settings::language() const
{
    return store_.value(u"lingua"_s, u"it"_s).toString();
}
void Settings::setLanguage(const QString& language)
{
    store_.setValue(u"lingua"_s, language);
}

}
