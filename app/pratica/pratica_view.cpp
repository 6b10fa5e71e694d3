#include "app/pratica/pratica_view.h"

#include "app/look/busy_bar.h"
#include "app/look/confirm.h"
#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/look/stato_look.h"
#include "app/look/strip.h"
#include "app/look/transfer_bar.h"
#include "app/pratica/allegati_widget.h"
#include "app/pratica/dati_widget.h"
#include "app/pratica/documenti_widget.h"
#include "app/pratica/iter_widget.h"
#include "app/pratica/scarico.h"
#include "app/text.h"

#include <QScrollArea>
#include <QScrollBar>

namespace sdc::app {
namespace {

QToolButton* barButton(const QString& picture, const QString& text, const QKeySequence& key, QWidget* parent)
{
    auto* const button = new QToolButton(parent);
    button->setProperty("kind", u"bar"_s);
    button->setIcon(icon(picture));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    explainKey(button, text, key);
    return button;
}

}

PraticaView::PraticaView(Client& client, Settings& settings, QWidget* parent)
    : QWidget(parent),
      client_(client),
      scarico_(new Scarico(client, settings, this)),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      transfer_(new TransferBar(this)),
      scroll_(new QScrollArea(this))
{
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    title_ = heading(Heading::Page, {}, this);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 0);
    column->setSpacing(8);
    column->addWidget(buildBar());
    column->addWidget(title_);
    column->addWidget(strip_);
    column->addWidget(transfer_);
    column->addWidget(busy_);
    column->addWidget(scroll_, 1);
    connectScarico();
    connect(busy_, &BusyBar::tookLong, this, &PraticaView::showWaiting);
}

void PraticaView::showWaiting()
{
    if (acting_)
        strip_->say(Strip::Tone::Info, tr("Il server non ha ancora confermato l'operazione."));
    else
        strip_->say(Strip::Tone::Info, tr("Il server non ha ancora risposto."), tr("Riprova"), [this] { reload(); });
    strip_->untilFresh();
}

QWidget* PraticaView::buildBar()
{
    auto* const bar = new QWidget(this);
    QToolButton* const back = barButton(u"back"_s, tr("Torna all'elenco"), QKeySequence(Qt::ALT | Qt::Key_Left), bar);
    previous_ = barButton(u"previous"_s, tr("Precedente"), QKeySequence(Qt::CTRL | Qt::Key_Up), bar);
    next_ = barButton(u"next"_s, tr("Successiva"), QKeySequence(Qt::CTRL | Qt::Key_Down), bar);
    connect(back, &QToolButton::clicked, this, &PraticaView::backAsked);
    connect(previous_, &QToolButton::clicked, this, [this] { emit stepAsked(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { emit stepAsked(1); });
    auto* const row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(back);
    row->addStretch(1);
    row->addWidget(previous_);
    row->addWidget(next_);
    return bar;
}

void PraticaView::connectScarico()
{
    connect(scarico_, &Scarico::started, transfer_, &TransferBar::follow);
    connect(scarico_, &Scarico::saved, this,
            [this](const QString& path) { strip_->say(Strip::Tone::Success, tr("File salvato: %1").arg(path)); });
    connect(scarico_, &Scarico::failed, this, [this](const Error& error, const std::function<void()>& again) {
        if (error.kind == Failure::Cancelled || error.kind == Failure::Expired)
            return;
        if (again)
            strip_->say(Strip::Tone::Error, error.sentence, tr("Riprova"), again);
        else
            strip_->say(Strip::Tone::Warning, error.sentence);
    });
}

bool PraticaView::isTransferring() const
{
    return transfer_->isRunning();
}

void PraticaView::load(const Id<Pratica>& id)
{
    if (id != id_)
        clear();
    id_ = id;
    reload();
}

void PraticaView::reload()
{
    busy_->setBusy(true);
    const int generation = ++generation_;
    client_.pratica(id_, this, [this, generation](const Reply<api::Dettaglio>& reply) {
        if (generation != generation_)
            return;
        receive(reply, [this] { reload(); });
        if (!reply.ok() && reply.error().kind != Failure::Expired)
            strip_->untilFresh();
    });
}

void PraticaView::receive(const Reply<api::Dettaglio>& reply, const std::function<void()>& again)
{
    busy_->setBusy(acting_);
    if (reply.ok()) {
        show(reply.value());
        emit arrived(reply.value());
    } else if (reply.error().kind != Failure::Expired && reply.error().kind != Failure::Cancelled) {
        strip_->say(Strip::Tone::Error, reply.error().sentence, tr("Riprova"), again);
    }
}

void PraticaView::show(const api::Dettaglio& dettaglio)
{
    ++generation_;
    busy_->setBusy(acting_);
    strip_->fresh();
    const bool same = dettaglio.id == id_ && dettaglio_.has_value();
    if (same && *dettaglio_ == dettaglio)
        return;
    if (dettaglio.id != id_)
        strip_->clear();
    id_ = dettaglio.id;
    dettaglio_ = dettaglio;
    const int place = same ? scroll_->verticalScrollBar()->value() : 0;
    rebuild();
    scroll_->verticalScrollBar()->setValue(place);
}

void PraticaView::clear()
{
    ++generation_;
    id_ = {};
    dettaglio_.reset();
    strip_->clear();
    title_->clear();
    columns_ = nullptr;
    delete scroll_->takeWidget();
}

void PraticaView::announce(const QString& sentence)
{
    strip_->say(Strip::Tone::Success, sentence);
}

void PraticaView::setNeighbours(bool previous, bool next)
{
    previous_->setEnabled(previous);
    next_->setEnabled(next);
}

void PraticaView::rebuild()
{
    title_->setText(u"%1 - %2"_s.arg(toQt(dettaglio_->servizio), toQt(dettaglio_->richiedente)));
    auto* const page = new QWidget;
    page->setObjectName(u"page"_s);
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight, page);
    columns_->setContentsMargins(0, 8, 8, 24);
    columns_->setSpacing(24);
    columns_->addWidget(buildLeft(page), 1);
    columns_->addWidget(buildRight(page), 0);
    delete scroll_->takeWidget();
    scroll_->setWidget(page);
    arrange();
}

QWidget* PraticaView::buildLeft(QWidget* page)
{
    auto* const left = new QWidget(page);
    auto* const column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    if (dettaglio_->esito)
        column->addWidget(esitoCard(*dettaglio_, *scarico_, left));
    column->addWidget(documentazioneCard(*dettaglio_, *scarico_, left));
    column->addWidget(datiCard(*dettaglio_, left));
    column->addWidget(allegatiCard(*dettaglio_, *scarico_, left));
    column->addStretch(1);
    return left;
}

QWidget* PraticaView::buildRight(QWidget* page)
{
    auto* const right = new QWidget(page);
    auto* const column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    column->addWidget(buildStato(right));
    QFrame* const iter = card(right);
    layoutOf(iter)->addWidget(heading(Heading::Section, tr("Iter della pratica"), iter));
    layoutOf(iter)->addWidget(new IterWidget(dettaglio_->iter, iter));
    column->addWidget(iter);
    column->addStretch(1);
    return right;
}

QWidget* PraticaView::buildStato(QWidget* parent)
{
    QFrame* const frame = card(parent);
    const StatoLook look = statoLook(dettaglio_->stato, colorsFor(palette()));
    auto* const mark = new QLabel(frame);
    mark->setPixmap(icon(look.icon, look.color).pixmap(QSize(24, 24), devicePixelRatioF()));
    auto* const row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(mark);
    row->addWidget(heading(Heading::Section, toQt(dettaglio_->statoNome), frame), 1);
    layoutOf(frame)->addLayout(row);
    const QString owner = dettaglio_->mia         ? tr("In carico a te")
                          : dettaglio_->operatore ? tr("In carico a %1").arg(toQt(dettaglio_->operatore->nome))
                                                  : tr("Nessuno l'ha ancora presa in carico");
    layoutOf(frame)->addWidget(mutedLabel(owner, frame));
    layoutOf(frame)->addWidget(buildActions(frame));
    return frame;
}

QWidget* PraticaView::buildActions(QWidget* parent)
{
    auto* const actions = new QWidget(parent);
    auto* const column = new QVBoxLayout(actions);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    const auto add = [&](const QString& text, const QString& picture, auto pressed) {
        auto* const button = new QPushButton(icon(picture), text, actions);
        button->setAccessibleDescription(title_->text());
        connect(button, &QPushButton::clicked, this, pressed);
        column->addWidget(button);
        return button;
    };
    if (dettaglio_->elaborabile) {
        QPushButton* const button = add(tr("Elabora"), u"pencil"_s, &PraticaView::elabora);
        button->setIcon(icon(u"pencil"_s, Qt::white));
        makePrimary(button);
        explainKey(button, tr("Elabora"), QKeySequence(Qt::CTRL | Qt::Key_E));
    }
    if (dettaglio_->prendibile) {
        QPushButton* const button = add(tr("Prendi in carico"), u"take"_s, &PraticaView::takeCharge);
        button->setIcon(icon(u"take"_s, Qt::white));
        makePrimary(button);
        explainKey(button, tr("Prendi in carico"), QKeySequence(Qt::CTRL | Qt::Key_T));
    }
    if (dettaglio_->rilasciabile)
        add(tr("Rilascia"), u"release"_s, &PraticaView::askToRelease);
    return actions;
}

void PraticaView::elabora()
{
    if (dettaglio_ && dettaglio_->elaborabile)
        emit elaboraAsked(*dettaglio_);
}

void PraticaView::takeCharge()
{
    if (dettaglio_ && dettaglio_->prendibile)
        askToTake();
}

void PraticaView::act(Call (Client::*request)(const Id<Pratica>&, QObject*, Then<api::Dettaglio>))
{
    if (acting_)
        return;
    acting_ = true;
    busy_->setBusy(true);
    const Id<Pratica> id = id_;
    (client_.*request)(id, this, [this, id, request](const Reply<api::Dettaglio>& reply) {
        acting_ = false;
        busy_->setBusy(false);
        emit changed();
        if (id != id_)
            return;
        receive(reply, [this, request] { act(request); });
        if (!reply.ok() && reply.error().kind == Failure::Conflict)
            reload();
    });
}

void PraticaView::askToTake()
{
    confirm(this,
            {tr("Confermi la presa in carico della pratica %1?").arg(toQt(dettaglio_->servizio)),
             tr("Richiedente: %1").arg(toQt(dettaglio_->richiedente)), tr("No, annulla l'operazione"),
             tr("Sì, sono sicuro")},
            [this] { act(&Client::takeCharge); });
}

void PraticaView::askToRelease()
{
    confirm(this,
            {tr("Rilasciare la pratica %1?").arg(toQt(dettaglio_->servizio)),
             tr("Tornerà tra le pratiche da assegnare e un altro operatore potrà prenderla in carico."),
             tr("No, annulla l'operazione"), tr("Sì, rilascia")},
            [this] { act(&Client::release); });
}

void PraticaView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void PraticaView::arrange()
{
    if (!columns_)
        return;
    // With large text or a narrow window the right column goes below the left one.
    const int em = fontMetrics().horizontalAdvance(u'm');
    const bool narrow = width() < em * 66;
    columns_->setDirection(narrow ? QBoxLayout::BottomToTop : QBoxLayout::LeftToRight);
    QWidget* const right = columns_->itemAt(1)->widget();
    right->setFixedWidth(narrow ? QWIDGETSIZE_MAX : em * 27);
    if (narrow)
        right->setMinimumWidth(0);
}

}
