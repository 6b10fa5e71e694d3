#pragma once

#include "server/http/events.h"
#include "server/store/database.h"

#include <string>
#include <vector>

namespace sdc {

class Rooms;

namespace eventi {

/// What changed after a number; who knows nothing is told to read everything anew, and goes on from now.
std::vector<http::Event> after(store::Reader& reader, long long from);

/// The same of one ente; where it cannot be read there is no news, and the log tells so once.
std::vector<http::Event> read(Rooms& rooms, const std::string& ente, long long from);

}
}
