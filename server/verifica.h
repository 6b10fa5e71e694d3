#pragma once

#include "server/rooms.h"

#include <string>
#include <vector>

namespace sdc::verifica {

/// What is wrong with the data of all enti, a sentence each: the chain of the activity log, the numbering of the
/// register, the files' presence and hashes. Empty where all is well.
std::vector<std::string> faults(Rooms& rooms);

}
