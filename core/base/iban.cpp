#include "core/base/iban.h"

#include <algorithm>

namespace sdc {

bool isIban(std::string_view text)
{
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < 15 || text.size() > 34 || !letter(text[0]) || !letter(text[1]) || !digit(text[2]) ||
        !digit(text[3]))
        return false;
    if (!std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); }))
        return false;
    if (text.starts_with("IT") && text.size() != 27)
        return false;
    // The check is made as 98 less a remainder: 00, 01 and 99 leave the right one too, but nobody gives them.
    const std::string_view check = text.substr(2, 2);
    if (check == "00" || check == "01" || check == "99")
        return false;
    int rest = 0;
    const std::string turned = std::string{text.substr(4)} + std::string{text.substr(0, 4)};
    for (const char c : turned)
        rest = digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    return rest == 1;
}

}
