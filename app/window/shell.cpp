#include "app/window/shell.h"

#include "app/accesso/mio_accesso_view.h"
#include "app/esito/esito_wizard.h"
#include "app/help/help_view.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/metriche/metriche_view.h"
#include "app/operatori/operatori_view.h"
#include "app/pratica/pratica_view.h"
#include "app/pratiche/pratiche_table.h"
#include "app/pratiche/pratiche_view.h"
#include "app/protocollo/protocollo_view.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "app/window/header_bar.h"
#include "core/base/time.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QRandomGenerator>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace sdc::app {
namespace {

using namespace std::chrono_literals;

/// "10:42", Italian civil time.
QString clockNow()
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return toQt(onScreen(Instant(now))).right(5);
}

QString titleOf(const api::Dettaglio& dettaglio)
{
    return u"%1 - %2"_s.arg(toQt(dettaglio.servizio), toQt(dettaglio.richiedente));
}

}

Shell::Shell(Client& client, Settings& settings, Vault& vault, QWidget* parent)
    : QWidget(parent),
      client_(client),
      settings_(settings),
      bozze_(client, vault),
      events_(client),
      header_(new HeaderBar(settings.language(), this)),
      navigation_(new Navigation(this)),
      notice_(new Strip(this)),
      pages_(new QStackedWidget(this)),
      pannello_(new PraticheView(client, settings, vault, this)),
      pratica_(new PraticaView(client, settings, this)),
      esito_(new EsitoWizard(client, bozze_, settings, this)),
      protocollo_(new ProtocolloView(client, this)),
      metriche_(new MetricheView(client, this)),
      operatori_(new OperatoriView(client, this)),
      accesso_(new MioAccessoView(client, this)),
      help_(new HelpView(this))
{
    for (QWidget* const page : std::initializer_list<QWidget*>{pannello_, pratica_, esito_, protocollo_, metriche_,
                                                               operatori_, accesso_, help_})
        pages_->addWidget(page);
    auto* const room = new QVBoxLayout;
    room->setSpacing(0);
    auto* const edge = new QHBoxLayout;
    edge->setContentsMargins(24, 8, 24, 0);
    edge->addWidget(notice_);
    room->addLayout(edge);
    room->addWidget(pages_, 1);
    auto* const middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(navigation_);
    middle->addLayout(room, 1);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addLayout(middle, 1);
    column->addWidget(buildStatus());
    connect(navigation_, &Navigation::chosen, this, &Shell::navigate);
    connect(help_, &HelpView::backAsked, this, &Shell::back);
    connect(&vault, &Vault::opened, pannello_, &PraticheView::recall);
    connectHeader();
    connectPannello();
    connectPratica();
    connectEsito();
    connectEvents();
    connectRecovery();
    addKeys();
}

QStatusBar* Shell::buildStatus()
{
    auto* const status = new QStatusBar(this);
    status->setSizeGripEnabled(false);
    counts_ = plainLabel({}, status);
    updated_ = plainLabel({}, status);
    counts_->setContentsMargins(16, 2, 8, 2);
    updated_->setContentsMargins(8, 2, 16, 2);
    status->addWidget(counts_, 1);
    status->addPermanentWidget(updated_);
    return status;
}

void Shell::connectHeader()
{
    connect(header_, &HeaderBar::logoutAsked, this, &Shell::logoutAsked);
    connect(header_, &HeaderBar::accessoAsked, this, [this] {
        showPage(accesso_);
        accesso_->load();
    });
    connect(header_, &HeaderBar::searched, this, [this](const QString& words) {
        pannello_->setCerca(words);
        if (!words.isEmpty())
            showPage(pannello_);
    });
    connect(header_, &HeaderBar::searchLeft, this, [this] {
        showPage(pannello_);
        pannello_->focusTable();
    });
    connect(header_, &HeaderBar::helpAsked, this, [this] {
        if (pages_->currentWidget() != help_)
            beforeHelp_ = pages_->currentWidget();
        showPage(help_);
    });
    connect(header_, &HeaderBar::languageChosen, this, [this](const QString& language) {
        settings_.setLanguage(language);
        say(tr("La lingua scelta sarà usata dal prossimo avvio."));
    });
    connect(&client_, &Client::lineChanged, header_, &HeaderBar::setOnline);
}

void Shell::connectPannello()
{
    connect(pannello_, &PraticheView::detailAsked, this, &Shell::showDettaglio);
    connect(pannello_, &PraticheView::taken, this, &Shell::showTaken);
    connect(pannello_, &PraticheView::arrived, this, &Shell::updateNeighbours);
    connect(pannello_, &PraticheView::counted, this, [this](const api::Conteggi& conteggi, qint64 cambiamento) {
        showCounts(conteggi);
        events_.listenFrom(cambiamento);
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

void Shell::connectEvents()
{
    changes_.setSingleShot(true);
    poll_.setInterval(60s);
    const auto readSoon = [this](bool pratica) {
        praticaChanged_ = praticaChanged_ || pratica;
        poll_.stop();
        // Spread, so that all the desks of a comune do not ask in the same moment.
        if (!changes_.isActive())
            changes_.start(400ms + std::chrono::milliseconds(QRandomGenerator::global()->bounded(400)));
    };
    connect(&events_, &EventStream::changed, this,
            [this, readSoon](const QString& pratica) { readSoon(fromQt(pratica) == pratica_->id().text()); });
    connect(&events_, &EventStream::outdated, this, [readSoon] { readSoon(true); });
    connect(&events_, &EventStream::missed, this, [this] {
        if (!poll_.isActive())
            poll_.start();
    });
    connect(&poll_, &QTimer::timeout, pannello_, &PraticheView::refresh);
    connect(&changes_, &QTimer::timeout, this, [this] {
        pannello_->refresh();
        if (praticaChanged_ && pages_->currentWidget() == pratica_)
            pratica_->reload();
        praticaChanged_ = false;
    });
}

void Shell::connectRecovery()
{
    recovery_.setSingleShot(true);
    connect(&recovery_, &QTimer::timeout, this, &Shell::refresh);
    connect(pannello_, &PraticheView::arrived, this, [this] {
        missed_ = 0;
        recovery_.stop();
    });
    connect(pannello_, &PraticheView::missed, this, [this] {
        const auto pause = std::min<std::chrono::milliseconds>(2s * (1 << std::min(missed_++, 5)), 60s);
        recovery_.start(pause + std::chrono::milliseconds(QRandomGenerator::global()->bounded(1000)));
    });
}

void Shell::addKey(const QKeySequence& key, const std::function<void()>& act)
{
    auto* const shortcut = new QShortcut(key, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
}

void Shell::addKeys()
{
    for (int tab = 0; tab < 4; ++tab)
        addKey(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + tab)), [this, tab] {
            showPage(pannello_);
            pannello_->showTab(tab);
        });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { header_->focusSearch(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_T), [this] {
        if (pages_->currentWidget() == pannello_)
            pannello_->takeSelected();
        else if (pages_->currentWidget() == pratica_)
            pratica_->takeCharge();
    });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_O), [this] {
        if (pages_->currentWidget() == pannello_)
            pannello_->table().showOrder();
    });
    addKey(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { back(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Up), [this] { step(-1); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Down), [this] { step(1); });
    addKey(QKeySequence(Qt::Key_F5), [this] { refresh(); });
    addKey(QKeySequence(Qt::Key_F1), [this] { emit header_->helpAsked(); });
    addKeysOfPratica();
}

void Shell::addKeysOfPratica()
{
    addKey(QKeySequence(Qt::CTRL | Qt::Key_E), [this] { elabora(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
        if (pages_->currentWidget() == pratica_)
            pratica_->release();
    });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_S), [this] {
        if (pages_->currentWidget() == pratica_)
            pratica_->saveModulo();
    });
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

void Shell::begin(const api::Accesso& accesso)
{
    clear();
    bozze_.recallAll();
    header_->setEnte(toQt(accesso.ente.nome));
    header_->setOperatore(toQt(accesso.operatore.nome + ' ' + accesso.operatore.cognome),
                          toQt(accesso.operatore.username));
    navigation_->setAmministratore(accesso.operatore.amministratore);
    showPage(pannello_);
    pannello_->begin();
}

void Shell::goOn()
{
    bozze_.flush();
    refresh();
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

void Shell::pause()
{
    events_.stop();
    changes_.stop();
    poll_.stop();
    recovery_.stop();
    missed_ = 0;
}

void Shell::clear()
{
    pause();
    bozze_.clear();
    notice_->clear();
    header_->clearSearch();
    esito_->clear();
    pratica_->cancelTransfers();
    pratica_->clear();
    protocollo_->clear();
    metriche_->clear();
    operatori_->clear();
    accesso_->clear();
    pannello_->clear();
    counts_->clear();
    updated_->clear();
}

void Shell::saveState()
{
    pannello_->table().saveColumns();
}

bool Shell::isTransferring() const
{
    return esito_->isSending() || pratica_->isTransferring();
}

void Shell::say(const QString& sentence)
{
    notice_->say(Strip::Tone::Info, sentence);
}

void Shell::showPage(QWidget* page)
{
    if (pages_->currentWidget() == esito_ && page != esito_)
        bozze_.flush();
    pages_->setCurrentWidget(page);
    if (page == protocollo_)
        navigation_->setCurrent(Navigation::Protocollo);
    else if (page == metriche_)
        navigation_->setCurrent(Navigation::Metriche);
    else if (page == operatori_)
        navigation_->setCurrent(Navigation::Operatori);
    else
        navigation_->setCurrent(Navigation::Pannello);
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

void Shell::back()
{
    QWidget* const here = pages_->currentWidget();
    if (here == esito_) {
        showDettaglio(esito_->id());
    } else if (here == help_ && beforeHelp_) {
        showPage(beforeHelp_);
    } else if (here == pratica_) {
        showPage(pannello_);
        pannello_->refresh();
        pannello_->focusTable();
    }
}

void Shell::refresh()
{
    QWidget* const here = pages_->currentWidget();
    pannello_->refresh();
    if (here == pratica_)
        pratica_->reload();
    else if (here == protocollo_)
        protocollo_->load();
    else if (here == metriche_)
        metriche_->load();
    else if (here == operatori_)
        operatori_->load();
    else if (here == accesso_)
        accesso_->load();
}

void Shell::navigate(Navigation::Page page)
{
    if (page == Navigation::Protocollo) {
        showPage(protocollo_);
        protocollo_->load();
    } else if (page == Navigation::Metriche) {
        showPage(metriche_);
        metriche_->load();
    } else if (page == Navigation::Operatori) {
        showPage(operatori_);
        operatori_->load();
    } else {
        showPage(pannello_);
        pannello_->refresh();
    }
}

void Shell::showCounts(const api::Conteggi& conteggi)
{
    const QString text =
        tr("%1 da gestire, %2 da assegnare").arg(italianNumber(conteggi.gestire), italianNumber(conteggi.assegnare));
    if (counts_->text() != text)
        counts_->setText(text);
    updated_->setText(tr("aggiornato alle %1").arg(clockNow()));
}

}
