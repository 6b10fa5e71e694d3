#include "app/esito/esito_wizard.h"

#include "app/esito/allegato_page.h"
#include "app/esito/decisione_page.h"
#include "app/look/busy_bar.h"
#include "app/look/columns.h"
#include "app/look/confirm.h"
#include "app/look/parts.h"
#include "app/look/picture.h"
#include "app/look/stepper.h"
#include "app/look/strip.h"
#include "app/look/transfer_bar.h"
#include "app/settings.h"
#include "app/text.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace sdc::app {
namespace {

/// Whether the server may have decided although no answer says so.
bool mayHaveArrived(const Error& error, bool sent)
{
    switch (error.kind) {
    case Failure::Cancelled:
    case Failure::Offline:
        return sent;
    case Failure::Unreadable:
        return true;
    default:
        return error.status >= 500;
    }
}

/// What a failed sending means for the outcome; the server's own refusals speak for themselves.
QString explained(const Error& error, bool sent)
{
    if (mayHaveArrived(error, sent))
        return error.sentence + u' ' +
               EsitoWizard::tr(
                   "Non si sa se l'esito sia arrivato: rivedere la pratica, oppure inviarlo di nuovo, perché "
                   "lo stesso esito non viene registrato due volte.");
    if (error.kind == Failure::Expired)
        return EsitoWizard::tr("L'esito non è stato inviato, perché la sessione era scaduta.");
    if (error.kind == Failure::Cancelled)
        return EsitoWizard::tr("L'invio è stato annullato: l'esito non è stato inviato.");
    if (error.kind == Failure::Offline)
        return error.sentence + u' ' + EsitoWizard::tr("L'esito non è stato inviato.");
    return error.sentence;
}

}

EsitoWizard::EsitoWizard(Client& client, BozzeEsito& bozze, Settings& settings, QWidget* parent)
    : QWidget(parent),
      client_(client),
      bozze_(bozze),
      settings_(settings),
      title_(heading(Heading::Page, {}, this)),
      stepper_(new Stepper({tr("Approva"), tr("Allega")}, this)),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      transfer_(new TransferBar(this)),
      pages_(new QStackedWidget(this)),
      decisione_(new DecisionePage(this)),
      allegato_(new AllegatoPage(this))
{
    pages_->addWidget(decisione_);
    pages_->addWidget(allegato_);
    auto* const main = new QWidget;
    auto* const top = new QVBoxLayout(main);
    top->setContentsMargins(0, 0, 0, 0);
    QFrame* const form = card(main);
    top->addWidget(form);
    top->addStretch(1);
    layoutOf(form)->addWidget(pages_, 1);
    layoutOf(form)->addWidget(transfer_);
    layoutOf(form)->addWidget(buildButtons());
    columns_ = new Columns(main, buildInfo(), Columns::Narrow::SideBelow);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(columns_);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 0);
    column->setSpacing(8);
    column->addWidget(buildBar());
    column->addWidget(title_);
    column->addWidget(stepper_);
    column->addWidget(strip_);
    column->addWidget(busy_);
    column->addWidget(scroll, 1);
    connectAll();
}

QWidget* EsitoWizard::buildBar()
{
    auto* const bar = new QWidget(this);
    QToolButton* const back = barButton(u"back"_s, tr("Torna alla pratica"), QKeySequence(Qt::ALT | Qt::Key_Left), bar);
    connect(back, &QToolButton::clicked, this, &EsitoWizard::backAsked);
    auto* const row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(back);
    row->addStretch(1);
    return bar;
}

QWidget* EsitoWizard::buildInfo()
{
    auto* const side = new QWidget(this);
    auto* const frame = new QFrame(side);
    frame->setProperty("kind", u"info"_s);
    info_ = plainLabel({}, frame);
    info_->setWordWrap(true);
    auto* const mark = new QLabel(frame);
    setPicture(mark, u"info"_s, Tint::Accent, 22);
    auto* const row = new QHBoxLayout(frame);
    row->setContentsMargins(16, 14, 16, 14);
    row->setSpacing(12);
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addWidget(info_, 1);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(heading(Heading::Section, tr("Info"), side));
    column->addWidget(frame);
    column->addStretch(1);
    return side;
}

QWidget* EsitoWizard::buildButtons()
{
    auto* const bar = new QWidget(this);
    indietro_ = new QPushButton(tr("Indietro"), bar);
    ricomincia_ = new QPushButton(tr("Ricomincia"), bar);
    avanti_ = new QPushButton(tr("Avanti"), bar);
    invia_ = new QPushButton(tr("Invia"), bar);
    makePrimary(avanti_);
    makePrimary(invia_);
    explainKey(indietro_, tr("Indietro"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    explainKey(ricomincia_, tr("Ricomincia"), QKeySequence(Qt::CTRL | Qt::Key_Home));
    explainKey(avanti_, tr("Avanti"), QKeySequence(Qt::CTRL | Qt::Key_Return));
    explainKey(invia_, tr("Invia"), QKeySequence(Qt::CTRL | Qt::Key_Return));
    auto* const row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    row->addWidget(indietro_);
    row->addWidget(ricomincia_);
    row->addStretch(1);
    row->addWidget(avanti_);
    row->addWidget(invia_);
    return bar;
}

void EsitoWizard::addKey(const QKeySequence& key, std::initializer_list<QPushButton*> buttons)
{
    auto* const shortcut = new QShortcut(key, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, [buttons = std::vector<QPushButton*>(buttons)] {
        // The first that is offered at this step: one key must not go two steps at once.
        const auto offered = std::find_if(buttons.begin(), buttons.end(),
                                          [](const QPushButton* b) { return b->isVisible() && b->isEnabled(); });
        if (offered != buttons.end())
            (*offered)->click();
    });
}

void EsitoWizard::connectAll()
{
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Return), {avanti_, invia_});
    addKey(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), {indietro_});
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Home), {ricomincia_});
    connect(&bozze_, &BozzeEsito::recalled, this, &EsitoWizard::refill);
    connect(decisione_, &DecisionePage::edited, this, &EsitoWizard::keep);
    connect(allegato_, &AllegatoPage::edited, this, &EsitoWizard::keep);
    connect(allegato_, &AllegatoPage::chooseAsked, this, &EsitoWizard::chooseFile);
    connect(indietro_, &QPushButton::clicked, this, [this] { goTo(0); });
    connect(ricomincia_, &QPushButton::clicked, this, &EsitoWizard::startAgain);
    connect(avanti_, &QPushButton::clicked, this, &EsitoWizard::forward);
    connect(invia_, &QPushButton::clicked, this, [this] {
        if (check())
            askToConclude();
    });
}

void EsitoWizard::refill()
{
    if (isVisible() && !call_ && bozze_.of(dettaglio_.id).revision == 0)
        open(dettaglio_);
}

void EsitoWizard::open(const api::Dettaglio& dettaglio)
{
    if (dettaglio.id != dettaglio_.id)
        strip_->clear();
    dettaglio_ = dettaglio;
    title_->setText(u"%1 - %2"_s.arg(toQt(dettaglio.servizio), toQt(dettaglio.richiedente)));
    filling_ = true;
    BozzaEsito& bozza = bozze_.find(dettaglio);
    if (dettaglio.id == sent_.id && dettaglio.versione != sent_.versione)
        bozza.fault.reset();
    decisione_->fill(bozza);
    allegato_->fill(bozza, dettaglio.certificato);
    filling_ = false;
    goTo(bozza.passo);
    updateSending();
    if (bozza.fault)
        showFailure(*bozza.fault);
}

void EsitoWizard::clear()
{
    ++generation_;
    if (call_)
        call_->cancel();
    call_.clear();
    sending_ = false;
    dettaglio_ = {};
    sent_ = {};
    title_->clear();
    strip_->clear();
    filling_ = true;
    decisione_->fill({});
    allegato_->fill({}, false);
    filling_ = false;
    updateSending();
}

bool EsitoWizard::isSending() const
{
    return sending_;
}

void EsitoWizard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    columns_->arrange(width());
}

void EsitoWizard::keep()
{
    if (filling_)
        return;
    BozzaEsito& bozza = bozze_.of(dettaglio_.id);
    bozza.approva = decisione_->approva();
    bozza.motivazione = decisione_->motivazione();
    bozza.file = allegato_->file();
    bozze_.keep(dettaglio_.id);
}

void EsitoWizard::goTo(int passo)
{
    BozzaEsito& bozza = bozze_.of(dettaglio_.id);
    const bool moved = std::exchange(bozza.passo, passo) != passo;
    if (moved && !bozza.isEmpty())
        bozze_.keep(dettaglio_.id);
    pages_->setCurrentIndex(passo);
    stepper_->setCurrent(passo);
    const bool first = passo == 0;
    info_->setText(first ? tr("Esprimi un esito sulla pratica ed eventualmente una motivazione")
                         : tr("Allega documentazione richiesta"));
    avanti_->setVisible(first);
    invia_->setVisible(!first);
    indietro_->setVisible(!first);
    ricomincia_->setVisible(!first);
    first ? decisione_->setFocusFirst() : allegato_->setFocusFirst();
}

void EsitoWizard::forward()
{
    if (!decisione_->check())
        return;
    strip_->clear();
    // Un rigetto non ha allegati: "Avanti" conclude (manual 2, Elabora).
    if (*decisione_->approva())
        goTo(1);
    else
        askToConclude();
}

void EsitoWizard::startAgain()
{
    // Come nella compilazione: al primo passo, con quanto scritto (manual 1.4.8).
    strip_->clear();
    goTo(0);
}

void EsitoWizard::chooseFile()
{
    auto* const dialog = new QFileDialog(this, tr("Carica un nuovo file.."), settings_.folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    if (dettaglio_.certificato)
        dialog->setNameFilter(tr("File firmati (*.p7m *.P7M)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        settings_.setFolder(QFileInfo(path).absolutePath());
        allegato_->setFile(path);
        allegato_->check();
    });
    dialog->open();
}

bool EsitoWizard::check()
{
    if (!decisione_->check()) {
        goTo(0);
        return false;
    }
    if (!*decisione_->approva() || allegato_->check())
        return true;
    goTo(1);
    return false;
}

void EsitoWizard::askToConclude()
{
    if (sending_) {
        strip_->say(Strip::Tone::Info,
                    tr("L'esito di %1 è ancora in viaggio: attendere che arrivi.").arg(toQt(sent_.servizio)));
        return;
    }
    const bool approva = *decisione_->approva();
    Question question;
    question.text = approva ? tr("Approvare la pratica %1?").arg(toQt(dettaglio_.servizio))
                            : tr("Rigettare la pratica %1?").arg(toQt(dettaglio_.servizio));
    question.detail = tr("L'esito viene comunicato a %1 e non si può più cambiare.").arg(toQt(dettaglio_.richiedente));
    question.safe = tr("No, annulla l'operazione");
    question.go = approva ? tr("Sì, approva") : tr("Sì, rigetta");
    confirm(this, question, [this] { send(); });
}

void EsitoWizard::sendAgain()
{
    if (!check())
        return;
    // What was confirmed once may go again; anything else is confirmed first.
    if (!sending_ && bozze_.of(dettaglio_.id).isAsSent())
        send();
    else
        askToConclude();
}

void EsitoWizard::send()
{
    BozzaEsito& bozza = bozze_.of(dettaglio_.id);
    Decision decision;
    decision.pratica = dettaglio_.id;
    decision.versione = dettaglio_.versione;
    decision.approva = bozza.approva.value_or(false);
    decision.motivazione = bozza.motivazione;
    decision.file = decision.approva ? bozza.file : QString();
    decision.chiave = bozza.keyForSending();
    // After a crash the same decision goes with the same key.
    bozze_.keepHere(dettaglio_.id);
    bozza.fault.reset();
    strip_->clear();
    sent_ = dettaglio_;
    sending_ = true;
    updateSending();
    call_ = client_.decide(decision, this, [this, generation = generation_](const Reply<api::Dettaglio>& reply) {
        if (generation == generation_)
            receive(reply);
    });
    const QString what = decision.file.isEmpty() ? tr("Invio dell'esito") : QFileInfo(decision.file).fileName();
    transfer_->follow(call_, what);
}

void EsitoWizard::receive(const Reply<api::Dettaglio>& reply)
{
    const bool left = call_ && call_->isSent();
    call_.clear();
    sending_ = false;
    updateSending();
    if (reply.ok()) {
        bozze_.remove(sent_.id);
        emit concluded(reply.value());
        return;
    }
    Error error = reply.error();
    error.sentence = explained(error, left);
    bozze_.of(sent_.id).fault = error;
    if (sent_.id == dettaglio_.id)
        showFailure(error);
    emit failed(sent_, error);
}

void EsitoWizard::showFaultOfField(const FieldProblem& field)
{
    if (field.field == "motivazione"_L1) {
        goTo(0);
        decisione_->showMotivazioneFault(field.sentence);
    } else if (field.field == "file"_L1) {
        allegato_->showFault(field.sentence);
    }
}

void EsitoWizard::showFailure(const Error& error)
{
    for (const FieldProblem& field : error.fields)
        showFaultOfField(field);
    const QString kept = error.sentence + u' ' + tr("Quanto scritto è rimasto.");
    if (error.kind == Failure::Conflict)
        strip_->say(Strip::Tone::Warning, kept, tr("Rivedi la pratica"), [this] { emit backAsked(); });
    else if (error.kind == Failure::Invalid)
        strip_->say(Strip::Tone::Error, kept);
    else
        strip_->say(Strip::Tone::Error, kept, tr("Riprova"), [this] { sendAgain(); });
}

void EsitoWizard::updateSending()
{
    const bool here = sending_ && sent_.id == dettaglio_.id;
    busy_->setBusy(here);
    for (QWidget* const widget : std::initializer_list<QWidget*>{pages_, indietro_, avanti_, invia_, ricomincia_})
        widget->setEnabled(!here);
}

}
