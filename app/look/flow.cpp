#include "app/look/flow.h"

#include <algorithm>

namespace sdc::app {

Flow::Flow(int spacing)
{
    setSpacing(spacing);
    setContentsMargins(0, 0, 0, 0);
}

Flow::~Flow() = default;

void Flow::addItem(QLayoutItem* item)
{
    items_.emplace_back(item);
}

QLayoutItem* Flow::itemAt(int index) const
{
    return index >= 0 && index < count() ? items_.at(static_cast<std::size_t>(index)).get() : nullptr;
}

QLayoutItem* Flow::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* const taken = items_.at(static_cast<std::size_t>(index)).release();
    items_.erase(items_.begin() + index);
    return taken;
}

int Flow::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), Moving::No);
}

QSize Flow::sizeHint() const
{
    int width = 0;
    for (const auto& item : items_)
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
    return {width, heightForWidth(width)};
}

QSize Flow::minimumSize() const
{
    QSize size;
    for (const auto& item : items_)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void Flow::setGeometry(const QRect& room)
{
    QLayout::setGeometry(room);
    arrange(room, Moving::Yes);
}

int Flow::arrange(const QRect& room, Moving moving) const
{
    int x = room.x();
    int y = room.y();
    int high = 0;
    for (const auto& item : items_) {
        const QSize size = item->sizeHint();
        if (x > room.x() && x + size.width() > room.x() + room.width()) {
            x = room.x();
            y += high + spacing();
            high = 0;
        }
        if (moving == Moving::Yes)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + spacing();
        high = std::max(high, size.height());
    }
    return y + high - room.y();
}

}
