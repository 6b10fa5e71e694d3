#include "app/pratiche/ricerca_trovata.h"

#include "app/look/parts.h"
#include "app/pratiche/pratiche_model.h"
#include "app/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sdc::app {

RicercaTrovata::RicercaTrovata(QWidget* parent) : QWidget(parent), text_(plainLabel({}, this))
{
    auto* const leave = new QPushButton(tr("Togli la ricerca"), this);
    leave->setProperty("kind", u"link"_s);
    explainKey(leave, tr("Togli la ricerca"), QKeySequence(Qt::Key_Escape));
    connect(leave, &QPushButton::clicked, this, &RicercaTrovata::leaveAsked);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(text_);
    row->addWidget(leave);
    row->addStretch(1);
    hide();
}

void RicercaTrovata::tell(const PraticheModel& model)
{
    const QString& words = model.cerca();
    setVisible(!words.isEmpty());
    const int rows = model.rowCount();
    if (model.isPartial()) {
        text_->setText(tr("Più di %1 trovate con \"%2\": ecco le più recenti. Aggiungi una parola per restringere.")
                           .arg(italianNumber(rows), words));
        return;
    }
    text_->setText(rows == 1 ? tr("1 trovata con \"%1\"").arg(words)
                             : tr("%1 trovate con \"%2\"").arg(italianNumber(rows), words));
}

}
