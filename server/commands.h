#pragma once

#include "server/config.h"

#include <string>
#include <vector>

namespace sdc::commands {

/// Runs one command of the command line; the exit status. Throws std::runtime_error with a sentence for the terminal.
int run(const Config& config, const std::vector<std::string>& words);

/// What the program can do, for who asks.
std::string usage();

}
