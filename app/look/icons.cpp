#include "app/look/icons.h"

#include "app/text.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

#include <memory>

namespace sdc::app {
namespace {

/// Draws a one-colour SVG in a colour asked for at each painting, so that icons follow the palette.
class TintedIcon : public QIconEngine
{
public:
    TintedIcon(QString file, QColor color) : file_(std::move(file)), color_(color) {}

    QIconEngine* clone() const override { return new TintedIcon(file_, color_); }
    QString key() const override { return u"tinted"_s; }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const double scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, drawn(rect.size(), scale, mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override { return drawn(size, 1.0, mode); }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return drawn(size / scale, scale, mode);
    }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (mode == QIcon::Selected && !color_.isValid())
            return palette.color(QPalette::HighlightedText);
        return color_.isValid() ? color_ : palette.color(QPalette::ButtonText);
    }

    QPixmap drawn(const QSize& size, double scale, QIcon::Mode mode) const
    {
        QPixmap pixmap(size * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        QSvgRenderer(file_).render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colorFor(mode));
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QString file_;
    QColor color_;
};

}

QIcon icon(const QString& name)
{
    return icon(name, QColor());
}

QIcon icon(const QString& name, const QColor& color)
{
    return QIcon(new TintedIcon(u":/icons/%1.svg"_s.arg(name), color));
}

}
