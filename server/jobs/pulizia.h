#pragma once

#include "server/context.h"

#include <atomic>

namespace sdc::jobs {

/// Forgets what one ente needs no more, and mends what a clock that was ahead has left in the future.
void clean(const Config& config, Room& room, Instant now);

/// When it is time to clean again: every few minutes, and at once when the clock was set back.
class Ritmo
{
public:
    /// Whether it is time; if so, the next time counts from now.
    bool isTime(Instant now);

private:
    std::atomic<Instant> last_{};
};

}
