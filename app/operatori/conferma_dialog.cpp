#include "app/operatori/conferma_dialog.h"

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
      confirm_(new QPushButton(tr("Conferma"), this))
{
    setWindowTitle(tr("Conferma chi sei"));
    auto* const column = new QVBoxLayout(this);
    QLabel* const why = plainLabel(
        tr("Questa operazione può dare a qualcuno un accesso: scrivi la tua password. Per cinque minuti non ti sarà "
           "chiesta di nuovo."),
        this);
    why->setWordWrap(true);
    column->addWidget(why);
    column->addWidget(strip_);
    password_ = addField(column, tr("La tua password"));
    password_->setEchoMode(QLineEdit::Password);
    withCodice_ = new QWidget(this);
    auto* const inner = new QVBoxLayout(withCodice_);
    inner->setContentsMargins(0, 0, 0, 0);
    codice_ = addField(inner, tr("Codice del secondo fattore"));
    QLabel* const once =
        mutedLabel(tr("Ogni codice vale una volta: se l'hai appena usato per entrare, aspetta il prossimo."), this);
    inner->addWidget(once);
    withCodice_->hide();
    column->addWidget(withCodice_);
    column->addStretch(1);
    auto* const buttons = new QHBoxLayout;
    auto* const cancel = new QPushButton(tr("Annulla"), this);
    cancel->setAutoDefault(false);
    makePrimary(confirm_);
    confirm_->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(confirm_);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(confirm_, &QPushButton::clicked, this, &ConfermaDialog::confirm);
    resize(fontMetrics().horizontalAdvance(u'm') * 32, sizeHint().height());
    password_->setFocus();
    client_.mioAccesso(this, [this](const Reply<api::MioAccesso>& reply) {
        if (reply.ok() && reply.value().secondoFattore)
            showCodice();
    });
}

QLineEdit* ConfermaDialog::addField(QVBoxLayout* column, const QString& label)
{
    QWidget* const parent = column->parentWidget();
    auto* const field = new QLineEdit(parent);
    field->setMaxLength(1000);
    field->setAccessibleName(label);
    QLabel* const name = plainLabel(label, parent);
    name->setBuddy(field);
    column->addWidget(name);
    column->addWidget(field);
    return field;
}

void ConfermaDialog::showCodice()
{
    withCodice_->show();
    resize(width(), std::max(height(), layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width())
                                                                     : sizeHint().height()));
}

void ConfermaDialog::confirm()
{
    strip_->clear();
    if (password_->text().isEmpty()) {
        strip_->say(Strip::Tone::Error, tr("Scrivere la password."));
        password_->setFocus();
        return;
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
    strip_->say(Strip::Tone::Error, error.sentence);
    if (error.serveCodice)
        showCodice();
    QLineEdit* const next = error.serveCodice ? codice_ : password_;
    next->setFocus();
    next->selectAll();
}

void askConferma(Client& client, QWidget* parent, std::function<void()> again)
{
    auto* const dialog = new ConfermaDialog(client, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, [again = std::move(again)] { again(); });
    dialog->open();
}

}
