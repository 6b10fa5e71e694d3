#include "core/base/centesimi.h"

#include <algorithm>

namespace sdc {
namespace {

bool allDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The whole euros without their dots; the dots must part groups of three.
std::optional<std::string> wholePart(std::string_view text)
{
    const auto firstDot = text.find('.');
    if (firstDot == std::string_view::npos)
        return allDigits(text) ? std::optional{std::string{text}} : std::nullopt;
    std::string digits{text.substr(0, firstDot)};
    if (!allDigits(digits) || digits.size() > 3)
        return std::nullopt;
    for (auto rest = text.substr(firstDot); !rest.empty(); rest.remove_prefix(4)) {
        if (rest.size() < 4 || rest[0] != '.' || !allDigits(rest.substr(1, 3)))
            return std::nullopt;
        digits += rest.substr(1, 3);
    }
    return digits;
}

}

std::optional<Centesimi> centesimiFromItalian(std::string_view text)
{
    const auto comma = text.find(',');
    const auto whole = wholePart(text.substr(0, comma));
    std::string cents = "00";
    if (comma != std::string_view::npos) {
        cents = text.substr(comma + 1);
        if (!allDigits(cents) || cents.size() > 2)
            return std::nullopt;
        cents.resize(2, '0');
    }
    if (!whole || whole->size() > 9)
        return std::nullopt;
    return Centesimi{std::stoll(*whole + cents)};
}

std::string toItalian(Centesimi amount)
{
    const bool negative = amount.count() < 0;
    const std::int64_t count = negative ? -amount.count() : amount.count();
    std::string whole = std::to_string(count / 100);
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
        whole.insert(static_cast<std::size_t>(at), ".");
    const std::string cents = std::to_string(100 + count % 100).substr(1);
    return (negative ? "-" : "") + whole + "," + cents;
}

}
