#pragma once

#include "app/api/client.h"
#include "app/pratiche/pratiche_model.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace sdc::app {

class BusyBar;
class ElencoVuoto;
class PraticheTable;
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
    QWidget* buildActions();
    QWidget* buildFound();
    void connectAll();
    void connectModel();
    void connectTable();
    void connectKeys();
    void showCounts(const std::optional<api::Conteggi>& conteggi);
    void showFound();
    void showRecalled();
    void showWaiting();
    void chooseFirstTab(const api::Conteggi& conteggi);
    void showArrived();
    void showFailure(const Error& error);
    void updateActions();
    void settleSelection();
    void choose(int row, bool scroll);
    void leaveSearch();
    void showMenu(const QPoint& place);
    void askToTake(const api::Riga& riga);
    void take(const Id<Pratica>& id);
    void receiveTaken(const Id<Pratica>& id, const Reply<api::Dettaglio>& reply);
    const api::Riga* selected() const;

    Client& client_;
    Vault& vault_;
    PraticheModel model_;
    QTabBar* tabs_;
    Strip* strip_;
    BusyBar* busy_;
    QWidget* found_ = nullptr;
    QLabel* foundText_ = nullptr;
    QLabel* recalled_ = nullptr;
    QStackedWidget* body_;
    PraticheTable* table_;
    ElencoVuoto* empty_;
    QPushButton* open_ = nullptr;
    QPushButton* take_ = nullptr;
    QLabel* hint_ = nullptr;
    std::optional<Id<Pratica>> selectedId_;
    int selectedRow_ = 0;
    /// The pratica whose detail is open, and its last row.
    Id<Pratica> openId_;
    int openRow_ = -1;
    bool askedAnew_ = true;
    bool taking_ = false;
    bool beginning_ = false;
    bool opening_ = false;
};

}
