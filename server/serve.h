#pragma once

#include "server/config.h"
#include "server/rooms.h"

namespace sdc {

/// Makes the parts, starts them, waits for SIGTERM or SIGINT, stops them. The only place that knows them all.
int serve(const Config& config, Rooms& rooms, const std::function<Instant()>& now);

}
