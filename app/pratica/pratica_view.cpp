#include "app/pratica/pratica_view.h"

#include "app/look/busy_bar.h"
#include "app/look/columns.h"
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
#include "app/pratica/presa_in_carico.h"
#include "app/pratica/scarico.h"
#include "app/text.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sdc::app {
namespace {

/// What a control is known by when the page is built anew.
QString knownAs(const QWidget* control)
{
    const auto* const button = qobject_cast<const QAbstractButton*>(control);
    const auto* const label = qobject_cast<const QLabel*>(control);
    const QString text = button ? button->text() : label ? label->text() : QString();
    return QStringList{control->objectName(), control->accessibleName(), control->accessibleDescription(), text}.join(
        u'\n');
}

QString ownerOf(const api::Dettaglio& dettaglio)
{
    const bool decided = dettaglio.esito.has_value();
    if (dettaglio.mia)
        return decided ? PraticaView::tr("Decisa da te") : PraticaView::tr("In carico a te");
    if (dettaglio.operatore) {
        const QString nome = toQt(dettaglio.operatore->nome);
        return decided ? PraticaView::tr("Decisa da %1").arg(nome) : PraticaView::tr("In carico a %1").arg(nome);
    }
    const bool waits = dettaglio.prendibile || (!decided && !dettaglio.protocollo);
    return waits ? PraticaView::tr("Nessuno l'ha ancora presa in carico") : QString();
}

}

PraticaView::PraticaView(Client& client, Settings& settings, QWidget* parent)
    : QWidget(parent),
      client_(client),
      scarico_(new Scarico(client, settings, this)),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      transfers_(new QVBoxLayout),
      scroll_(new QScrollArea(this))
{
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(scroll_);
    title_ = heading(Heading::Page, {}, this);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 0);
    column->setSpacing(8);
    column->addWidget(buildBar());
    column->addWidget(title_);
    column->addWidget(strip_);
    column->addLayout(transfers_);
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
    connect(scarico_, &Scarico::started, this, [this](const Call& call, const QString& nome) {
        if (!call)
            return;
        auto* const bar = new TransferBar(this);
        transfers_->addWidget(bar);
        bar->follow(call, nome);
        connect(call, &QObject::destroyed, bar, &QObject::deleteLater);
    });
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
    const auto bars = findChildren<TransferBar*>();
    return std::any_of(bars.begin(), bars.end(), [](const TransferBar* bar) { return bar->isRunning(); });
}

void PraticaView::cancelTransfers()
{
    const auto bars = findChildren<TransferBar*>();
    for (TransferBar* const bar : bars)
        bar->cancel();
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
    const QWidget* const focused = window()->focusWidget();
    const bool inside = same && focused && scroll_->isAncestorOf(focused);
    const QString known = inside ? knownAs(focused) : QString();
    rebuild();
    keepPlace(known, place);
}

void PraticaView::keepPlace(const QString& focused, int place)
{
    // The new page has its height only once it is laid out.
    QTimer::singleShot(0, columns_, [this, place] { scroll_->verticalScrollBar()->setValue(place); });
    if (focused.isEmpty())
        return;
    const auto controls = columns_->findChildren<QWidget*>();
    const auto found = std::find_if(controls.begin(), controls.end(), [&focused](const QWidget* control) {
        return control->focusPolicy() != Qt::NoFocus && knownAs(control) == focused;
    });
    (found == controls.end() ? scroll_ : *found)->setFocus(Qt::OtherFocusReason);
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
    scroll_->setAccessibleName(title_->text());
    delete scroll_->takeWidget();
    columns_ = new Columns(buildLeft(), buildRight(), Columns::Narrow::SideAbove);
    scroll_->setWidget(columns_);
    columns_->arrange(width());
}

QWidget* PraticaView::buildLeft()
{
    auto* const left = new QWidget;
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

QWidget* PraticaView::buildRight()
{
    auto* const right = new QWidget;
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
    if (const QString owner = ownerOf(*dettaglio_); !owner.isEmpty())
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
    if (dettaglio_->rilasciabile) {
        QPushButton* const button = add(tr("Rilascia"), u"release"_s, &PraticaView::release);
        explainKey(button, tr("Rilascia"), QKeySequence(Qt::CTRL | Qt::Key_R));
    }
    return actions;
}

void PraticaView::elabora()
{
    if (dettaglio_ && dettaglio_->elaborabile)
        emit elaboraAsked(*dettaglio_);
}

void PraticaView::takeCharge()
{
    if (!dettaglio_ || !dettaglio_->prendibile)
        return;
    confirmPresaInCarico(this, dettaglio_->servizio, dettaglio_->richiedente, dettaglio_->protocollo,
                         [this] { act(&Client::takeCharge); });
}

void PraticaView::release()
{
    if (dettaglio_ && dettaglio_->rilasciabile)
        askToRelease();
}

void PraticaView::saveModulo()
{
    if (auto* const button = findChild<QPushButton*>(u"modulo"_s))
        button->click();
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

void PraticaView::askToRelease()
{
    confirm(
        this,
        {tr("Rilasciare la pratica %1?").arg(toQt(dettaglio_->servizio)),
         tr("Tornerà tra le pratiche da assegnare e un altro operatore potrà prenderla in carico. Un esito iniziato "
            "va perso."),
         tr("No, annulla l'operazione"), tr("Sì, rilascia")},
        [this] { act(&Client::release); });
}

void PraticaView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (columns_)
        columns_->arrange(width());
}

void PraticaView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    // Its pictures are drawn in the colours of the moment.
    if (event->type() == QEvent::PaletteChange && dettaglio_)
        QTimer::singleShot(0, this, [this] {
            if (dettaglio_)
                rebuild();
        });
}

}
