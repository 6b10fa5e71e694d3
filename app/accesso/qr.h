#pragma once

#include <QPixmap>
#include <QString>

namespace sdc::app {

/// A text as a QR code (ISO/IEC 18004) with its quiet zone, black on white whatever the theme; a null one where the
/// text is too long.
QPixmap qrOf(const QString& text, int pixelsPerModule = 5);

}
