#pragma once

#include <filesystem>
#include <string>

namespace sdc::bench {

/// Small transactions that the disk makes durable, one after the other, with the server's own settings of the database:
/// what sendings are held against.
struct Commits
{
    double perSecond = 0;
    /// Microseconds of this process; of PostgreSQL's own nothing.
    double cpu = 0;
};

/// PostgreSQL where a connection is given.
Commits measureCommits(const std::filesystem::path& cartella, const std::string& postgresql, int secondi);

}
