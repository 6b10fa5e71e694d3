#include "app/window/main_window.h"

#include "app/login/login_page.h"
#include "app/look/confirm.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/window/shell.h"

#include <QApplication>
#include <QCloseEvent>
#include <QScrollArea>
#include <QStackedWidget>

namespace sdc::app {

MainWindow::MainWindow(Client& client, TokenStore& tokens, Settings& settings)
    : client_(client),
      settings_(settings),
      pages_(new QStackedWidget(this)),
      loginPage_(new QScrollArea(this)),
      login_(new LoginPage(client, tokens, settings, this)),
      shell_(new Shell(client, settings, this))
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
    connect(login_, &LoginPage::notRemembered, shell_, &Shell::say);
    connect(shell_, &Shell::logoutAsked, this, &MainWindow::askToLogout);
    connect(&client, &Client::sessionExpired, this, &MainWindow::expire);
}

void MainWindow::start(const QString& server, const QString& ente)
{
    login_->prefill(server, ente);
    login_->resume();
}

void MainWindow::enter(const api::Accesso& accesso)
{
    const bool sameOperatore =
        accesso_ && accesso_->operatore.id == accesso.operatore.id && client_.address() == address_;
    accesso_ = accesso;
    address_ = client_.address();
    setWindowTitle(u"%1 - %2"_s.arg(toQt(accesso.ente.nome), QApplication::applicationDisplayName()));
    pages_->setCurrentWidget(shell_);
    if (sameOperatore)
        shell_->goOn();
    else
        shell_->begin(accesso);
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
    if (shell_->unfinished() == 0 && !shell_->isTransferring()) {
        logout();
        return;
    }
    confirm(this,
            {tr("Uscire lasciando un esito non inviato?"),
             tr("Quanto scritto negli esiti non ancora inviati andrà perso."), tr("No, resta"), tr("Sì, esci")},
            [this] { logout(); });
}

void MainWindow::logout()
{
    // The server ends the session also when the answer does not come back in time: the token is forgotten here at once.
    client_.logout(this, [](const Reply<Nothing>&) {});
    login_->forget();
    accesso_.reset();
    shell_->clear();
    setWindowTitle(QApplication::applicationDisplayName());
    pages_->setCurrentWidget(loginPage_);
    login_->askAgain(QString());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    settings_.setGeometry(saveGeometry());
    shell_->saveState();
    if (leaving_ || (shell_->unfinished() == 0 && !shell_->isTransferring())) {
        event->accept();
        return;
    }
    event->ignore();
    confirm(this,
            {tr("Chiudere lasciando un lavoro a metà?"),
             tr("C'è un esito non ancora inviato o un file in viaggio: chiudendo andrà perso."), tr("No, resta"),
             tr("Sì, chiudi")},
            [this] {
                leaving_ = true;
                close();
            });
}

}
