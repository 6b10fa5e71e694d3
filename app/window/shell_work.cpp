// The way of a pratica through the pages: from the lists to its detail, to its outcome and back.
#include "app/esito/esito_wizard.h"
#include "app/look/strip.h"
#include "app/pratica/pratica_view.h"
#include "app/pratiche/pratiche_table.h"
#include "app/pratiche/pratiche_view.h"
#include "app/text.h"
#include "app/window/header_bar.h"
#include "app/window/shell.h"

#include <QStackedWidget>

#include <chrono>
#include <utility>

namespace sdc::app {
namespace {

using namespace std::chrono_literals;

QString titleOf(const api::Dettaglio& dettaglio)
{
    return u"%1 - %2"_s.arg(toQt(dettaglio.servizio), toQt(dettaglio.richiedente));
}

}

void Shell::connectPannello()
{
    connect(pannello_, &PraticheView::detailAsked, this, &Shell::showDettaglio);
    connect(pannello_, &PraticheView::taken, this, &Shell::showTaken);
    connect(pannello_, &PraticheView::arrived, this, &Shell::updateNeighbours);
    connect(pannello_, &PraticheView::counted, this, [this](const api::Conteggi& conteggi, qint64 cambiamento) {
        showCounts(conteggi);
        updates_.listenFrom(cambiamento);
    });
    connect(pannello_, &PraticheView::searchCleared, header_, &HeaderBar::clearSearch);
}

void Shell::showTaken(const api::Dettaglio& dettaglio)
{
    const QString done = tr("La pratica è in carico a te: ora si può elaborare.");
    if (pages_->currentWidget() != pannello_) {
        notice_->say(Strip::Tone::Success, u"%1: %2"_s.arg(titleOf(dettaglio), done), tr("Vedi dettaglio"),
                     [this, id = dettaglio.id] { showDettaglio(id); });
        return;
    }
    pannello_->select(dettaglio.id);
    pratica_->clear();
    pratica_->show(dettaglio);
    showPage(pratica_);
    updateNeighbours();
    pratica_->announce(done);
}

void Shell::connectPratica()
{
    connect(pratica_, &PraticaView::backAsked, this, &Shell::back);
    connect(pratica_, &PraticaView::stepAsked, this, &Shell::step);
    connect(pratica_, &PraticaView::changed, pannello_, &PraticheView::refresh);
    connect(pratica_, &PraticaView::elaboraAsked, this, [this](const api::Dettaglio& dettaglio) {
        showPage(esito_);
        esito_->open(dettaglio);
    });
    connect(pratica_, &PraticaView::arrived, this, [this](const api::Dettaglio& dettaglio) {
        dropBozza(dettaglio);
        if (std::exchange(elaboraNext_, {}) == dettaglio.id && pages_->currentWidget() == pratica_)
            pratica_->elabora();
    });
}

void Shell::connectEsito()
{
    connect(esito_, &EsitoWizard::backAsked, this, &Shell::back);
    connect(esito_, &EsitoWizard::concluded, this, &Shell::showConcluded);
    connect(esito_, &EsitoWizard::failed, this, &Shell::showNotSent);
}

void Shell::showConcluded(const api::Dettaglio& dettaglio)
{
    pannello_->refresh();
    // The sending may end after the operator has gone on to something else.
    if (pages_->currentWidget() != esito_ || esito_->id() != dettaglio.id) {
        notice_->say(Strip::Tone::Success, tr("L'esito della pratica %1 è stato inviato.").arg(titleOf(dettaglio)));
        if (pages_->currentWidget() == pratica_ && pratica_->id() == dettaglio.id)
            pratica_->show(dettaglio);
        return;
    }
    pratica_->clear();
    pratica_->show(dettaglio);
    showPage(pratica_);
    pratica_->announce(tr("Esito inviato. La risposta viene protocollata e comunicata al richiedente."));
}

void Shell::showNotSent(const api::Dettaglio& dettaglio, const Error& error)
{
    // Its own page has said it; it says so again when it is opened.
    if (pages_->currentWidget() == esito_ && esito_->id() == dettaglio.id)
        return;
    notice_->say(Strip::Tone::Error, tr("Pratica %1: %2").arg(titleOf(dettaglio), error.sentence),
                 tr("Torna all'esito"), [this] {
                     esito_->openSent();
                     showPage(esito_);
                 });
}

void Shell::dropBozza(const api::Dettaglio& dettaglio)
{
    // Decided, released or somebody else's by now: nothing is left to be finished.
    const bool sending = esito_->isSending() && esito_->sentId() == dettaglio.id;
    if (!dettaglio.elaborabile && !sending)
        bozze_.remove(dettaglio.id);
}

void Shell::showDettaglio(const Id<Pratica>& id)
{
    elaboraNext_ = {};
    pannello_->select(id);
    pratica_->load(id);
    showPage(pratica_);
    updateNeighbours();
    pratica_->setFocus();
}

void Shell::updateNeighbours()
{
    const Id<Pratica>& id = pratica_->id();
    if (pages_->currentWidget() != pratica_)
        return;
    pratica_->setNeighbours(pannello_->neighbour(id, -1).has_value(), pannello_->neighbour(id, 1).has_value());
}

void Shell::step(int direction)
{
    if (pages_->currentWidget() != pratica_)
        return;
    if (const auto id = pannello_->neighbour(pratica_->id(), direction))
        showDettaglio(*id);
}

void Shell::elabora()
{
    if (pages_->currentWidget() == pratica_) {
        pratica_->elabora();
    } else if (const auto id = pannello_->selectedMine(); id && pages_->currentWidget() == pannello_) {
        showDettaglio(*id);
        elaboraNext_ = *id;
    }
}

void Shell::keepWork(const std::function<void()>& then)
{
    bozze_.flush();
    if (!bozze_.isSaving()) {
        then();
        return;
    }
    auto* const patience = new QTimer(this);
    const auto go = [patience, then] {
        patience->stop();
        patience->deleteLater();
        then();
    };
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, go);
    connect(&bozze_, &BozzeEsito::settled, patience, [patience, go] {
        if (patience->isActive())
            go();
    });
    patience->start(2s);
}

bool Shell::isTransferring() const
{
    return esito_->isSending() || pratica_->isTransferring();
}

}
