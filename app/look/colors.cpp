#include "app/look/colors.h"

#include <algorithm>
#include <cmath>

namespace sdc::app {

QColor blend(const QColor& over, const QColor& under, double thickness)
{
    const auto mix = [thickness](int a, int b) { return static_cast<int>(a * thickness + b * (1 - thickness)); };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue()));
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

double contrast(const QColor& a, const QColor& b)
{
    const auto light = [](const QColor& color) {
        const auto part = [](double value) {
            return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
    };
    const double first = light(a) + 0.05;
    const double second = light(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

namespace {

/// The text's colour, as pale as it may become and still be read.
QColor paleText(const QColor& text, const QColor& ground)
{
    constexpr double kReadable = 5.0;
    double thickness = 0.66;
    while (thickness < 1 && contrast(blend(text, ground, thickness), ground) < kReadable)
        thickness += 0.02;
    return blend(text, ground, std::min(thickness, 1.0));
}

}

Colors colorsFor(const QPalette& palette)
{
    const QColor text = palette.color(QPalette::WindowText);
    const QColor ground = palette.color(QPalette::Window);
    Colors colors;
    colors.fill = QColor(0x00, 0x66, 0xcc);
    colors.muted = paleText(text, ground);
    colors.line = blend(text, ground, 0.16);
    colors.hover = blend(text, ground, 0.07);
    if (isDark(palette)) {
        colors.accent = QColor(0x7d, 0xb8, 0xff);
        colors.positive = QColor(0x6f, 0xdd, 0x8b);
        colors.negative = QColor(0xff, 0x9b, 0x93);
        colors.warning = QColor(0xf2, 0xc0, 0x63);
    } else {
        colors.accent = colors.fill;
        colors.positive = QColor(0x14, 0x6c, 0x2e);
        colors.negative = QColor(0xb3, 0x26, 0x1e);
        colors.warning = QColor(0x7f, 0x4f, 0x00);
    }
    return colors;
}

}
