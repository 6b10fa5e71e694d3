#include "app/esito/esito_wizard.h"

#include "app/esito/allegato_page.h"
#include "app/esito/decisione_page.h"
#include "app/look/busy_bar.h"
#include "app/look/confirm.h"
#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/look/stepper.h"
#include "app/look/strip.h"
#include "app/look/transfer_bar.h"
#include "app/settings.h"
#include "app/text.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QScrollArea>
#include <QStackedWidget>

namespace sdc::app {

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
    auto* const body = new QWidget;
    body->setObjectName(u"page"_s);
    QFrame* const form = card(body);
    layoutOf(form)->addWidget(pages_, 1);
    layoutOf(form)->addWidget(transfer_);
    layoutOf(form)->addWidget(buildButtons());
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight, body);
    columns_->setContentsMargins(0, 8, 8, 24);
    columns_->setSpacing(24);
    columns_->addWidget(form, 1, Qt::AlignTop);
    columns_->addWidget(buildInfo(), 0, Qt::AlignTop);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(body);
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
    auto* const back = new QToolButton(bar);
    back->setProperty("kind", u"bar"_s);
    back->setIcon(icon(u"back"_s));
    back->setText(tr("Torna alla pratica"));
    back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back->setFocusPolicy(Qt::StrongFocus);
    explainKey(back, tr("Torna alla pratica"), QKeySequence(Qt::ALT | Qt::Key_Left));
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
    side->setFixedWidth(fontMetrics().horizontalAdvance(u'm') * 26);
    auto* const frame = new QFrame(side);
    frame->setProperty("kind", u"info"_s);
    info_ = plainLabel({}, frame);
    info_->setWordWrap(true);
    auto* const mark = new QLabel(frame);
    mark->setPixmap(icon(u"info"_s, palette().color(QPalette::Link)).pixmap(QSize(22, 22), devicePixelRatioF()));
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

void EsitoWizard::connectAll()
{
    connect(decisione_, &DecisionePage::edited, this, &EsitoWizard::keep);
    connect(allegato_, &AllegatoPage::edited, this, &EsitoWizard::keep);
    connect(allegato_, &AllegatoPage::chooseAsked, this, &EsitoWizard::chooseFile);
    connect(indietro_, &QPushButton::clicked, this, [this] { goTo(0); });
    connect(ricomincia_, &QPushButton::clicked, this, &EsitoWizard::startAgain);
    connect(avanti_, &QPushButton::clicked, this, &EsitoWizard::forward);
    connect(invia_, &QPushButton::clicked, this, [this] {
        if (allegato_->check())
            askToConclude();
    });
}

void EsitoWizard::open(const api::Dettaglio& dettaglio)
{
    if (dettaglio.id != dettaglio_.id)
        strip_->clear();
    dettaglio_ = dettaglio;
    title_->setText(u"%1 - %2"_s.arg(toQt(dettaglio.servizio), toQt(dettaglio.richiedente)));
    filling_ = true;
    const BozzaEsito bozza = bozze_.of(dettaglio.id);
    decisione_->fill(bozza);
    allegato_->fill(bozza, dettaglio.certificato);
    filling_ = false;
    goTo(bozza.passo);
}

bool EsitoWizard::isSending() const
{
    return !call_.isNull();
}

void EsitoWizard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < fontMetrics().horizontalAdvance(u'm') * 66;
    columns_->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void EsitoWizard::keep()
{
    if (filling_)
        return;
    BozzaEsito& bozza = bozze_.of(dettaglio_.id);
    bozza.approva = decisione_->approva();
    bozza.motivazione = decisione_->motivazione();
    bozza.file = allegato_->file();
    ricomincia_->setEnabled(!bozza.isEmpty());
}

void EsitoWizard::goTo(int passo)
{
    bozze_.of(dettaglio_.id).passo = passo;
    pages_->setCurrentIndex(passo);
    stepper_->setCurrent(passo);
    const bool first = passo == 0;
    info_->setText(first ? tr("Esprimi un esito sulla pratica ed eventualmente una motivazione")
                         : tr("Allega documentazione richiesta"));
    avanti_->setVisible(first);
    invia_->setVisible(!first);
    indietro_->setVisible(!first);
    ricomincia_->setEnabled(!bozze_.of(dettaglio_.id).isEmpty());
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
    bozze_.remove(dettaglio_.id);
    strip_->clear();
    open(dettaglio_);
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

void EsitoWizard::askToConclude()
{
    const bool approva = *decisione_->approva();
    Question question;
    question.text = approva ? tr("Approvare la pratica %1?").arg(toQt(dettaglio_.servizio))
                            : tr("Rigettare la pratica %1?").arg(toQt(dettaglio_.servizio));
    question.detail = tr("L'esito viene comunicato a %1 e non si può più cambiare.").arg(toQt(dettaglio_.richiedente));
    question.safe = tr("No, annulla l'operazione");
    question.go = approva ? tr("Sì, approva") : tr("Sì, rigetta");
    confirm(this, question, [this] { send(); });
}

void EsitoWizard::send()
{
    keep();
    BozzaEsito& bozza = bozze_.of(dettaglio_.id);
    Decision decision;
    decision.pratica = dettaglio_.id;
    decision.versione = dettaglio_.versione;
    decision.approva = bozza.approva.value_or(false);
    decision.motivazione = bozza.motivazione;
    decision.file = decision.approva ? bozza.file : QString();
    decision.chiave = bozza.keyForSending();
    strip_->clear();
    setSending(true);
    call_ = client_.decide(decision, this,
                           [this, id = dettaglio_.id](const Reply<api::Dettaglio>& reply) { receive(id, reply); });
    const QString what = decision.file.isEmpty() ? tr("Invio dell'esito") : QFileInfo(decision.file).fileName();
    transfer_->follow(call_, what);
}

void EsitoWizard::receive(const Id<Pratica>& id, const Reply<api::Dettaglio>& reply)
{
    call_.clear();
    setSending(false);
    if (reply.ok()) {
        bozze_.remove(id);
        emit concluded(reply.value());
    } else if (id == dettaglio_.id) {
        showFailure(reply.error());
    }
}

void EsitoWizard::showFailure(const Error& error)
{
    if (error.kind == Failure::Expired)
        return;
    for (const FieldProblem& field : error.fields) {
        if (field.field == "motivazione"_L1) {
            goTo(0);
            decisione_->showMotivazioneFault(field.sentence);
        } else if (field.field == "file"_L1) {
            allegato_->showFault(field.sentence);
        }
    }
    const QString kept = error.sentence + u' ' + tr("Quanto scritto è rimasto.");
    if (error.kind == Failure::Conflict)
        strip_->say(Strip::Tone::Warning, kept, tr("Rivedi la pratica"), [this] { emit backAsked(); });
    else if (error.kind == Failure::Invalid)
        strip_->say(Strip::Tone::Error, kept);
    else
        strip_->say(Strip::Tone::Error, kept, tr("Riprova"), [this] { send(); });
}

void EsitoWizard::setSending(bool sending)
{
    busy_->setBusy(sending);
    for (QWidget* const widget : std::initializer_list<QWidget*>{pages_, indietro_, avanti_, invia_, ricomincia_})
        widget->setEnabled(!sending);
    if (!sending)
        ricomincia_->setEnabled(!bozze_.of(dettaglio_.id).isEmpty());
}

}
