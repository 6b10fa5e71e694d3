#include "core/ente/ente.h"

#include <algorithm>
#include <array>

namespace sdc {

bool isSlug(const std::string& text)
{
    constexpr std::array kReserved = {"static", "api", "stato", "metriche"};
    const bool clean = std::all_of(text.begin(), text.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    return clean && text.size() >= 2 && text.size() <= 40 && text.front() != '-' && text.back() != '-' &&
           std::find(kReserved.begin(), kReserved.end(), text) == kReserved.end();
}

}
