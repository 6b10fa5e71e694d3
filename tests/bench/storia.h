#pragma once

#include "core/pratica/stato.h"
#include "tests/bench/sorte.h"

#include <chrono>
#include <vector>

namespace sdc::bench {

/// The states from the draft to `fine`, as the iter allows them.
std::vector<Stato> corsoTo(Stato fine, Sorte& sorte);
/// Who may cause this change; throws where the iter does not know it.
Causa causaOf(Stato from, Stato to);
/// How long a pratica waits before it comes into this state.
std::chrono::seconds waitBefore(Stato stato, Sorte& sorte);

/// In which state a pratica is found: of the recent ones many are open, of the others few.
Stato foundIn(bool recent, Sorte& sorte);

}
