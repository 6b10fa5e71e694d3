#pragma once

#include "app/pratiche/pratiche_model.h"

#include <QTableView>

class QMenu;

namespace sdc::app {

class Settings;

/// The rows of a list: their columns, their order, and the button in each row.
class PraticheTable : public QTableView
{
    Q_OBJECT

public:
    PraticheTable(PraticheModel& model, Settings& settings, QWidget* parent);

    /// Gives the columns the room there is, unless the operator has set them by hand.
    void spreadColumns(int room);
    void saveColumns();
    /// The columns to sort by, for the keyboard.
    QMenu* orderMenu(QWidget* parent);
    void showOrder();

    /// Typing looks for nothing here: the rows are not all in memory, and the search asks the server.
    void keyboardSearch(const QString&) override {}

signals:
    /// The button of this row was pressed.
    void actionAsked(const QModelIndex& index);

private:
    void buildColumns();

    Settings& settings_;
    bool columnsAreTheirs_ = false;
};

}
