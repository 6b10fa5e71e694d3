#pragma once

#include "app/api/client.h"
#include "app/esito/bozze_esito.h"
#include "app/window/live_updates.h"
#include "app/window/navigation.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QStatusBar;

namespace sdc::app {

class EsitoWizard;
class HeaderBar;
class HelpView;
class MetricheView;
class MioAccessoView;
class OperatoriView;
class PraticaView;
class PraticheView;
class ProtocolloView;
class Settings;
class Strip;
class Vault;

/// What an operator who has entered works in: header, navigation, the page of the moment, status line.
class Shell : public QWidget
{
    Q_OBJECT

public:
    Shell(Client& client, Settings& settings, Vault& vault, QWidget* parent = nullptr);

    /// A new operator at work: from the dashboard, with nothing of who was here before.
    void begin(const api::Accesso& accesso);
    /// The same operator is back: the page and what was typed are as they were.
    void goOn();
    /// Nobody is at work: no more events.
    void pause();
    void clear();
    void saveState();
    /// How many outcomes hold something that the server has not got.
    int unsaved() const { return bozze_.unsaved(); }
    /// Sends what is not yet kept; `then` follows when it is, and in two seconds at most.
    void keepWork(const std::function<void()>& then);
    bool isTransferring() const;
    void say(const QString& sentence);

signals:
    void logoutAsked();

private:
    void connectPannello();
    void connectPratica();
    void connectEsito();
    void showConcluded(const api::Dettaglio& dettaglio);
    void showNotSent(const api::Dettaglio& dettaglio, const Error& error);
    void dropBozza(const api::Dettaglio& dettaglio);
    void connectHeader();
    void connectUpdates();
    void showTaken(const api::Dettaglio& dettaglio);
    void addKeys();
    void addKeysOfPratica();
    void elabora();
    void addKey(const QKeySequence& key, const std::function<void()>& act);
    void showPage(QWidget* page);
    void showDettaglio(const Id<Pratica>& id);
    void step(int direction);
    void back();
    void refresh();
    void navigate(Navigation::Page page);
    void showCounts(const api::Conteggi& conteggi);
    void updateNeighbours();
    QStatusBar* buildStatus();

    Client& client_;
    Settings& settings_;
    BozzeEsito bozze_;
    LiveUpdates updates_;
    HeaderBar* header_;
    Navigation* navigation_;
    /// What is to be known on whatever page the operator is.
    Strip* notice_;
    QStackedWidget* pages_;
    PraticheView* pannello_;
    PraticaView* pratica_;
    EsitoWizard* esito_;
    ProtocolloView* protocollo_;
    MetricheView* metriche_;
    OperatoriView* operatori_;
    MioAccessoView* accesso_;
    HelpView* help_;
    QLabel* counts_ = nullptr;
    QLabel* updated_ = nullptr;
    QWidget* beforeHelp_ = nullptr;
    /// The pratica whose outcome is to be written as soon as its detail is here.
    Id<Pratica> elaboraNext_;
};

}
