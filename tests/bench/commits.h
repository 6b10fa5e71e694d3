#pragma once

#include <filesystem>
#include <string>

namespace sdc::bench {

/// How many small transactions a second this disk makes durable, one after the other, with the server's own settings of
/// the database: the measure that sendings are held against. PostgreSQL where a connection is given.
double commitsPerSecond(const std::filesystem::path& cartella, const std::string& postgresql, int secondi);

}
