#include "app/esito/decisione_page.h"

#include "app/esito/bozza_esito.h"
#include "app/look/parts.h"
#include "app/text.h"
#include "core/base/text.h"
#include "ui_decisione_page.h"

namespace sdc::app {
namespace {

constexpr qint64 kLongestMotivazione = 10'000;

}

DecisionePage::DecisionePage(QWidget* parent) : QWidget(parent), ui_(std::make_unique<Ui::DecisionePage>())
{
    ui_->setupUi(this);
    dressAs(Heading::Section, ui_->title);
    ui_->choice->setProperty("kind", u"label"_s);
    ui_->motivazioneLabel->setProperty("kind", u"label"_s);
    ui_->choiceFault->setProperty("kind", u"fault"_s);
    ui_->motivazioneFault->setProperty("kind", u"fault"_s);
    ui_->count->setProperty("kind", u"muted"_s);
    nameControls(this);
    connect(ui_->approva, &QRadioButton::toggled, this, [this] {
        ui_->choiceFault->hide();
        showMotivazioneFault({});
        emit edited();
    });
    connect(ui_->rigetta, &QRadioButton::toggled, this, [this] {
        ui_->choiceFault->hide();
        emit edited();
    });
    connect(ui_->motivazione, &QPlainTextEdit::textChanged, this, [this] {
        showMotivazioneFault({});
        updateCount();
        emit edited();
    });
    updateCount();
}

DecisionePage::~DecisionePage() = default;

void DecisionePage::fill(const BozzaEsito& bozza)
{
    const QSignalBlocker silence(this);
    for (QRadioButton* const button : {ui_->approva, ui_->rigetta}) {
        button->setAutoExclusive(false);
        button->setChecked(bozza.approva && *bozza.approva == (button == ui_->approva));
        button->setAutoExclusive(true);
    }
    ui_->motivazione->setPlainText(bozza.motivazione);
    ui_->choiceFault->hide();
    showMotivazioneFault({});
    updateCount();
}

std::optional<bool> DecisionePage::approva() const
{
    if (ui_->approva->isChecked())
        return true;
    if (ui_->rigetta->isChecked())
        return false;
    return std::nullopt;
}

QString DecisionePage::motivazione() const
{
    return ui_->motivazione->toPlainText();
}

bool DecisionePage::check()
{
    const auto decision = approva();
    if (!decision) {
        ui_->choiceFault->setText(tr("Scegliere se approvare o rigettare la pratica."));
        ui_->choiceFault->show();
        ui_->approva->setFocus();
        return false;
    }
    // Il rigetto va motivato (L. 241/1990 art. 3).
    if (!*decision && motivazione().trimmed().isEmpty()) {
        showMotivazioneFault(tr("Il rigetto va motivato: scrivere al cittadino perché la richiesta non è accolta."));
        return false;
    }
    if (static_cast<qint64>(codePoints(fromQt(motivazione()))) > kLongestMotivazione) {
        showMotivazioneFault(tr("La motivazione è troppo lunga: al massimo 10.000 caratteri."));
        return false;
    }
    return true;
}

void DecisionePage::showMotivazioneFault(const QString& fault)
{
    ui_->motivazioneFault->setText(fault);
    ui_->motivazione->setProperty("fault", !fault.isEmpty());
    ui_->motivazione->setAccessibleDescription(fault);
    restyle(ui_->motivazione);
    if (!fault.isEmpty())
        ui_->motivazione->setFocus();
}

void DecisionePage::setFocusFirst()
{
    (ui_->rigetta->isChecked() ? ui_->rigetta : ui_->approva)->setFocus();
}

void DecisionePage::updateCount()
{
    const auto length = static_cast<qint64>(codePoints(fromQt(motivazione())));
    ui_->count->setText(tr("%1 di %2 caratteri").arg(italianNumber(length), italianNumber(kLongestMotivazione)));
}

}
