#include "app/operatori/operatore_dialog.h"

#include "app/look/field.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/operatori/conferma_dialog.h"
#include "app/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sdc::app {

OperatoreDialog::OperatoreDialog(Client& client, api::ContoOperatore conto, QWidget* parent)
    : QDialog(parent),
      client_(client),
      conto_(std::move(conto)),
      strip_(new Strip(this)),
      ruolo_(new QComboBox(this)),
      tutti_(new QCheckBox(tr("Tutti i servizi, anche futuri"), this)),
      servizi_(new QListWidget(this)),
      save_(new QPushButton(tr("Salva"), this))
{
    setWindowTitle(isNew() ? tr("Nuovo operatore") : tr("Modifica operatore"));
    auto* const column = new QVBoxLayout(this);
    column->addWidget(strip_);
    addFields();
    addServizi();
    addButtons();
    connect(save_, &QPushButton::clicked, this, &OperatoreDialog::save);
    resize(fontMetrics().horizontalAdvance(u'm') * 36, sizeHint().height());
    growToFit(this);
    (isNew() ? username_ : nome_)->setFocus();
}

void OperatoreDialog::addFields()
{
    username_ = addField(tr("Nome utente"), conto_.username);
    username_->edit()->setReadOnly(!isNew());
    nome_ = addField(tr("Nome"), conto_.nome);
    cognome_ = addField(tr("Cognome"), conto_.cognome);
    email_ = addField(tr("Email"), conto_.email);
    ruolo_->addItems({tr("Operatore"), tr("Amministratore")});
    ruolo_->setCurrentIndex(conto_.amministratore ? 1 : 0);
    ruolo_->setAccessibleName(tr("Ruolo"));
    layout()->addWidget(plainLabel(tr("Ruolo"), this));
    layout()->addWidget(ruolo_);
}

void OperatoreDialog::addServizi()
{
    tutti_->setChecked(conto_.tuttiServizi);
    servizi_->setEnabled(!conto_.tuttiServizi);
    servizi_->setAccessibleName(tr("Servizi abilitati"));
    servizi_->setMinimumHeight(fontMetrics().height() * 6);
    connect(tutti_, &QCheckBox::toggled, servizi_, &QWidget::setDisabled);
    layout()->addWidget(tutti_);
    layout()->addWidget(plainLabel(tr("Servizi abilitati"), this));
    qobject_cast<QVBoxLayout*>(layout())->addWidget(servizi_, 1);
}

void OperatoreDialog::addButtons()
{
    if (isNew())
        layout()->addWidget(mutedLabel(tr("L'operatore riceve per email un link per scegliere la password."), this));
    auto* const buttons = new QHBoxLayout;
    auto* const cancel = new QPushButton(tr("Annulla"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    makePrimary(save_);
    save_->setDefault(true);
    // What the services are is still to be told.
    save_->setEnabled(false);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save_);
    qobject_cast<QVBoxLayout*>(layout())->addLayout(buttons);
    QWidget* before = username_->edit();
    for (QWidget* const next : std::initializer_list<QWidget*>{nome_->edit(), cognome_->edit(), email_->edit(), ruolo_,
                                                               tutti_, servizi_, cancel, save_})
        setTabOrder(std::exchange(before, next), next);
}

Field* OperatoreDialog::addField(const QString& label, const std::string& text)
{
    auto* const field = new Field(label, Field::Kind::Plain, this);
    field->edit()->setText(toQt(text));
    field->edit()->setMaxLength(254);
    layout()->addWidget(field);
    return field;
}

void OperatoreDialog::setServizi(const Reply<api::ConfigurazioneProtocollo>& servizi)
{
    if (!servizi.ok()) {
        // Saving without the list would take the services away.
        save_->setEnabled(false);
        strip_->say(Strip::Tone::Error, servizi.error().sentence);
        return;
    }
    save_->setEnabled(true);
    servizi_->clear();
    for (const api::RigaProtocollo& riga : servizi.value().righe) {
        auto* const item = new QListWidgetItem(toQt(riga.servizio), servizi_);
        const bool enabled =
            std::find(conto_.servizi.begin(), conto_.servizi.end(), riga.servizioSlug) != conto_.servizi.end();
        item->setData(Qt::UserRole, toQt(riga.servizioSlug));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(enabled ? Qt::Checked : Qt::Unchecked);
    }
}

api::ContoOperatore OperatoreDialog::typed() const
{
    api::ContoOperatore conto = conto_;
    conto.username = fromQt(username_->text().trimmed());
    conto.nome = fromQt(nome_->text().trimmed());
    conto.cognome = fromQt(cognome_->text().trimmed());
    conto.email = fromQt(email_->text().trimmed());
    conto.amministratore = ruolo_->currentIndex() == 1;
    conto.tuttiServizi = tutti_->isChecked();
    conto.servizi.clear();
    for (int row = 0; row < servizi_->count() && !conto.tuttiServizi; ++row) {
        if (servizi_->item(row)->checkState() == Qt::Checked)
            conto.servizi.push_back(fromQt(servizi_->item(row)->data(Qt::UserRole).toString()));
    }
    return conto;
}

void OperatoreDialog::save()
{
    strip_->clear();
    for (Field* const field : {username_, nome_, cognome_, email_})
        field->setFault({});
    save_->setEnabled(false);
    const auto then = [this](const Reply<api::ContoOperatore>& reply) { answer(reply); };
    if (conto_.id.empty())
        client_.addOperatore(typed(), this, then);
    else
        client_.changeOperatore(typed(), this, then);
}

void OperatoreDialog::showFaults(const Error& error)
{
    QStringList sentences{error.sentence};
    Field* first = nullptr;
    for (const FieldProblem& problem : error.fields) {
        Field* const field = problem.field == u"username"_s  ? username_
                             : problem.field == u"nome"_s    ? nome_
                             : problem.field == u"cognome"_s ? cognome_
                             : problem.field == u"email"_s   ? email_
                                                             : nullptr;
        if (field == nullptr)
            sentences.append(problem.sentence);
        else
            field->setFault(problem.sentence);
        first = first == nullptr ? field : first;
    }
    strip_->say(Strip::Tone::Error, sentences.join(u'\n'));
    if (first != nullptr)
        first->edit()->setFocus();
    growToFit(this);
}

void OperatoreDialog::answer(const Reply<api::ContoOperatore>& reply)
{
    save_->setEnabled(true);
    if (!reply.ok() && reply.error().serveConferma)
        return askConferma(client_, this, [this] { save(); });
    if (!reply.ok())
        return showFaults(reply.error());
    emit saved(conto_.id.empty()
                   ? tr("L'operatore è stato aggiunto: riceve per email un link per scegliere la password.")
                   : tr("Le modifiche sono state salvate."));
    accept();
}

}
