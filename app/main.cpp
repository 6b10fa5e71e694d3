#include "app/api/client.h"
#include "app/login/keychain_token_store.h"
#include "app/look/icons.h"
#include "app/look/theme.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "app/window/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QLocale>
#include <QNetworkAccessManager>
#include <QSettings>
#include <QStandardPaths>
#include <QTranslator>

namespace {

using sdc::app::operator""_s;

/// The words of Qt's own dialogs, and ours when they are not to be Italian.
void translate(QApplication& application, const QString& language)
{
    auto* const ofQt = new QTranslator(&application);
    if (ofQt->load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(ofQt);
    auto* const ours = new QTranslator(&application);
    if (ours->load(u":/i18n/app_"_s + language))
        application.installTranslator(ours);
}

}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"StanzaDelCittadino"_s);
    QApplication::setApplicationName(u"stanza-operatori"_s);
    QApplication::setApplicationDisplayName(u"La Stanza del Cittadino - operatori"_s);
    QApplication::setApplicationVersion(QStringLiteral(SDC_VERSION));
    // Numbers and dates are Italian whatever the computer's language.
    QLocale::setDefault(QLocale(QLocale::Italian, QLocale::Italy));

    QSettings store;
    sdc::app::Settings settings(store);
    translate(application, settings.language());

    QCommandLineParser line;
    const QCommandLineOption server(u"server"_s, QApplication::translate("main", "Indirizzo del server."), u"URL"_s);
    const QCommandLineOption ente(u"ente"_s, QApplication::translate("main", "Nome breve dell'ente."), u"SLUG"_s);
    line.addOptions({server, ente});
    line.addHelpOption();
    line.addVersionOption();
    line.process(application);

    const sdc::app::Theme theme(application);
    QApplication::setWindowIcon(sdc::app::icon(u"app"_s, QColor(0x00, 0x66, 0xcc)));
    QNetworkAccessManager network;
    sdc::app::Client client(network);
    sdc::app::KeychainTokenStore tokens;
    sdc::app::Vault vault(tokens, QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation));
    sdc::app::MainWindow window(client, tokens, settings, vault);
    window.show();
    window.start(line.value(server), line.value(ente));
    return QApplication::exec();
}
