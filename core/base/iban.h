#pragma once

#include <string>
#include <string_view>

namespace sdc {

/// Whether a text without spaces, in capitals, is an IBAN: shape, Italian length where it is Italian, check (ISO
/// 13616).
bool isIban(std::string_view text);

}
