#include "app/pratiche/pratiche_view.h"

#include "app/look/busy_bar.h"
#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/pratica/presa_in_carico.h"
#include "app/pratiche/elenchi_ricordati.h"
#include "app/pratiche/elenco_vuoto.h"
#include "app/pratiche/pratiche_table.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "core/base/time.h"
#include "core/pratica/stato.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace sdc::app {
namespace {

constexpr std::array<const char*, 4> kElenchi = {"gestire", "assegnare", "concluse", "tutte"};

QString elencoOf(int tab)
{
    return QLatin1String(kElenchi.at(static_cast<std::size_t>(tab)));
}

std::array<std::int64_t, 4> inOrder(const api::Conteggi& conteggi)
{
    return {conteggi.gestire, conteggi.assegnare, conteggi.concluse, conteggi.tutte};
}

std::array<QString, 4> labels()
{
    return {PraticheView::tr("Pratiche da gestire"), PraticheView::tr("Pratiche da assegnare"),
            PraticheView::tr("Pratiche concluse"), PraticheView::tr("Tutte le pratiche dell'ente")};
}

}

PraticheView::PraticheView(Client& client, Settings& settings, Vault& vault, QWidget* parent)
    : QWidget(parent),
      client_(client),
      vault_(vault),
      model_(client),
      tabs_(new QTabBar(this)),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      body_(new QStackedWidget(this)),
      table_(new PraticheTable(model_, settings, this)),
      empty_(new ElencoVuoto(this))
{
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setUsesScrollButtons(true);
    tabs_->setElideMode(Qt::ElideNone);
    tabs_->setAccessibleName(tr("Elenchi di pratiche"));
    for (const QString& label : labels())
        tabs_->addTab(label);
    body_->addWidget(table_);
    body_->addWidget(empty_);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(8);
    column->addWidget(tabs_);
    column->addWidget(strip_);
    column->addWidget(busy_);
    column->addWidget(buildFound());
    recalled_ = mutedLabel({}, this);
    recalled_->hide();
    column->addWidget(recalled_);
    column->addWidget(body_, 1);
    column->addWidget(buildActions());
    connectAll();
    updateActions();
}

void PraticheView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    table_->spreadColumns(width());
}

QWidget* PraticheView::buildActions()
{
    auto* const bar = new QWidget(this);
    open_ = new QPushButton(icon(u"document"_s), tr("Vedi dettaglio"), bar);
    take_ = new QPushButton(icon(u"take"_s), tr("Prendi in carico"), bar);
    hint_ = mutedLabel({}, bar);
    hint_->setWordWrap(false);
    explainKey(open_, tr("Vedi dettaglio"), QKeySequence(Qt::Key_Return));
    explainKey(take_, tr("Prendi in carico"), QKeySequence(Qt::CTRL | Qt::Key_T));
    auto* const row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    row->addWidget(open_);
    row->addWidget(take_);
    row->addSpacing(8);
    row->addWidget(hint_, 1);
    return bar;
}

QWidget* PraticheView::buildFound()
{
    found_ = new QWidget(this);
    foundText_ = plainLabel({}, found_);
    auto* const leave = new QPushButton(tr("Togli la ricerca"), found_);
    leave->setProperty("kind", u"link"_s);
    explainKey(leave, tr("Togli la ricerca"), QKeySequence(Qt::Key_Escape));
    connect(leave, &QPushButton::clicked, this, &PraticheView::leaveSearch);
    auto* const row = new QHBoxLayout(found_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(foundText_);
    row->addWidget(leave);
    row->addStretch(1);
    found_->hide();
    return found_;
}

void PraticheView::connectAll()
{
    connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
        beginning_ = false;
        selectedId_.reset();
        openRow_ = -1;
        strip_->clear();
        model_.setElenco(elencoOf(tab));
        recall();
    });
    connectModel();
    connectTable();
    connectKeys();
    connect(busy_, &BusyBar::tookLong, this, &PraticheView::showWaiting);
    connect(open_, &QPushButton::clicked, this, &PraticheView::openSelected);
    connect(take_, &QPushButton::clicked, this, &PraticheView::takeSelected);
    connect(empty_, &ElencoVuoto::actionAsked, this, [this] {
        if (!model_.cerca().isEmpty())
            leaveSearch();
        else if (tabs_->currentIndex() == 0)
            showTab(1);
        else
            refresh();
    });
}

void PraticheView::connectModel()
{
    connect(&model_, &PraticheModel::counted, this, [this](const api::Conteggi& conteggi, qint64 cambiamento) {
        showCounts(conteggi);
        emit counted(conteggi, cambiamento);
        if (beginning_)
            chooseFirstTab(conteggi);
    });
    connect(&model_, &PraticheModel::opened, this,
            [this](const api::ElencoPratiche& elenco) { remember(vault_, elenco); });
    connect(&model_, &PraticheModel::arrived, this, &PraticheView::showArrived);
    connect(&model_, &PraticheModel::failed, this, &PraticheView::showFailure);
    connect(&model_, &PraticheModel::loadingChanged, this,
            [this](bool loading) { busy_->setBusy(loading || taking_); });
    connect(&model_, &PraticheModel::modelReset, this, [this] {
        selectedRow_ = 0;
        askedAnew_ = true;
    });
}

void PraticheView::connectTable()
{
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                const api::Riga* const riga = current.isValid() ? model_.riga(current.row()) : nullptr;
                if (current.isValid())
                    selectedRow_ = current.row();
                if (riga)
                    selectedId_ = riga->id;
                else if (current.isValid())
                    selectedId_.reset();
                updateActions();
            });
    connect(table_, &PraticheTable::actionAsked, this, [this](const QModelIndex& index) {
        table_->setCurrentIndex(index);
        index.data(PraticheModel::ActionTakesRole).toBool() ? takeSelected() : openSelected();
    });
    connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        if (index.column() != PraticheModel::Azione)
            openSelected();
    });
    connect(table_, &QTableView::customContextMenuRequested, this, &PraticheView::showMenu);
}

void PraticheView::connectKeys()
{
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* const shortcut = new QShortcut(key, table_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, &PraticheView::openSelected);
    }
    auto* const leave = new QShortcut(Qt::Key_Escape, this);
    leave->setContext(Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, &PraticheView::leaveSearch);
}

void PraticheView::leaveSearch()
{
    if (model_.cerca().isEmpty())
        return;
    emit searchCleared();
    focusTable();
}

void PraticheView::begin()
{
    beginning_ = true;
    opening_ = true;
    strip_->clear();
    model_.clear();
    const QSignalBlocker silence(tabs_);
    tabs_->setCurrentIndex(0);
    model_.setElenco(elencoOf(0));
    recall();
}

void PraticheView::recall()
{
    if (model_.rowCount() > 0 || !model_.cerca().isEmpty())
        return;
    if (const auto first = beginning_ ? remembered(vault_, elencoOf(0)) : std::nullopt) {
        showCounts(first->elenco.conteggi);
        chooseFirstTab(first->elenco.conteggi);
        // Those of now may choose another one.
        beginning_ = true;
    }
    if (const auto known = remembered(vault_, elencoOf(tabs_->currentIndex()))) {
        model_.recall(known->elenco, known->quando);
        showRecalled();
    }
}

void PraticheView::showRecalled()
{
    const auto& when = model_.recalled();
    recalled_->setVisible(when.has_value());
    if (!when)
        return;
    const auto shown = toQt(onScreen(Instant(std::chrono::seconds(when->toSecsSinceEpoch()))));
    recalled_->setText(tr("Elenco ricevuto il %1 alle %2").arg(shown.left(10), shown.right(5)));
    body_->setCurrentIndex(0);
    settleSelection();
    if (opening_)
        focusTable();
    updateActions();
}

void PraticheView::chooseFirstTab(const api::Conteggi& conteggi)
{
    beginning_ = false;
    const auto counts = inOrder(conteggi);
    for (std::size_t tab = 0; tab < counts.size(); ++tab) {
        if (counts.at(tab) > 0) {
            tabs_->setCurrentIndex(static_cast<int>(tab));
            return;
        }
    }
}

void PraticheView::refresh()
{
    model_.refresh();
}

void PraticheView::clear()
{
    selectedId_.reset();
    openId_ = {};
    openRow_ = -1;
    strip_->clear();
    model_.clear();
    recalled_->hide();
    showFound();
    showCounts(std::nullopt);
}

void PraticheView::showTab(int tab)
{
    tabs_->setCurrentIndex(tab);
    focusTable();
}

void PraticheView::setCerca(const QString& words)
{
    model_.setCerca(words);
}

void PraticheView::focusTable()
{
    if (!table_->currentIndex().isValid() && model_.rowCount() > 0)
        table_->selectRow(0);
    body_->currentWidget() == table_ ? table_->setFocus() : tabs_->setFocus();
}

std::optional<Id<Pratica>> PraticheView::neighbour(const Id<Pratica>& id, int step)
{
    const int row = model_.rowOf(id);
    if (row < 0 && (id != openId_ || openRow_ < 0))
        return std::nullopt;
    // Once it has left the list, the next one stands in its place.
    const int gap = row < 0 && step > 0 ? step - 1 : step;
    const int target = (row < 0 ? openRow_ : row) + gap;
    model_.fetchRow(target);
    const api::Riga* const riga = model_.riga(target);
    return riga ? std::optional(riga->id) : std::nullopt;
}

void PraticheView::select(const Id<Pratica>& id)
{
    const int row = model_.rowOf(id);
    if (id != openId_ || row >= 0)
        openRow_ = row;
    openId_ = id;
    if (row >= 0)
        choose(row, true);
}

void PraticheView::showCounts(const std::optional<api::Conteggi>& conteggi)
{
    const auto counts = inOrder(conteggi.value_or(api::Conteggi{}));
    const auto names = labels();
    for (std::size_t tab = 0; tab < counts.size(); ++tab) {
        const QString text = conteggi ? u"%1 (%2)"_s.arg(names.at(tab), italianNumber(counts.at(tab))) : names.at(tab);
        if (tabs_->tabText(static_cast<int>(tab)) != text)
            tabs_->setTabText(static_cast<int>(tab), text);
    }
}

void PraticheView::showArrived()
{
    strip_->fresh();
    const bool empty = model_.rowCount() == 0;
    body_->setCurrentIndex(empty ? 1 : 0);
    if (empty)
        empty_->explain(tabs_->currentIndex(), model_.cerca());
    showFound();
    showRecalled();
    settleSelection();
    if (const int row = model_.rowOf(openId_); row >= 0)
        openRow_ = row;
    if (opening_ && !beginning_) {
        opening_ = false;
        focusTable();
    }
    updateActions();
    emit arrived();
}

void PraticheView::showFound()
{
    const QString& words = model_.cerca();
    found_->setVisible(!words.isEmpty());
    const int rows = model_.rowCount();
    if (model_.isPartial()) {
        foundText_->setText(
            tr("Più di %1 trovate con \"%2\": ecco le più recenti. Aggiungi una parola per restringere.")
                .arg(italianNumber(rows), words));
        return;
    }
    foundText_->setText(rows == 1 ? tr("1 trovata con \"%1\"").arg(words)
                                  : tr("%1 trovate con \"%2\"").arg(italianNumber(rows), words));
}

void PraticheView::showWaiting()
{
    const auto again = [this] { model_.askAgain(); };
    if (taking_)
        strip_->say(Strip::Tone::Info, tr("Il server non ha ancora confermato la presa in carico."));
    else
        strip_->say(Strip::Tone::Info, tr("Il server non ha ancora mandato l'elenco."), tr("Riprova"), again);
    strip_->untilFresh();
}

void PraticheView::showFailure(const Error& error)
{
    if (error.kind == Failure::Cancelled || error.kind == Failure::Expired)
        return;
    const QString kept = model_.rowCount() > 0 ? tr(" L'elenco è quello ricevuto per ultimo.") : QString();
    strip_->say(Strip::Tone::Error, error.sentence + kept, tr("Riprova"), [this] { model_.askAgain(); });
    strip_->untilFresh();
    if (error.kind == Failure::Offline || error.status >= 500 || error.status == 429)
        emit missed();
}

const api::Riga* PraticheView::selected() const
{
    const QModelIndex current = table_->currentIndex();
    return current.isValid() ? model_.riga(current.row()) : nullptr;
}

void PraticheView::settleSelection()
{
    const QModelIndex current = table_->currentIndex();
    const bool anew = std::exchange(askedAnew_, false);
    if (current.isValid() || model_.rowCount() == 0) {
        if (const api::Riga* const riga = selected())
            selectedId_ = riga->id;
        return;
    }
    int row = selectedId_ ? model_.rowOf(*selectedId_) : 0;
    // It has left the list: whoever stands in its place now, once that is known.
    if (row < 0 && (anew || model_.isFreshAround(selectedRow_)))
        row = std::min(selectedRow_, model_.rowCount() - 1);
    if (row >= 0)
        choose(row, anew);
}

void PraticheView::choose(int row, bool scroll)
{
    // Rows that arrive must not carry away who reads elsewhere in the list.
    table_->setAutoScroll(scroll);
    table_->setCurrentIndex(model_.index(row, PraticheModel::Protocollo));
    table_->setAutoScroll(true);
}

void PraticheView::updateActions()
{
    const api::Riga* const riga = selected();
    const bool ofNow = riga && !model_.recalled();
    open_->setEnabled(ofNow);
    take_->setEnabled(ofNow && riga->prendibile && !taking_);
    hint_->clear();
    if (!riga) {
        hint_->setText(model_.rowCount() > 0 ? tr("Scegliere una riga per agire sulla pratica.") : QString());
        return;
    }
    const QString number = riga->protocollo ? toQt(*riga->protocollo) : tr("In attesa di protocollazione");
    const QString whose = u"%1, %2"_s.arg(number, toQt(riga->richiedente));
    open_->setAccessibleDescription(whose);
    take_->setAccessibleDescription(whose);
    const auto stato = statoFromCode(riga->stato);
    const bool decided = stato && isDecided(*stato);
    if (riga->operatore && !riga->mia)
        hint_->setText((decided ? tr("Decisa da %1") : tr("In carico a %1")).arg(toQt(riga->operatore->nome)));
    else if (!riga->protocollo)
        hint_->setText(tr("Si potrà prendere in carico appena avrà il numero di protocollo."));
}

void PraticheView::showMenu(const QPoint& place)
{
    if (!selected())
        return;
    auto* const menu = new QMenu(table_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QPushButton* button, const QKeySequence& key, void (PraticheView::*act)()) {
        QAction* const action = menu->addAction(button->icon(), button->text(), key, this, act);
        // Only shown here: the key itself belongs to the page.
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setEnabled(button->isEnabled());
    };
    add(open_, QKeySequence(Qt::Key_Return), &PraticheView::openSelected);
    add(take_, QKeySequence(Qt::CTRL | Qt::Key_T), &PraticheView::takeSelected);
    menu->addMenu(table_->orderMenu(menu));
    menu->popup(table_->viewport()->mapToGlobal(place));
}

std::optional<Id<Pratica>> PraticheView::selectedMine() const
{
    const api::Riga* const riga = selected();
    return riga && riga->mia && !model_.recalled() ? std::optional(riga->id) : std::nullopt;
}

void PraticheView::openSelected()
{
    if (const api::Riga* const riga = selected(); riga && !model_.recalled())
        emit detailAsked(riga->id);
}

void PraticheView::takeSelected()
{
    if (const api::Riga* const riga = selected(); take_->isEnabled() && riga)
        askToTake(*riga);
}

void PraticheView::askToTake(const api::Riga& riga)
{
    confirmPresaInCarico(this, riga.servizio, riga.richiedente, riga.protocollo, [this, id = riga.id] { take(id); });
}

void PraticheView::take(const Id<Pratica>& id)
{
    taking_ = true;
    busy_->setBusy(true);
    take_->setEnabled(false);
    client_.takeCharge(id, this, [this, id](const Reply<api::Dettaglio>& reply) { receiveTaken(id, reply); });
}

void PraticheView::receiveTaken(const Id<Pratica>& id, const Reply<api::Dettaglio>& reply)
{
    taking_ = false;
    busy_->setBusy(model_.isLoading());
    if (reply.ok()) {
        strip_->clear();
        emit taken(reply.value());
    } else if (reply.error().kind == Failure::Offline) {
        strip_->say(Strip::Tone::Error, reply.error().sentence, tr("Riprova"), [this, id] { take(id); });
    } else if (reply.error().kind != Failure::Expired) {
        strip_->say(Strip::Tone::Error, reply.error().sentence);
    }
    refresh();
    updateActions();
}

}
