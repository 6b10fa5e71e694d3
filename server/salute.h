#pragma once

#include "server/context.h"

#include <string>

namespace sdc::salute {

/// What waits, what failed and what there is room for, in Prometheus' text form. Never fails: what cannot be read is
/// left out, and shows as an ente that is not open.
std::string figures(const Context& context);

}
