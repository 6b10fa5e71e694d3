#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdc {

/// Money as whole cents of euro.
class Centesimi
{
public:
    constexpr Centesimi() = default;
    constexpr explicit Centesimi(std::int64_t count) : count_(count) {}

    constexpr std::int64_t count() const { return count_; }
    auto operator<=>(const Centesimi&) const = default;

private:
    std::int64_t count_ = 0;
};

/// Reads an amount as people write it in Italy: "16", "16,00", "1.234,56"; at most 999.999.999,99.
std::optional<Centesimi> centesimiFromItalian(std::string_view text);
/// "1.234,56".
std::string toItalian(Centesimi amount);

}
