#include "app/pratiche/pratiche_view.h"

#include "app/look/busy_bar.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/pratica/presa_in_carico.h"
#include "app/pratiche/azioni_riga.h"
#include "app/pratiche/elenchi_ricordati.h"
#include "app/pratiche/elenchi_tabs.h"
#include "app/pratiche/elenco_vuoto.h"
#include "app/pratiche/pratiche_table.h"
#include "app/pratiche/ricerca_trovata.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "core/base/time.h"

#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace sdc::app {

PraticheView::PraticheView(Client& client, Settings& settings, Vault& vault, QWidget* parent)
    : QWidget(parent),
      client_(client),
      vault_(vault),
      model_(client),
      tabs_(new ElenchiTabs(this)),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      body_(new QStackedWidget(this)),
      table_(new PraticheTable(model_, settings, this)),
      empty_(new ElencoVuoto(this)),
      found_(new RicercaTrovata(this)),
      recalled_(mutedLabel({}, this)),
      actions_(new AzioniRiga(this)),
      scelta_(model_, *table_)
{
    body_->addWidget(table_);
    body_->addWidget(empty_);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(8);
    column->addWidget(tabs_);
    column->addWidget(strip_);
    column->addWidget(busy_);
    column->addWidget(found_);
    recalled_->hide();
    column->addWidget(recalled_);
    column->addWidget(body_, 1);
    column->addWidget(actions_);
    connectAll();
    updateActions();
}

void PraticheView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    table_->spreadColumns(width());
}

void PraticheView::connectAll()
{
    connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
        beginning_ = false;
        scelta_.leaveList();
        strip_->clear();
        model_.setElenco(ElenchiTabs::elencoOf(tab));
        recall();
    });
    connectModel();
    connectTable();
    connectKeys();
    connect(busy_, &BusyBar::tookLong, this, &PraticheView::showWaiting);
    connect(found_, &RicercaTrovata::leaveAsked, this, &PraticheView::leaveSearch);
    connect(actions_, &AzioniRiga::openAsked, this, &PraticheView::openSelected);
    connect(actions_, &AzioniRiga::takeAsked, this, &PraticheView::takeSelected);
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
        tabs_->showCounts(conteggi);
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
    connect(&model_, &PraticheModel::modelReset, this, [this] { scelta_.noteReset(); });
}

void PraticheView::connectTable()
{
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                scelta_.note(current);
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
    model_.setElenco(ElenchiTabs::elencoOf(0));
    recall();
}

void PraticheView::recall()
{
    if (model_.rowCount() > 0 || !model_.cerca().isEmpty())
        return;
    if (const auto first = beginning_ ? remembered(vault_, ElenchiTabs::elencoOf(0)) : std::nullopt) {
        tabs_->showCounts(first->elenco.conteggi);
        chooseFirstTab(first->elenco.conteggi);
        // Those of now may choose another one.
        beginning_ = true;
    }
    if (const auto known = remembered(vault_, tabs_->elenco())) {
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
    scelta_.settle();
    if (opening_)
        focusTable();
    updateActions();
}

void PraticheView::chooseFirstTab(const api::Conteggi& conteggi)
{
    beginning_ = false;
    tabs_->chooseFirst(conteggi);
}

void PraticheView::refresh()
{
    model_.refresh();
}

void PraticheView::clear()
{
    scelta_.clear();
    strip_->clear();
    model_.clear();
    recalled_->hide();
    found_->tell(model_);
    tabs_->showCounts(std::nullopt);
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
    return scelta_.neighbour(id, step);
}

void PraticheView::select(const Id<Pratica>& id)
{
    scelta_.open(id);
}

void PraticheView::showArrived()
{
    strip_->fresh();
    const bool empty = model_.rowCount() == 0;
    body_->setCurrentIndex(empty ? 1 : 0);
    if (empty)
        empty_->explain(tabs_->currentIndex(), model_.cerca());
    found_->tell(model_);
    showRecalled();
    scelta_.settle();
    scelta_.noteOpenRow();
    if (opening_ && !beginning_) {
        opening_ = false;
        focusTable();
    }
    updateActions();
    emit arrived();
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

void PraticheView::updateActions()
{
    actions_->offer(scelta_.riga(), {!model_.recalled(), taking_, model_.rowCount() > 0});
}

void PraticheView::showMenu(const QPoint& place)
{
    if (!scelta_.riga())
        return;
    auto* const menu = new QMenu(table_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    actions_->addTo(*menu);
    menu->addMenu(table_->orderMenu(menu));
    menu->popup(table_->viewport()->mapToGlobal(place));
}

std::optional<Id<Pratica>> PraticheView::selectedMine() const
{
    const api::Riga* const riga = scelta_.riga();
    return riga && riga->mia && !model_.recalled() ? std::optional(riga->id) : std::nullopt;
}

void PraticheView::openSelected()
{
    if (const api::Riga* const riga = scelta_.riga(); riga && !model_.recalled())
        emit detailAsked(riga->id);
}

void PraticheView::takeSelected()
{
    if (const api::Riga* const riga = scelta_.riga(); actions_->mayTake() && riga)
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
    actions_->forbidTaking();
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
