#pragma once

#include "core/cittadino/cittadino.h"
#include "tests/bench/sorte.h"

#include <vector>

namespace sdc::bench {

/// Invented citizens with complete profiles and each a codice fiscale of their own.
std::vector<Cittadino> inventPersone(Sorte& sorte, std::size_t count);

}
