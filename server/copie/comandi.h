#pragma once

#include "server/config.h"
#include "server/rooms.h"

#include <string>
#include <vector>

namespace sdc::copie {

// The commands of backups as they are typed: they open no more than they need, and the exit status says how it went.

int backupCommand(const Config& config, const std::vector<std::string>& words);
int ripristinaCommand(const Config& config, const std::vector<std::string>& words);
int verificaCommand(const Config& config, const std::vector<std::string>& words);
/// Moves one year's numbers of the register forward, after data were restored by other means.
int avanzaCommand(Rooms& rooms, const std::vector<std::string>& words);

}
