#include "app/login/login_page.h"

#include "app/look/busy_bar.h"
#include "app/look/parts.h"
#include "app/look/picture.h"
#include "app/look/strip.h"
#include "app/settings.h"
#include "app/text.h"
#include "ui_login_page.h"

#include <QDesktopServices>

namespace sdc::app {

LoginPage::LoginPage(Client& client, TokenStore& tokens, Settings& settings, QWidget* parent)
    : QWidget(parent),
      client_(client),
      tokens_(tokens),
      settings_(settings),
      ui_(std::make_unique<Ui::LoginPage>()),
      strip_(new Strip(this)),
      busy_(new BusyBar(this))
{
    ui_->setupUi(this);
    ui_->card->setProperty("kind", u"card"_s);
    ui_->program->setProperty("kind", u"muted"_s);
    ui_->forgotten->setProperty("kind", u"link"_s);
    setPicture(ui_->crest, u"crest"_s, Tint::Accent, 48);
    dressAs(Heading::Page, ui_->title);
    ui_->noticeColumn->addWidget(strip_);
    ui_->noticeColumn->addWidget(busy_);
    makePrimary(ui_->login);
    ui_->card->setFixedWidth(fontMetrics().horizontalAdvance(u'm') * 37);
    for (QLabel* const label :
         {ui_->serverLabel, ui_->enteLabel, ui_->usernameLabel, ui_->passwordLabel, ui_->codiceLabel})
        label->setContentsMargins(0, 8, 0, 0);
    nameControls(this);
    connect(ui_->login, &QPushButton::clicked, this, &LoginPage::submit);
    connect(ui_->forgotten, &QPushButton::clicked, this, &LoginPage::openForgotten);
    for (QLineEdit* const field : {ui_->server, ui_->ente, ui_->username, ui_->password, ui_->codice})
        connect(field, &QLineEdit::returnPressed, this, &LoginPage::submit);
    // The code belongs to the account that was asked for it.
    for (QLineEdit* const field : {ui_->server, ui_->ente, ui_->username})
        connect(field, &QLineEdit::textEdited, this, [this] { askCodice(false); });
    askCodice(false);
    connect(busy_, &BusyBar::tookLong, this, [this] {
        strip_->say(Strip::Tone::Info, tr("Il server non ha ancora risposto."), tr("Annulla"), [this] {
            if (call_)
                call_->cancel();
        });
    });
}

LoginPage::~LoginPage() = default;

QString LoginPage::key() const
{
    const Address address = addressFrom(ui_->server->text(), ui_->ente->text());
    return address.base().toString() + u'|' + ui_->username->text();
}

void LoginPage::prefill(const QString& server, const QString& ente)
{
    ui_->server->setText(server.isEmpty() ? settings_.server() : server);
    ui_->ente->setText(ente.isEmpty() ? settings_.ente() : ente);
    ui_->username->setText(settings_.username());
    ui_->ricordami->setChecked(settings_.ricordami());
    for (QLineEdit* const field : {ui_->server, ui_->ente, ui_->username, ui_->password}) {
        if (field->text().isEmpty()) {
            field->setFocus();
            return;
        }
    }
}

void LoginPage::resume()
{
    const bool sameAsRemembered = ui_->server->text() == settings_.server() && ui_->ente->text() == settings_.ente();
    if (!settings_.ricordami() || !sameAsRemembered || addressFault(ui_->server->text(), ui_->ente->text()))
        return;
    setWaiting(true);
    tokens_.load(key(), this, [this](const std::optional<QString>& token) { resumeWith(token); });
}

void LoginPage::resumeWith(const std::optional<QString>& token)
{
    if (!token || token->isEmpty()) {
        setWaiting(false);
        ui_->password->setFocus();
        return;
    }
    client_.setAddress(addressFrom(ui_->server->text(), ui_->ente->text()));
    client_.setToken(*token);
    call_ = client_.checkAccesso(this, [this](const Reply<api::Accesso>& reply) {
        setWaiting(false);
        if (reply.ok()) {
            emit entered(reply.value());
        } else if (reply.error().kind == Failure::Expired) {
            client_.setToken(QString());
            askAgain(tr("La sessione ricordata è scaduta: scrivere di nuovo la password."));
        } else {
            strip_->say(Strip::Tone::Error, reply.error().sentence, tr("Riprova"), [this] { resume(); });
            if (reply.error().kind == Failure::Offline)
                emit unreachable();
        }
    });
}

void LoginPage::askAgain(const QString& why)
{
    ui_->password->clear();
    askCodice(false);
    if (!why.isEmpty())
        strip_->say(Strip::Tone::Info, why);
    ui_->password->setFocus();
}

void LoginPage::settle()
{
    ui_->password->clear();
    strip_->clear();
}

void LoginPage::forget()
{
    tokens_.erase(key());
    settings_.forgetSession();
    ui_->ricordami->setChecked(false);
}

void LoginPage::mark(QWidget* field, const QString& fault)
{
    field->setProperty("fault", true);
    restyle(field);
    field->setFocus();
    strip_->say(Strip::Tone::Error, fault);
}

bool LoginPage::checkFields()
{
    for (QLineEdit* const field : {ui_->server, ui_->ente, ui_->username, ui_->password}) {
        field->setProperty("fault", false);
        restyle(field);
    }
    if (const auto fault = addressFault(ui_->server->text(), ui_->ente->text())) {
        const bool enteAlone = !addressFault(ui_->server->text(), u"x"_s);
        mark(enteAlone ? ui_->ente : ui_->server, *fault);
    } else if (ui_->username->text().trimmed().isEmpty()) {
        mark(ui_->username, tr("Scrivere il proprio nome utente."));
    } else if (ui_->password->text().isEmpty()) {
        mark(ui_->password, tr("Scrivere la password."));
    } else {
        return true;
    }
    return false;
}

void LoginPage::submit()
{
    if (call_ || !checkFields())
        return;
    strip_->clear();
    setWaiting(true);
    client_.setAddress(addressFrom(ui_->server->text(), ui_->ente->text()));
    const api::Credenziali typed{fromQt(ui_->username->text().trimmed()), fromQt(ui_->password->text()),
                                 fromQt(ui_->codice->text().trimmed())};
    call_ = client_.login(typed, this, [this](const Reply<api::Accesso>& reply) { answer(reply); });
}

void LoginPage::answer(const Reply<api::Accesso>& reply)
{
    setWaiting(false);
    if (!reply.ok() && reply.error().serveCodice) {
        askCodice(true);
        strip_->say(Strip::Tone::Info, tr("Scrivere il codice che mostra il telefono, o un codice di recupero."));
        return;
    }
    if (!reply.ok()) {
        ui_->codice->clear();
        strip_->say(Strip::Tone::Error, reply.error().sentence);
        ui_->password->selectAll();
        ui_->password->setFocus();
        return;
    }
    const auto& opened = reply.value().token;
    if (!opened || opened->empty()) {
        strip_->say(Strip::Tone::Error, tr("Il server non ha aperto la sessione: avvisare l'assistenza."));
        return;
    }
    const QString token = toQt(*opened);
    client_.setToken(token);
    ui_->password->clear();
    askCodice(false);
    settings_.rememberLogin(ui_->server->text(), ui_->ente->text(), ui_->username->text(), ui_->ricordami->isChecked());
    strip_->clear();
    emit entered(reply.value());
    if (ui_->ricordami->isChecked())
        remember(token);
}

void LoginPage::remember(const QString& token)
{
    tokens_.save(key(), token, this, [this](bool ok) {
        if (ok)
            return;
        settings_.forgetSession();
        emit notRemembered(tr("Su questo computer non c'è un portachiavi sicuro, quindi la sessione non può essere "
                              "ricordata: al prossimo avvio verrà chiesta di nuovo la password."));
    });
}

void LoginPage::askCodice(bool asked)
{
    ui_->codice->clear();
    ui_->codice->setVisible(asked);
    ui_->codiceLabel->setVisible(asked);
    if (asked)
        ui_->codice->setFocus();
}

void LoginPage::setWaiting(bool waiting)
{
    busy_->setBusy(waiting);
    ui_->login->setEnabled(!waiting);
}

void LoginPage::openForgotten()
{
    if (const auto fault = addressFault(ui_->server->text(), ui_->ente->text())) {
        mark(ui_->server, *fault);
        return;
    }
    const Address address = addressFrom(ui_->server->text(), ui_->ente->text());
    QDesktopServices::openUrl(address.forgottenPassword());
}

}
