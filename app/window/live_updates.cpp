#include "app/window/live_updates.h"

#include "app/text.h"

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <utility>

namespace sdc::app {
namespace {

using namespace std::chrono_literals;

std::chrono::milliseconds upTo(int milliseconds)
{
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(milliseconds));
}

}

LiveUpdates::LiveUpdates(Client& client, std::function<Id<Pratica>()> shown) : events_(client), shown_(std::move(shown))
{
    changes_.setSingleShot(true);
    recovery_.setSingleShot(true);
    poll_.setInterval(60s);
    connect(&events_, &EventStream::changed, this,
            [this](const QString& pratica) { readSoon(fromQt(pratica) == shown_().text()); });
    connect(&events_, &EventStream::outdated, this, [this] { readSoon(true); });
    connect(&events_, &EventStream::missed, this, [this] {
        if (!poll_.isActive())
            poll_.start();
    });
    connect(&poll_, &QTimer::timeout, this, &LiveUpdates::listOutdated);
    connect(&recovery_, &QTimer::timeout, this, &LiveUpdates::retryDue);
    connect(&changes_, &QTimer::timeout, this, [this] {
        emit listOutdated();
        if (std::exchange(praticaChanged_, false))
            emit praticaOutdated();
    });
}

void LiveUpdates::readSoon(bool pratica)
{
    praticaChanged_ = praticaChanged_ || pratica;
    poll_.stop();
    // Spread, so that all the desks of a comune do not ask in the same moment.
    if (!changes_.isActive())
        changes_.start(400ms + upTo(400));
}

void LiveUpdates::noteArrived()
{
    missed_ = 0;
    recovery_.stop();
}

void LiveUpdates::noteMissed()
{
    const auto pause = std::min<std::chrono::milliseconds>(2s * (1 << std::min(missed_++, 5)), 60s);
    recovery_.start(pause + upTo(1000));
}

void LiveUpdates::stop()
{
    events_.stop();
    for (QTimer* const timer : {&changes_, &poll_, &recovery_})
        timer->stop();
    missed_ = 0;
}

}
