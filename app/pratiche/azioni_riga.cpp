#include "app/pratiche/azioni_riga.h"

#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/text.h"
#include "core/pratica/stato.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace sdc::app {
namespace {

QKeySequence openKey()
{
    return {Qt::Key_Return};
}

QKeySequence takeKey()
{
    return {Qt::CTRL | Qt::Key_T};
}

}

AzioniRiga::AzioniRiga(QWidget* parent)
    : QWidget(parent),
      open_(new QPushButton(icon(u"document"_s), tr("Vedi dettaglio"), this)),
      take_(new QPushButton(icon(u"take"_s), tr("Prendi in carico"), this)),
      hint_(mutedLabel({}, this))
{
    hint_->setWordWrap(false);
    explainKey(open_, tr("Vedi dettaglio"), openKey());
    explainKey(take_, tr("Prendi in carico"), takeKey());
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    row->addWidget(open_);
    row->addWidget(take_);
    row->addSpacing(8);
    row->addWidget(hint_, 1);
    connect(open_, &QPushButton::clicked, this, &AzioniRiga::openAsked);
    connect(take_, &QPushButton::clicked, this, &AzioniRiga::takeAsked);
}

void AzioniRiga::offer(const api::Riga* riga, const Momento& momento)
{
    const bool ofNow = riga && momento.ofNow;
    open_->setEnabled(ofNow);
    take_->setEnabled(ofNow && riga->prendibile && !momento.taking);
    hint_->clear();
    if (riga)
        explain(*riga);
    else
        hint_->setText(momento.anyRows ? tr("Scegliere una riga per agire sulla pratica.") : QString());
}

void AzioniRiga::explain(const api::Riga& riga)
{
    const QString number = riga.protocollo ? toQt(*riga.protocollo) : tr("In attesa di protocollazione");
    const QString whose = u"%1, %2"_s.arg(number, toQt(riga.richiedente));
    open_->setAccessibleDescription(whose);
    take_->setAccessibleDescription(whose);
    const auto stato = statoFromCode(riga.stato);
    const bool decided = stato && isDecided(*stato);
    if (riga.operatore && !riga.mia)
        hint_->setText((decided ? tr("Decisa da %1") : tr("In carico a %1")).arg(toQt(riga.operatore->nome)));
    else if (!riga.protocollo)
        hint_->setText(tr("Si potrà prendere in carico appena avrà il numero di protocollo."));
}

void AzioniRiga::forbidTaking()
{
    take_->setEnabled(false);
}

bool AzioniRiga::mayTake() const
{
    return take_->isEnabled();
}

void AzioniRiga::addTo(QMenu& menu)
{
    const auto add = [&](QPushButton* button, const QKeySequence& key, void (AzioniRiga::*asked)()) {
        QAction* const action = menu.addAction(button->icon(), button->text(), key, this, asked);
        // Only shown here: the key itself belongs to the page.
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setEnabled(button->isEnabled());
    };
    add(open_, openKey(), &AzioniRiga::openAsked);
    add(take_, takeKey(), &AzioniRiga::takeAsked);
}

}
