#pragma once

#include "core/servizio/servizio.h"

#include <optional>

namespace sdc {

/// Whether a person may use a service, or what is missing first.
enum class Ammissione { Ammesso, LivelloBasso, TroppoGiovane };

/// Of one who came in at this level (1 to 3; 0 is unknown) and was born on that day at the latest; nothing: nobody
/// knows, and so it may be today.
Ammissione admit(const Servizio& servizio, int livello, const std::optional<Date>& nascita, Date today);

}
