#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
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

    /// Like store::newId, by this chance; but each is greater than the one before, so that millions of rows fill their
    /// indexes from one end: minutes instead of a quarter of an hour.
    std::string id()
    {
        std::array<char, 37> text{};
        const std::uint64_t bits = numbers_();
        std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-8%03x-%012llx", ++ids_,
                      static_cast<unsigned>(bits & 0xFFFFU), static_cast<unsigned>(bits >> 16U & 0xFFFU),
                      static_cast<unsigned>(bits >> 28U & 0xFFFU),
                      static_cast<unsigned long long>(numbers_() & 0xFFFF'FFFF'FFFFU));
        return {text.data(), text.size() - 1};
    }

private:
    std::mt19937_64 numbers_;
    unsigned ids_ = 0;
};

}
