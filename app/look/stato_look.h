#pragma once

#include "app/look/colors.h"

#include <QString>

namespace sdc::app {

/// Icon and colour that go beside a state's name: never colour alone.
struct StatoLook
{
    QString icon;
    QColor color;
};

StatoLook statoLook(int code, const Colors& colors);

}
