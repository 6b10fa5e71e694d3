#pragma once

#include "core/base/time.h"
#include "server/config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sdc::copie {

/// How the folder of one begins that is not whole yet, or no more.
inline constexpr const char* kUnfinishedBackup = ".stanza-incompiuta-";

/// The backups in a folder, of all enti or of this one alone, oldest first; what bears another name is none.
std::vector<std::filesystem::path> copieIn(const std::filesystem::path& folder, const std::optional<std::string>& ente);
/// The newest of them whose manifest can be read.
std::optional<std::filesystem::path> ultimaCopia(const std::filesystem::path& folder,
                                                 const std::optional<std::string>& ente);

/// Takes the oldest beside `made` away, so that `most` are left; never that one, whatever the clock said when the
/// others were made. One that is half gone is no backup any more, and goes with the next one that is made.
void keepNewest(const std::filesystem::path& made, const std::optional<std::string>& ente, std::size_t most);

/// Beside the data stands when all enti were last backed up, so that the server's own figures tell of it.
void noteCopia(const Config& config, Instant when);
std::optional<Instant> lastNoted(const Config& config);

}
