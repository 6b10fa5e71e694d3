#pragma once

#include "server/config.h"
#include "server/store/database.h"

#include <string>

namespace sdc::copie {

/// In an ente's folder until the catalogue names the ente: what it lies in may be thrown away.
inline constexpr const char* kMark = ".ripristino";

/// Refuses where a restore is about to bring an ente, or was cut off: what lies there is no new ente's, and goes with
/// the next restore. Throws std::runtime_error with a sentence.
void requireNoResto(const Config& config, const store::Storage& storage, const std::string& slug);

/// The catalogue names the ente, so all that lies in its folder is its own.
void dropMark(const Config& config, const std::string& slug);

}
