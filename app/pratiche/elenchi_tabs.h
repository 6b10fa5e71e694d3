#pragma once

#include "core/api/pratica_json.h"

#include <QTabBar>

#include <optional>

namespace sdc::app {

/// The tabs of the four lists, with how many pratiche each holds.
class ElenchiTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit ElenchiTabs(QWidget* parent);

    /// As the server calls the list of a tab.
    static QString elencoOf(int tab);
    QString elenco() const { return elencoOf(currentIndex()); }
    /// The names alone where nothing is known.
    void showCounts(const std::optional<api::Conteggi>& conteggi);
    /// Opens the first list that is not empty, if there is one.
    void chooseFirst(const api::Conteggi& conteggi);
};

}
