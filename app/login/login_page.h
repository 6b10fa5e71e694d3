#pragma once

#include "app/api/client.h"
#include "app/login/token_store.h"

#include <QWidget>

#include <memory>

namespace Ui {

class LoginPage;

}

namespace sdc::app {

class BusyBar;
class Settings;
class Strip;

/// Who works, where: server, ente, username, password. A remembered session goes straight in.
class LoginPage : public QWidget
{
    Q_OBJECT

public:
    LoginPage(Client& client, TokenStore& tokens, Settings& settings, QWidget* parent = nullptr);
    ~LoginPage() override;

    /// Fills server and ente; an empty one keeps what was used last.
    void prefill(const QString& server, const QString& ente);
    /// Tries the session remembered for what the page is filled with, if there is one.
    void resume();
    /// Asks again, after a session's end; says why.
    void askAgain(const QString& why);
    /// Somebody has entered: what was said before is over.
    void settle();
    /// Ends the remembering of this session.
    void forget();

signals:
    void entered(const sdc::api::Accesso& accesso);
    /// The remembered session could not be tried, as the server does not answer.
    void unreachable();
    /// The session could not be remembered: to be said where the operator now is.
    void notRemembered(const QString& sentence);

private:
    void submit();
    bool checkFields();
    void mark(QWidget* field, const QString& fault);
    void answer(const Reply<api::Accesso>& reply);
    void resumeWith(const std::optional<QString>& token);
    void remember(const QString& token);
    /// Of the second factor, where the account has one.
    void askCodice(bool asked);
    void setWaiting(bool waiting);
    void openForgotten();
    QString key() const;

    Client& client_;
    TokenStore& tokens_;
    Settings& settings_;
    std::unique_ptr<Ui::LoginPage> ui_;
    Strip* strip_;
    BusyBar* busy_;
    Call call_;
};

}
