#include "app/pratiche/pratiche_table.h"

#include "app/pratiche/azione_delegate.h"
#include "app/settings.h"
#include "app/text.h"

#include <QApplication>
#include <QHeaderView>
#include <QMenu>

#include <algorithm>
#include <array>

namespace sdc::app {

PraticheTable::PraticheTable(PraticheModel& model, Settings& settings, QWidget* parent)
    : QTableView(parent),
      settings_(settings)
{
    setObjectName(u"pratiche"_s);
    setModel(&model);
    setAccessibleName(tr("Pratiche"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(2 * fontMetrics().height() + 12);
    auto* const delegate = new AzioneDelegate(this);
    setItemDelegateForColumn(PraticheModel::Azione, delegate);
    connect(delegate, &AzioneDelegate::clicked, this, &PraticheTable::actionAsked);
    buildColumns();
    setSortingEnabled(true);
}

void PraticheTable::buildColumns()
{
    QHeaderView* const header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setTextElideMode(Qt::ElideNone);
    header->setDefaultAlignment(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter) | Qt::Alignment(Qt::TextWordWrap));
    header->setFixedHeight(2 * fontMetrics().height() + 16);
    header->setSectionResizeMode(PraticheModel::Servizio, QHeaderView::Stretch);
    header->setMinimumSectionSize(fontMetrics().horizontalAdvance(u'm') * 6);
    spreadColumns(width());
    if (const QByteArray columns = settings_.columns(); !columns.isEmpty())
        header->restoreState(columns);
    const auto markChanged = [this] {
        columnsAreTheirs_ = columnsAreTheirs_ || QApplication::mouseButtons().testFlag(Qt::LeftButton);
    };
    connect(header, &QHeaderView::sectionResized, this, markChanged);
    connect(header, &QHeaderView::sectionMoved, this, markChanged);
    header->setSortIndicator(PraticheModel::DataCompilazione, Qt::DescendingOrder);
}

void PraticheTable::spreadColumns(int room)
{
    if (columnsAreTheirs_ || !settings_.columns().isEmpty())
        return;
    const int em = fontMetrics().horizontalAdvance(u'm');
    constexpr std::array<int, PraticheModel::ColumnCount> widths = {10, 11, 22, 10, 10, 12, 10};
    // A wide window gives room to every column, not to the stretching one alone.
    const double wider = std::clamp(room / (em * 86.0), 1.0, 1.6);
    for (int i = 0; i < PraticheModel::Azione; ++i)
        horizontalHeader()->resizeSection(i, static_cast<int>(em * wider * widths.at(static_cast<std::size_t>(i))));
    horizontalHeader()->resizeSection(PraticheModel::Azione, em * widths.back());
}

void PraticheTable::saveColumns()
{
    if (columnsAreTheirs_)
        settings_.setColumns(horizontalHeader()->saveState());
}

QMenu* PraticheTable::orderMenu(QWidget* parent)
{
    QHeaderView* const header = horizontalHeader();
    auto* const menu = new QMenu(tr("Ordina"), parent);
    for (int column = 0; column < PraticheModel::Azione; ++column) {
        QAction* const action =
            menu->addAction(model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        const bool now = header->sortIndicatorSection() == column;
        const bool ascending = header->sortIndicatorOrder() == Qt::AscendingOrder;
        action->setCheckable(true);
        action->setChecked(now);
        connect(action, &QAction::triggered, this, [header, column, turn = now && ascending] {
            header->setSortIndicator(column, turn ? Qt::DescendingOrder : Qt::AscendingOrder);
        });
    }
    return menu;
}

void PraticheTable::showOrder()
{
    QMenu* const menu = orderMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(mapToGlobal(QPoint(16, horizontalHeader()->height())));
}

}
