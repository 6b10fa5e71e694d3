#include "app/pratiche/elenchi_tabs.h"

#include "app/look/parts.h"
#include "app/text.h"

#include <array>

namespace sdc::app {
namespace {

constexpr std::array<const char*, 4> kElenchi = {"gestire", "assegnare", "concluse", "tutte"};

std::array<std::int64_t, 4> inOrder(const api::Conteggi& conteggi)
{
    return {conteggi.gestire, conteggi.assegnare, conteggi.concluse, conteggi.tutte};
}

std::array<QString, 4> labels()
{
    return {ElenchiTabs::tr("Pratiche da gestire"), ElenchiTabs::tr("Pratiche da assegnare"),
            ElenchiTabs::tr("Pratiche concluse"), ElenchiTabs::tr("Tutte le pratiche dell'ente")};
}

}

ElenchiTabs::ElenchiTabs(QWidget* parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setAccessibleName(tr("Elenchi di pratiche"));
    for (const QString& label : labels())
        addTab(label);
}

QString ElenchiTabs::elencoOf(int tab)
{
    return QLatin1String(kElenchi.at(static_cast<std::size_t>(tab)));
}

void ElenchiTabs::showCounts(const std::optional<api::Conteggi>& conteggi)
{
    const auto counts = inOrder(conteggi.value_or(api::Conteggi{}));
    const auto names = labels();
    for (std::size_t tab = 0; tab < counts.size(); ++tab) {
        const QString text = conteggi ? u"%1 (%2)"_s.arg(names.at(tab), italianNumber(counts.at(tab))) : names.at(tab);
        if (tabText(static_cast<int>(tab)) != text)
            setTabText(static_cast<int>(tab), text);
    }
}

void ElenchiTabs::chooseFirst(const api::Conteggi& conteggi)
{
    const auto counts = inOrder(conteggi);
    for (std::size_t tab = 0; tab < counts.size(); ++tab) {
        if (counts.at(tab) > 0) {
            setCurrentIndex(static_cast<int>(tab));
            return;
        }
    }
}

}
