#pragma once

#include "server/rooms.h"

#include <ostream>
#include <string>
#include <vector>

/// What an administrator shows of what is kept about who did what.
namespace sdc::registri {

/// "spid registro --ente S --richiesta ID": all that is kept of a login by SPID or CIE, for an authority that asks;
/// that it was read is logged.
int showTracce(Rooms& rooms, const std::vector<std::string>& words, std::ostream& out);

}
