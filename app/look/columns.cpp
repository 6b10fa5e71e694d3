#include "app/look/columns.h"

#include "app/text.h"

#include <QBoxLayout>

namespace sdc::app {

Columns::Columns(QWidget* main, QWidget* side, Narrow narrow, QWidget* parent)
    : QWidget(parent),
      row_(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      side_(side),
      narrow_(narrow)
{
    setObjectName(u"page"_s);
    row_->setContentsMargins(8, 8, 8, 12);
    row_->setSpacing(24);
    row_->addWidget(main, 1);
    row_->addWidget(side, 0);
}

void Columns::arrange(int room)
{
    const int em = fontMetrics().horizontalAdvance(u'm');
    const bool narrow = room < em * 66;
    const auto stacked = narrow_ == Narrow::SideAbove ? QBoxLayout::BottomToTop : QBoxLayout::TopToBottom;
    row_->setDirection(narrow ? stacked : QBoxLayout::LeftToRight);
    side_->setMinimumWidth(narrow ? 0 : em * 27);
    side_->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : em * 27);
}

}
