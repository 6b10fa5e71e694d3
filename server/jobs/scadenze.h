#pragma once

#include "server/rooms.h"

namespace sdc::jobs {

/// Deletes a piece of what the law or the administrator lets be kept no longer: messages of identity providers after 24
/// months (DPCM 24 ottobre 2014, art. 13, c. 2), activities after the configured years. Each day is deleted at once: a
/// signed checkpoint and a row of the log tell of it. Throws std::runtime_error where what should go was altered.
void forgetScaduti(const Config& config, const secrets::Cassaforte& cassaforte, Room& room, Instant now);

}
