#include "app/look/picture.h"

#include "app/look/colors.h"
#include "app/look/icons.h"
#include "app/text.h"

#include <QEvent>
#include <QLabel>

namespace sdc::app {
namespace {

QColor colorOf(Tint tint, const Colors& colors)
{
    switch (tint) {
    case Tint::Accent:
        return colors.accent;
    case Tint::Muted:
        return colors.muted;
    case Tint::Positive:
        return colors.positive;
    case Tint::Negative:
        return colors.negative;
    case Tint::Warning:
        return colors.warning;
    }
    return colors.accent;
}

/// Lives with its label and watches it.
class Painter : public QObject
{
public:
    explicit Painter(QLabel* label) : QObject(label), label_(label)
    {
        setObjectName(u"picture"_s);
        label->installEventFilter(this);
    }

    void show(const QString& icon, Tint tint, int size)
    {
        icon_ = icon;
        tint_ = tint;
        size_ = size;
        draw();
    }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::PaletteChange)
            draw();
        return false;
    }

private:
    void draw()
    {
        const QColor color = colorOf(tint_, colorsFor(label_->palette()));
        label_->setPixmap(icon(icon_, color).pixmap(QSize(size_, size_), label_->devicePixelRatioF()));
    }

    QLabel* label_;
    QString icon_;
    Tint tint_ = Tint::Accent;
    int size_ = 0;
};

}

void setPicture(QLabel* label, const QString& icon, Tint tint, int size)
{
    auto* painter = dynamic_cast<Painter*>(label->findChild<QObject*>(u"picture"_s, Qt::FindDirectChildrenOnly));
    if (!painter)
        painter = new Painter(label);
    painter->show(icon, tint, size);
}

}
