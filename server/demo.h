#pragma once

#include "server/rooms.h"

#include <filesystem>

namespace sdc {

/// Makes the demonstration's enti, services, terms and operators from the seed; what is there already stays.
void makeDemo(const Config& config, Rooms& rooms, Instant now);

}
