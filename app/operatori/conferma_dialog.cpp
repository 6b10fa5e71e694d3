#include "app/operatori/conferma_dialog.h"

#include "app/look/field.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/text.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sdc::app {

ConfermaDialog::ConfermaDialog(Client& client, QWidget* parent)
    : QDialog(parent),
      client_(client),
      strip_(new Strip(this)),
      password_(new Field(tr("La tua password"), Field::Kind::Secret, this)),
      codice_(new Field(tr("Codice del secondo fattore"), Field::Kind::Plain, this)),
      confirm_(new QPushButton(tr("Conferma"), this))
{
    setWindowTitle(tr("Conferma dell'identità"));
    QLabel* const why = plainLabel(
        tr("Questa operazione può dare a qualcuno un accesso: scrivere la propria password. Per cinque minuti non sarà "
           "chiesta di nuovo."),
        this);
    why->setWordWrap(true);
    codice_->setNote(tr("Ogni codice vale una volta: se è appena servito per entrare, aspettare il prossimo."));
    codice_->hide();
    auto* const cancel = new QPushButton(tr("Annulla"), this);
    cancel->setAutoDefault(false);
    makePrimary(confirm_);
    confirm_->setDefault(true);
    auto* const buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(confirm_);
    auto* const column = new QVBoxLayout(this);
    column->setSpacing(12);
    for (QWidget* const part : std::initializer_list<QWidget*>{why, strip_, password_, codice_})
        column->addWidget(part);
    column->addStretch(1);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(confirm_, &QPushButton::clicked, this, &ConfermaDialog::confirm);
    resize(fontMetrics().horizontalAdvance(u'm') * 32, sizeHint().height());
    growToFit(this);
    password_->setFocus();
    client_.mioAccesso(this, [this](const Reply<api::MioAccesso>& reply) {
        if (reply.ok() && reply.value().secondoFattore)
            showCodice();
    });
}

void ConfermaDialog::showCodice()
{
    codice_->show();
    growToFit(this);
}

void ConfermaDialog::confirm()
{
    strip_->clear();
    if (password_->text().isEmpty()) {
        password_->setFault(tr("Scrivere la password."));
        password_->setFocus();
        return growToFit(this);
    }
    confirm_->setEnabled(false);
    api::ConfermaAccesso conferma;
    conferma.password = fromQt(password_->text());
    conferma.codice = fromQt(codice_->text().trimmed());
    client_.confirmIdentita(conferma, this, [this](const Reply<Nothing>& reply) {
        confirm_->setEnabled(true);
        if (!reply.ok())
            return refuse(reply.error());
        accept();
    });
}

void ConfermaDialog::refuse(const Error& error)
{
    // Who goes on is asked at the login.
    if (error.kind == Failure::Expired)
        return reject();
    // Codes are mistyped, and grow old, more often than passwords.
    Field* const wrong = error.serveCodice || !codice_->text().isEmpty() ? codice_ : password_;
    password_->setFault({});
    codice_->setFault({});
    codice_->setVisible(codice_->isVisible() || error.serveCodice);
    if (error.status == 403)
        wrong->setFault(error.sentence);
    else
        strip_->say(Strip::Tone::Error, error.sentence);
    wrong->setFocus();
    wrong->edit()->selectAll();
    growToFit(this);
}

void askConferma(Client& client, QWidget* parent, std::function<void()> again)
{
    auto* const dialog = new ConfermaDialog(client, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, [again = std::move(again)] { again(); });
    dialog->open();
}

}
