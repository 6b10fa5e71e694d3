#pragma once

#include "core/base/time.h"
#include "server/config.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace sdc::copie {

/// How a backup is asked for.
struct RichiestaBackup
{
    /// The folder that gets the new backup; it must be there, or a disk that is not mounted would go unnoticed.
    std::filesystem::path in;
    std::optional<std::string> ente;
    /// An earlier backup on the same file system: the files that it has are linked to, not copied again.
    std::optional<std::filesystem::path> precedente;
    /// Link to the server's own files where the file system is the same.
    bool collega = false;
    /// How many backups of the same enti are left in the folder, this one counted; all of them where nothing is said.
    std::optional<std::size_t> tieni;
};

/// Makes a backup while the server works, each ente whole or not at all; the exit status: 3 where files were missing or
/// damaged in the data already, 4 where an ente could not be copied, 5 where old ones should have gone and did not.
/// Where nothing could be copied it throws std::runtime_error with a sentence.
int backup(const Config& config, const RichiestaBackup& richiesta, const std::function<Instant()>& now);

/// What went wrong, in Italian where the system says it otherwise.
std::string reasonOf(const std::exception& error);

}
