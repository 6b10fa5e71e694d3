#pragma once

#include <QString>

class QLabel;

namespace sdc::app {

/// The colour that a picture takes from the palette of the moment.
enum class Tint { Accent, Muted, Positive, Negative, Warning };

/// Shows an icon in the label, and draws it again when the palette changes.
void setPicture(QLabel* label, const QString& icon, Tint tint, int size);

}
