#pragma once

#include "server/config.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

namespace sdc::verifica {

/// Checks the data of all enti, or of one, and writes what is wrong, a sentence a line; the exit status, 0 only where
/// all is well. Changes nothing: older tables are told, not brought to the newest. Throws where there is no such ente.
int run(const Config& config, const std::optional<std::string>& ente, std::ostream& out);

/// The same for a backup: that it is whole, byte by byte, and that what it holds is in order.
int runOnCopia(const Config& config, const std::filesystem::path& copia, const std::optional<std::string>& ente,
               std::ostream& out);

}
