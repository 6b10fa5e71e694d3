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

/// The one window: the login, and behind it the work.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Client& client, TokenStore& tokens, Settings& settings);

    /// Fills the login and, where a session is remembered, goes straight in.
    void start(const QString& server, const QString& ente);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void enter(const api::Accesso& accesso);
    void expire();
    void askToLogout();
    void logout();

    Client& client_;
    Settings& settings_;
    QStackedWidget* pages_;
    QScrollArea* loginPage_;
    LoginPage* login_;
    Shell* shell_;
    std::optional<api::Accesso> accesso_;
    Address address_;
    bool leaving_ = false;
};

}
