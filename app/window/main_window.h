#pragma once

#include "app/api/client.h"
#include "app/login/token_store.h"

#include <QMainWindow>

class QScrollArea;
class QStackedWidget;

namespace sdc::app {

class LoginPage;
class Settings;
class Shell;
class Vault;

/// The one window: the login, and behind it the work.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Client& client, TokenStore& tokens, Settings& settings, Vault& vault);

    /// Fills the login and, where a session is remembered, goes straight in.
    void start(const QString& server, const QString& ente);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void enter(const api::Accesso& accesso);
    /// Without a line: who has entered here before works with what is kept on this computer.
    void enterRemembered();
    void rememberAccesso();
    QString owner() const;
    void expire();
    void askToLogout();
    void logout();
    void keepAndClose();
    void leave();

    Client& client_;
    Settings& settings_;
    Vault& vault_;
    QStackedWidget* pages_;
    QScrollArea* loginPage_;
    LoginPage* login_;
    Shell* shell_;
    std::optional<api::Accesso> accesso_;
    Address address_;
    bool leaving_ = false;
};

}
