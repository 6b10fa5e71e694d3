#pragma once

#include "core/base/time.h"
#include "server/config.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace sdc::copie {

/// Brings the enti of a backup, or one of them, to where none of them is: everything is checked first, and then all of
/// them are there or none. Then checks the result; the exit status. Throws std::runtime_error with a sentence.
int restore(const Config& config, const std::filesystem::path& da, const std::optional<std::string>& ente,
            const std::function<Instant()>& now);

}
