#include "app/pratiche/azione_delegate.h"

#include "app/look/colors.h"
#include "app/pratiche/pratiche_model.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace sdc::app {
namespace {

QRect buttonIn(const QStyleOptionViewItem& option)
{
    const int height = qMin(option.fontMetrics.height() + 12, option.rect.height() - 6);
    QRect place = option.rect.adjusted(8, 0, -8, 0);
    place.setHeight(height);
    place.moveTop(option.rect.top() + (option.rect.height() - height) / 2);
    return place;
}

void paintButton(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool enabled = index.data(PraticheModel::ActionEnabledRole).toBool();
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const Colors colors = colorsFor(option.palette);
    const bool filled = enabled && hovered;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? colors.accent : colors.line, 1));
    painter->setBrush(filled ? QBrush(colors.fill) : QBrush(Qt::NoBrush));
    const QRect place = buttonIn(option);
    painter->drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter->setPen(filled ? QColor(Qt::white) : enabled ? colors.accent : colors.muted);
    painter->drawText(place, Qt::AlignCenter, index.data(Qt::DisplayRole).toString());
}

}

void AzioneDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem ground(option);
    initStyleOption(&ground, index);
    ground.text.clear();
    const QWidget* const widget = option.widget;
    QStyle* const style = widget ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, widget);
    if (index.data(Qt::DisplayRole).toString().isEmpty())
        return;
    painter->save();
    painter->setFont(option.font);
    paintButton(painter, option, index);
    painter->restore();
}

QSize AzioneDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int text = option.fontMetrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    return {text + 48, option.fontMetrics.height() + 20};
}

bool AzioneDelegate::editorEvent(QEvent* event, QAbstractItemModel*, const QStyleOptionViewItem& option,
                                 const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto* const mouse = static_cast<QMouseEvent*>(event);
    const bool enabled = index.data(PraticheModel::ActionEnabledRole).toBool();
    if (mouse->button() != Qt::LeftButton || !enabled || !buttonIn(option).contains(mouse->pos()))
        return false;
    emit clicked(index);
    return true;
}

}
