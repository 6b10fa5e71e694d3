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
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <chrono>

namespace sdc::app {
namespace {

/// "10:42", Italian civil time.
QString clockNow()
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return toQt(onScreen(Instant(now))).right(5);
}

}

Shell::Shell(Client& client, Settings& settings, Vault& vault, QWidget* parent)
    : QWidget(parent),
      client_(client),
      settings_(settings),
      bozze_(client, vault),
      updates_(client, [this] { return pratica_->id(); }),
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
    connectUpdates();
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

void Shell::connectUpdates()
{
    connect(&updates_, &LiveUpdates::listOutdated, pannello_, &PraticheView::refresh);
    connect(&updates_, &LiveUpdates::praticaOutdated, this, [this] {
        if (pages_->currentWidget() == pratica_)
            pratica_->reload();
    });
    connect(&updates_, &LiveUpdates::retryDue, this, &Shell::refresh);
    connect(pannello_, &PraticheView::arrived, &updates_, &LiveUpdates::noteArrived);
    connect(pannello_, &PraticheView::missed, &updates_, &LiveUpdates::noteMissed);
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

void Shell::pause()
{
    updates_.stop();
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
    else if (page == accesso_ || page == help_)
        navigation_->setNone();
    else
        navigation_->setCurrent(Navigation::Pannello);
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
