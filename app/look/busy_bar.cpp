#include "app/look/busy_bar.h"

#include "app/text.h"

#include <chrono>

namespace sdc::app {

using namespace std::chrono_literals;

BusyBar::BusyBar(QWidget* parent) : QProgressBar(parent)
{
    setObjectName(u"busy"_s);
    setTextVisible(false);
    setFixedHeight(3);
    setRange(0, 1);
    setAccessibleName(tr("Attesa del server"));
    delay_.setSingleShot(true);
    patience_.setSingleShot(true);
    connect(&delay_, &QTimer::timeout, this, [this] { setRange(0, 0); });
    connect(&patience_, &QTimer::timeout, this, &BusyBar::tookLong);
}

void BusyBar::setBusy(bool busy)
{
    if (busy && patience_.isActive())
        return;
    if (busy) {
        delay_.start(300ms);
        patience_.start(10s);
        return;
    }
    delay_.stop();
    patience_.stop();
    setRange(0, 1);
    setValue(0);
}

}
