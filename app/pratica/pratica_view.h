#pragma once

#include "app/api/client.h"

#include <QWidget>

class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace sdc::app {

class BusyBar;
class Columns;
class Scarico;
class Settings;
class Strip;

/// The detail of one pratica, in the same window: what was sent, where it stands, what can be done.
class PraticaView : public QWidget
{
    Q_OBJECT

public:
    PraticaView(Client& client, Settings& settings, QWidget* parent = nullptr);

    void load(const Id<Pratica>& id);
    void show(const api::Dettaglio& dettaglio);
    /// Asks again for the same pratica, without hiding what is there.
    void reload();
    void clear();
    void announce(const QString& sentence);
    const Id<Pratica>& id() const { return id_; }
    void setNeighbours(bool previous, bool next);
    bool isTransferring() const;
    void cancelTransfers();

    void elabora();
    void takeCharge();
    void release();
    void saveModulo();

signals:
    void backAsked();
    void stepAsked(int step);
    void elaboraAsked(const sdc::api::Dettaglio& dettaglio);
    /// The pratica changed by something done here.
    void changed();
    /// Fresh from the server.
    void arrived(const sdc::api::Dettaglio& dettaglio);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildBar();
    void rebuild();
    void keepPlace(const QString& focused, int place);
    QWidget* buildLeft();
    QWidget* buildRight();
    QWidget* buildActions(QWidget* parent);
    QWidget* buildStato(QWidget* parent);
    void connectScarico();
    void showWaiting();
    void receive(const Reply<api::Dettaglio>& reply, const std::function<void()>& again);
    void act(Call (Client::*request)(const Id<Pratica>&, QObject*, Then<api::Dettaglio>));
    void askToRelease();

    Client& client_;
    Scarico* scarico_;
    Strip* strip_;
    BusyBar* busy_;
    QVBoxLayout* transfers_ = nullptr;
    QLabel* title_ = nullptr;
    QToolButton* previous_ = nullptr;
    QToolButton* next_ = nullptr;
    QScrollArea* scroll_;
    Columns* columns_ = nullptr;
    Id<Pratica> id_;
    std::optional<api::Dettaglio> dettaglio_;
    int generation_ = 0;
    bool acting_ = false;
};

}
