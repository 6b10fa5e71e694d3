#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace sdc::bench {

/// Chance that is the same for the same seed, on every machine.
class Sorte
{
public:
    explicit Sorte(std::uint64_t seed) : numbers_(seed) {}

    /// 0 to most - 1.
    std::size_t below(std::size_t most) { return static_cast<std::size_t>(numbers_() % most); }
    bool oneIn(std::size_t many) { return below(many) == 0; }

    template <class All>
    const auto& of(const All& all)
    {
        return all[below(std::size(all))];
    }

    /// Like store::newId, by this chance.
    std::string id()
    {
        constexpr const char* kHex = "0123456789abcdef";
        std::string text = "00000000-0000-4000-8000-000000000000";
        std::uint64_t bits = numbers_();
        int left = 16;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '-' || i == 14 || i == 19)
                continue;
            if (left-- == 0) {
                bits = numbers_();
                left = 15;
            }
            text[i] = kHex[bits & 15U];
            bits >>= 4U;
        }
        return text;
    }

private:
    std::mt19937_64 numbers_;
};

}
