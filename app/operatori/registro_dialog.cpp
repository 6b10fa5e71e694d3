#include "app/operatori/registro_dialog.h"

#include "app/look/field.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/look/transfer_bar.h"
#include "app/text.h"
#include "core/api/paths.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sdc::app {

RegistroDialog::RegistroDialog(Client& client, QWidget* parent)
    : QDialog(parent),
      client_(client),
      strip_(new Strip(this)),
      bar_(new TransferBar(this)),
      da_(new QDateEdit(QDate::currentDate().addMonths(-1), this)),
      a_(new QDateEdit(QDate::currentDate(), this)),
      formato_(new QComboBox(this)),
      save_(new QPushButton(tr("Salva con nome..."), this))
{
    setWindowTitle(tr("Registro delle attività"));
    auto* const column = new QVBoxLayout(this);
    column->setSpacing(10);
    QLabel* const why =
        plainLabel(tr("Chi ha fatto che cosa, e quando: accessi, letture di dati personali, modifiche. Il "
                      "file è firmato dal server, e l'esportazione stessa resta nel registro."),
                   this);
    why->setWordWrap(true);
    column->addWidget(why);
    column->addWidget(strip_);
    addFields();
    column->addWidget(bar_);
    bar_->hide();
    addButtons();
    nameControls(this);
    resize(fontMetrics().horizontalAdvance(u'm') * 34, sizeHint().height());
    growToFit(this);
    da_->setFocus();
}

void RegistroDialog::addFields()
{
    for (QDateEdit* const day : {da_, a_}) {
        day->setCalendarPopup(true);
        day->setDisplayFormat(u"dd/MM/yyyy"_s);
        day->setMaximumDate(QDate::currentDate());
    }
    formato_->addItem(tr("CSV, per i fogli di calcolo"), u"csv"_s);
    formato_->addItem(tr("JSON, una riga per attività"), u"jsonl"_s);
    auto* const form = new QFormLayout;
    form->addRow(tr("Dal giorno"), da_);
    form->addRow(tr("Al giorno, compreso"), a_);
    form->addRow(tr("Formato"), formato_);
    qobject_cast<QVBoxLayout*>(layout())->addLayout(form);
}

void RegistroDialog::addButtons()
{
    auto* const close = new QPushButton(tr("Chiudi"), this);
    close->setAutoDefault(false);
    makePrimary(save_);
    save_->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(save_, &QPushButton::clicked, this, &RegistroDialog::askWhere);
    connect(this, &QDialog::finished, bar_, &TransferBar::cancel);
    auto* const row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(close);
    row->addWidget(save_);
    qobject_cast<QVBoxLayout*>(layout())->addLayout(row);
}

QString RegistroDialog::formato() const
{
    return formato_->currentData().toString();
}

void RegistroDialog::askWhere()
{
    strip_->clear();
    if (da_->date() > a_->date()) {
        strip_->say(Strip::Tone::Error, tr("Il primo giorno viene dopo l'ultimo."));
        return;
    }
    auto* const dialog = new QFileDialog(this, tr("Salva il registro"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(
        u"registro-%1-%2.%3"_s.arg(da_->date().toString(Qt::ISODate), a_->date().toString(Qt::ISODate), formato()));
    connect(dialog, &QFileDialog::fileSelected, this, &RegistroDialog::saveTo);
    dialog->open();
}

void RegistroDialog::saveTo(const QString& target)
{
    const QString path =
        u"%1?da=%2&a=%3&formato=%4"_s.arg(QLatin1StringView(api::kAttivita), da_->date().toString(Qt::ISODate),
                                          a_->date().toString(Qt::ISODate), formato());
    save_->setEnabled(false);
    const Call call = client_.download(fromQt(path), target, this,
                                       [this, target](const Reply<Nothing>& reply) { ended(reply, target); });
    if (call) {
        bar_->setVisible(true);
        bar_->follow(call, tr("Registro delle attività"));
    }
}

void RegistroDialog::ended(const Reply<Nothing>& reply, const QString& target)
{
    bar_->hide();
    save_->setEnabled(true);
    if (reply.ok())
        strip_->say(Strip::Tone::Success, tr("File salvato: %1").arg(target));
    else if (reply.error().kind == Failure::Expired)
        reject();
    else if (reply.error().kind != Failure::Cancelled)
        strip_->say(Strip::Tone::Error, reply.error().sentence);
    growToFit(this);
}

}
