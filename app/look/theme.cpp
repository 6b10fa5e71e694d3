#include "app/look/theme.h"

#include "app/look/colors.h"
#include "app/text.h"

#include <QApplication>
#include <QEvent>
#include <QFile>

// Resources of a static library are linked only when asked for, and the macro wants no namespace around it.
static void initResources()
{
    Q_INIT_RESOURCE(app);
}

namespace sdc::app {
namespace {

QString sheetFor(const QPalette& palette)
{
    QFile file(u":/look/theme.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const Colors colors = colorsFor(palette);
    const QColor base = palette.color(QPalette::Base);
    const QColor press = isDark(palette) ? colors.fill.lighter(115) : colors.fill.darker(115);
    sheet.replace("@accent"_L1, colors.accent.name());
    sheet.replace("@fill"_L1, colors.fill.name());
    sheet.replace("@press"_L1, press.name());
    sheet.replace("@muted"_L1, colors.muted.name());
    sheet.replace("@line"_L1, colors.line.name());
    sheet.replace("@hover"_L1, colors.hover.name());
    sheet.replace("@chosen"_L1, blend(colors.accent, base, 0.14).name());
    sheet.replace("@soft"_L1, blend(colors.accent, base, 0.10).name());
    sheet.replace("@warnsoft"_L1, blend(colors.warning, base, 0.12).name());
    sheet.replace("@negsoft"_L1, blend(colors.negative, base, 0.10).name());
    sheet.replace("@possoft"_L1, blend(colors.positive, base, 0.10).name());
    sheet.replace("@warning"_L1, colors.warning.name());
    sheet.replace("@negative"_L1, colors.negative.name());
    sheet.replace("@positive"_L1, colors.positive.name());
    sheet.replace("@text"_L1, palette.color(QPalette::WindowText).name());
    sheet.replace("@base"_L1, base.name());
    sheet.replace("@window"_L1, palette.color(QPalette::Window).name());
    return sheet;
}

}

Theme::Theme(QApplication& application) : QObject(&application), application_(application)
{
    initResources();
    application.installEventFilter(this);
    apply();
}

void Theme::apply()
{
    applying_ = true;
    // Only these roles become ours: the rest stays the platform's and follows it.
    QPalette ours = QApplication::palette();
    const Colors colors = colorsFor(ours);
    ours.setColor(QPalette::Highlight, colors.fill);
    ours.setColor(QPalette::HighlightedText, Qt::white);
    ours.setColor(QPalette::Link, colors.accent);
    ours.setColor(QPalette::PlaceholderText, colors.muted);
    QApplication::setPalette(ours);
    application_.setStyleSheet(sheetFor(QApplication::palette()));
    applying_ = false;
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &application_ && event->type() == QEvent::ApplicationPaletteChange && !applying_)
        apply();
    return QObject::eventFilter(watched, event);
}

}
