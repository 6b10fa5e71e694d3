#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace sdc::app {

/// An icon of resources/icons, drawn in the palette's text colour of the moment.
QIcon icon(const QString& name);
/// The same, always in this colour.
QIcon icon(const QString& name, const QColor& color);

}
