#include "app/pratiche/elenco_vuoto.h"

#include "app/look/parts.h"
#include "app/look/picture.h"
#include "app/text.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sdc::app {
namespace {

QString emptyReason(int tab)
{
    switch (tab) {
    case 0:
        return ElencoVuoto::tr("Nessuna pratica è in carico a te. Quelle che aspettano un operatore sono in "
                               "\"Pratiche da assegnare\".");
    case 1:
        return ElencoVuoto::tr("Tutte le pratiche inviate hanno già un operatore. Le nuove compariranno qui da sole.");
    case 2:
        return ElencoVuoto::tr("Ancora nessuna pratica dei tuoi servizi ha avuto un esito.");
    default:
        return ElencoVuoto::tr("I cittadini non hanno ancora inviato pratiche per i tuoi servizi.");
    }
}

}

ElencoVuoto::ElencoVuoto(QWidget* parent) : QWidget(parent)
{
    QFrame* const page = card(this);
    QVBoxLayout* const column = layoutOf(page);
    auto* const picture = new QLabel(page);
    setPicture(picture, u"empty"_s, Tint::Muted, 56);
    title_ = heading(Heading::Section, {}, page);
    text_ = mutedLabel({}, page);
    action_ = new QPushButton(tr("Aggiorna"), page);
    for (QLabel* const label : {picture, title_, text_})
        label->setAlignment(Qt::AlignHCenter);
    column->addStretch(2);
    column->addWidget(picture);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addSpacing(8);
    column->addWidget(action_, 0, Qt::AlignHCenter);
    column->addStretch(3);
    auto* const whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(page);
    connect(action_, &QPushButton::clicked, this, &ElencoVuoto::actionAsked);
}

void ElencoVuoto::explain(int tab, const QString& cerca)
{
    if (!cerca.isEmpty()) {
        title_->setText(tr("Nessuna pratica trovata"));
        text_->setText(tr("In questo elenco nulla corrisponde a \"%1\". Si può cercare per numero di protocollo, "
                          "richiedente, servizio.")
                           .arg(cerca));
        action_->setText(tr("Togli la ricerca"));
        return;
    }
    title_->setText(tr("Nessuna pratica in questo elenco"));
    text_->setText(emptyReason(tab));
    action_->setText(tab == 0 ? tr("Vai alle pratiche da assegnare") : tr("Aggiorna"));
}

}
