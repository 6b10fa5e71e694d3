#include "app/look/stepper.h"

#include "app/look/colors.h"
#include "app/text.h"

#include <QPainter>

namespace sdc::app {
namespace {

constexpr int kRadius = 8;
constexpr int kTop = 12;

}

Stepper::Stepper(const QStringList& steps, QWidget* parent) : QWidget(parent), steps_(steps)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCurrent(0);
}

void Stepper::setCurrent(int step)
{
    current_ = step;
    setAccessibleName(tr("Passo %1 di %2: %3").arg(step + 1).arg(steps_.size()).arg(steps_.at(step)));
    update();
}

QSize Stepper::sizeHint() const
{
    return {320, kTop + 2 * kRadius + 8 + fontMetrics().height()};
}

int Stepper::centerOf(qsizetype step) const
{
    const int span = qMin(width() - 160, 640);
    const int left = (width() - span) / 2;
    return left + static_cast<int>(step) * span / static_cast<int>(qMax<qsizetype>(steps_.size() - 1, 1));
}

void Stepper::paintStep(QPainter& painter, qsizetype step) const
{
    const Colors colors = colorsFor(palette());
    const bool reached = step <= current_;
    const QPoint center(centerOf(step), kTop + kRadius);
    painter.setPen(QPen(reached ? colors.accent : colors.muted, 2));
    painter.setBrush(reached ? colors.accent : palette().color(QPalette::Window));
    painter.drawEllipse(center, kRadius - 1, kRadius - 1);
    QFont font = this->font();
    font.setWeight(step == current_ ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(step == current_ ? palette().color(QPalette::WindowText) : colors.muted);
    const QRect place(center.x() - 100, center.y() + kRadius + 6, 200, fontMetrics().height());
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignTop, steps_.at(step));
}

void Stepper::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors colors = colorsFor(palette());
    const int y = kTop + kRadius;
    for (qsizetype step = 0; step + 1 < steps_.size(); ++step) {
        const int from = centerOf(step);
        const int to = centerOf(step + 1);
        const int done = step < current_ ? to : (from + to) / 2;
        painter.setPen(QPen(colors.line, 3));
        painter.drawLine(from, y, to, y);
        painter.setPen(QPen(colors.accent, 3));
        painter.drawLine(from, y, done, y);
    }
    for (qsizetype step = 0; step < steps_.size(); ++step)
        paintStep(painter, step);
}

}
