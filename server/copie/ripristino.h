#pragma once

#include "core/base/time.h"
#include "server/config.h"
#include "server/copie/numeri.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace sdc::copie {

/// What is to be brought back.
struct RichiestaRipristino
{
    std::filesystem::path da;
    std::optional<std::string> ente;
    Numeri numeri;
};

/// Brings the enti of a backup, or one of them, to where none of them is: everything is checked first, and then all of
/// them are there or none. Then checks the result; the exit status. Throws std::runtime_error with a sentence.
int restore(const Config& config, const RichiestaRipristino& richiesta, const std::function<Instant()>& now);

}
