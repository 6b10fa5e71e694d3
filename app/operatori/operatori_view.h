#pragma once

#include "app/api/client.h"
#include "core/api/operatori_json.h"

#include <QWidget>

class QPushButton;
class QTableWidget;

namespace sdc::app {

class Loading;
class Strip;

/// "Operatori": the accounts of the ente, for administrators.
class OperatoriView : public QWidget
{
    Q_OBJECT

public:
    explicit OperatoriView(Client& client, QWidget* parent = nullptr);

    void load();
    /// Forgets all, for another operator.
    void clear();

private:
    void buildTable();
    QPushButton* addButton(const QString& text, const std::function<void()>& act);
    void showAll(const api::ElencoOperatori& elenco);
    const api::ContoOperatore* chosen() const;
    void updateButtons();
    void edit(const api::ContoOperatore& conto);
    void toggle();
    void drop();
    void act(Client::AttoOperatore atto, const QString& done);
    void actOn(const Id<sdc::Operatore>& id, Client::AttoOperatore atto, const QString& done);

    Client& client_;
    api::ElencoOperatori elenco_;
    Loading* loading_;
    Strip* strip_;
    QTableWidget* table_;
    QPushButton* change_;
    QPushButton* toggle_;
    QPushButton* invite_;
    QPushButton* drop_;
};

}
