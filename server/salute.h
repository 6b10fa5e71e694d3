#pragma once

#include <string>

namespace sdc {

class Rooms;

namespace salute {

/// What waits and what failed, ente by ente, in Prometheus' text form.
std::string figures(Rooms& rooms);

}
}
