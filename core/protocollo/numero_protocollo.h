#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>

namespace sdc {

/// A number of the protocol register, with the day and the register it was given by.
/// The text is shown as it is: "0000123/2026" of the built-in register (DPR 445/2000 art. 57), or a partner's own.
struct NumeroProtocollo
{
    std::string text;
    Instant quando;

    bool operator==(const NumeroProtocollo&) const = default;
};

/// "0000123/2026": at least seven digits, restarting each year.
std::string formatProtocollo(int numero, int anno);

}
