#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace sdc::documents {

/// A line without its end; of one that is too long nothing is kept.
struct Riga
{
    std::string text;
    bool tooLong = false;
};

/// Reads lines from a descriptor, holding at most one line of bounded length.
class Righe
{
public:
    Righe(int descriptor, std::size_t mostBytes) : descriptor_(descriptor), mostBytes_(mostBytes) {}

    /// The next line, or nothing at the end of the input.
    std::optional<Riga> next();

private:
    bool fill();

    int descriptor_;
    std::size_t mostBytes_;
    std::string pending_;
};

}
