#include "app/window/main_window.h"

#include "app/login/login_page.h"
#include "app/look/confirm.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "app/window/shell.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QCloseEvent>
#include <QScrollArea>
#include <QStackedWidget>

namespace sdc::app {

MainWindow::MainWindow(Client& client, TokenStore& tokens, Settings& settings, Vault& vault)
    : client_(client),
      settings_(settings),
      vault_(vault),
      pages_(new QStackedWidget(this)),
      loginPage_(new QScrollArea(this)),
      login_(new LoginPage(client, tokens, settings, this)),
      shell_(new Shell(client, settings, vault, this))
{
    setWindowTitle(QApplication::applicationDisplayName());
    // With large text the login may be taller than the window.
    loginPage_->setWidgetResizable(true);
    loginPage_->setFrameShape(QFrame::NoFrame);
    loginPage_->setWidget(login_);
    pages_->addWidget(loginPage_);
    pages_->addWidget(shell_);
    setCentralWidget(pages_);
    resize(1280, 720);
    setMinimumSize(640, 480);
    if (!settings.geometry().isEmpty())
        restoreGeometry(settings.geometry());
    connect(login_, &LoginPage::entered, this, &MainWindow::enter);
    connect(login_, &LoginPage::unreachable, this, [this] {
        vault_.open(owner());
        enterRemembered();
    });
    connect(&vault, &Vault::opened, this, &MainWindow::enterRemembered);
    connect(login_, &LoginPage::notRemembered, shell_, &Shell::say);
    connect(shell_, &Shell::logoutAsked, this, &MainWindow::askToLogout);
    connect(&client, &Client::sessionExpired, this, &MainWindow::expire);
}

void MainWindow::start(const QString& server, const QString& ente)
{
    login_->prefill(server, ente);
    login_->resume();
}

QString MainWindow::owner() const
{
    return client_.address().base().toString() + u'|' + settings_.username();
}

void MainWindow::enter(const api::Accesso& accesso)
{
    const bool sameOperatore =
        accesso_ && accesso_->operatore.id == accesso.operatore.id && client_.address() == address_;
    accesso_ = accesso;
    address_ = client_.address();
    setWindowTitle(u"%1 - %2"_s.arg(toQt(accesso.ente.nome), QApplication::applicationDisplayName()));
    login_->settle();
    pages_->setCurrentWidget(shell_);
    vault_.open(owner());
    rememberAccesso();
    if (sameOperatore)
        shell_->goOn();
    else
        shell_->begin(accesso);
}

void MainWindow::rememberAccesso()
{
    api::Accesso known = *accesso_;
    known.token.reset();
    if (settings_.ricordami())
        vault_.write(u"accesso"_s, QByteArray::fromStdString(nlohmann::json(known).dump()));
    else
        vault_.remove(u"accesso"_s);
}

void MainWindow::enterRemembered()
{
    const auto entry = vault_.read(u"accesso"_s);
    if (!entry || accesso_ || !client_.hasToken())
        return;
    try {
        const auto known = nlohmann::json::parse(entry->value.begin(), entry->value.end()).get<api::Accesso>();
        if (known.scade.time_since_epoch().count() > QDateTime::currentSecsSinceEpoch())
            enter(known);
    } catch (const std::exception&) {
        // Written by another version of the program: the login stays.
        vault_.remove(u"accesso"_s);
    }
}

void MainWindow::expire()
{
    if (pages_->currentWidget() != shell_)
        return;
    client_.setToken(QString());
    shell_->pause();
    pages_->setCurrentWidget(loginPage_);
    login_->askAgain(tr("La sessione è scaduta. Scrivere la password per continuare: la pagina e quanto scritto sono "
                        "rimasti."));
}

void MainWindow::askToLogout()
{
    shell_->keepWork([this] {
        if (shell_->unsaved() == 0 && !shell_->isTransferring()) {
            logout();
            return;
        }
        confirm(this,
                {tr("Uscire lasciando un lavoro a metà?"),
                 tr("C'è un esito che il server non ha potuto conservare, o un file in viaggio: uscendo andrà perso."),
                 tr("No, resta"), tr("Sì, esci")},
                [this] { logout(); });
    });
}

void MainWindow::logout()
{
    // The server ends the session also when the answer does not come back in time: the token is forgotten here at once.
    client_.logout(this, [](const Reply<Nothing>&) {});
    login_->forget();
    accesso_.reset();
    shell_->clear();
    vault_.erase();
    setWindowTitle(QApplication::applicationDisplayName());
    pages_->setCurrentWidget(loginPage_);
    login_->askAgain(QString());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    settings_.setGeometry(saveGeometry());
    shell_->saveState();
    if (leaving_ || (shell_->unsaved() == 0 && !shell_->isTransferring())) {
        event->accept();
        return;
    }
    event->ignore();
    if (!shell_->isTransferring()) {
        keepAndClose();
        return;
    }
    confirm(this,
            {tr("Chiudere lasciando un lavoro a metà?"),
             tr("C'è un esito o un file in viaggio: chiudendo si interrompe. Quanto scritto resta."), tr("No, resta"),
             tr("Sì, chiudi")},
            [this] { keepAndClose(); });
}

void MainWindow::keepAndClose()
{
    shell_->keepWork([this] {
        if (shell_->unsaved() == 0 || vault_.isLasting()) {
            leave();
            return;
        }
        confirm(this,
                {tr("Chiudere lasciando un lavoro a metà?"),
                 tr("C'è un esito che non si è potuto conservare: chiudendo andrà perso."), tr("No, resta"),
                 tr("Sì, chiudi")},
                [this] { leave(); });
    });
}

void MainWindow::leave()
{
    leaving_ = true;
    close();
}

}
