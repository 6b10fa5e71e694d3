#pragma once

#include "core/base/time.h"
#include "server/config.h"
#include "server/gateways/carte/archivio.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sdc::gateways::carte {

/// Fetches what is at an address, no larger than this. Throws std::exception, with the reason in Italian.
using Scarica = std::function<std::string(const std::string& url, std::size_t most)>;

/// What came of fetching the lists anew.
struct Rapporto
{
    /// What is new, and what went wrong, a sentence each.
    std::vector<std::string> novita;
    std::vector<std::string> guasti;
    /// When the first of the lists of revocations runs out.
    std::optional<Instant> prossima;
};

/// Fetches the trust list, where one is configured, and every list of revocations that is known of. What is not signed
/// as it must be, has run out, or is older than what is here, changes nothing: the last good copy stays.
Rapporto aggiorna(const ConfigCarte& config, const Archivio& archivio, const Scarica& scarica, Instant now);

}
