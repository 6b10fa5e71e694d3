#pragma once

#include "app/api/client.h"
#include "app/pratiche/pratiche_model.h"
#include "app/pratiche/scelta.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace sdc::app {

class AzioniRiga;
class BusyBar;
class ElenchiTabs;
class ElencoVuoto;
class PraticheTable;
class RicercaTrovata;
class Settings;
class Strip;
class Vault;

/// "Pannello di controllo": the four lists with their counts, and what can be done with the selected row.
class PraticheView : public QWidget
{
    Q_OBJECT

public:
    PraticheView(Client& client, Settings& settings, Vault& vault, QWidget* parent = nullptr);

    /// Opens the first list that is not empty: for a session just begun.
    void begin();
    /// Shows the lists as they were seen last, while those of now are on their way.
    void recall();
    void refresh();
    void clear();
    void showTab(int tab);
    void setCerca(const QString& words);
    void focusTable();
    /// The pratica before (-1) or after (+1) this one in the list, also once this one has left it. One that is not in
    /// memory yet is asked for.
    std::optional<Id<Pratica>> neighbour(const Id<Pratica>& id, int step);
    /// This one is open now: it is selected, and its place is remembered.
    void select(const Id<Pratica>& id);
    PraticheTable& table() { return *table_; }
    PraticheModel& model() { return model_; }

    void openSelected();
    void takeSelected();
    /// The selected pratica, if it is in charge of who works here.
    std::optional<Id<Pratica>> selectedMine() const;

signals:
    void detailAsked(const sdc::Id<sdc::Pratica>& id);
    /// Taken in charge: its detail, fresh from the server.
    void taken(const sdc::api::Dettaglio& dettaglio);
    void counted(const sdc::api::Conteggi& conteggi, qint64 cambiamento);
    void searchCleared();
    void arrived();
    /// The server did not answer: to be asked again.
    void missed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectAll();
    void connectModel();
    void connectTable();
    void connectKeys();
    void showRecalled();
    void showWaiting();
    void chooseFirstTab(const api::Conteggi& conteggi);
    void showArrived();
    void showFailure(const Error& error);
    void updateActions();
    void leaveSearch();
    void showMenu(const QPoint& place);
    void askToTake(const api::Riga& riga);
    void take(const Id<Pratica>& id);
    void receiveTaken(const Id<Pratica>& id, const Reply<api::Dettaglio>& reply);

    Client& client_;
    Vault& vault_;
    PraticheModel model_;
    ElenchiTabs* tabs_;
    Strip* strip_;
    BusyBar* busy_;
    QStackedWidget* body_;
    PraticheTable* table_;
    ElencoVuoto* empty_;
    RicercaTrovata* found_;
    QLabel* recalled_;
    AzioniRiga* actions_;
    Scelta scelta_;
    bool taking_ = false;
    bool beginning_ = false;
    bool opening_ = false;
};

}
