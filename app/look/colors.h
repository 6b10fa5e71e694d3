#pragma once

#include <QColor>
#include <QPalette>

namespace sdc::app {

/// Our few colours beside the platform's, readable (4.5:1) on its light or dark ground.
struct Colors
{
    QColor accent; ///< text and lines
    QColor fill;   ///< under white text
    QColor positive;
    QColor negative;
    QColor warning;
    QColor muted;
    QColor line;
    QColor hover;
};

bool isDark(const QPalette& palette);
Colors colorsFor(const QPalette& palette);
/// As WCAG 2 measures it: from 1 to 21.
double contrast(const QColor& a, const QColor& b);
/// `over` laid on `under`, so thick.
QColor blend(const QColor& over, const QColor& under, double thickness);

}
