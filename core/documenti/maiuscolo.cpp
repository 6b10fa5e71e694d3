#include "core/documenti/maiuscolo.h"

namespace sdc {

namespace {

constexpr char32_t kMultiplicationSignPair = 0xF7;

char32_t upper(char32_t c)
{
    const bool latin1 = c >= 0xE0 && c <= 0xFE && c != kMultiplicationSignPair;
    if (latin1)
        return c - 0x20;
    if (c == 0xFF)
        return 0x178;
    // Latin Extended-A pairs its letters: capital on the even code point, or on the odd one in two stretches.
    const bool capitalEven = (c >= 0x100 && c <= 0x137 && c != 0x131) || (c >= 0x14A && c <= 0x177);
    const bool capitalOdd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    const bool small = (capitalEven && c % 2 == 1) || (capitalOdd && c % 2 == 0);
    return small ? c - 1 : c;
}

bool isTwoByteLead(unsigned char byte)
{
    return byte >= 0xC3 && byte <= 0xC5;
}

}

std::string maiuscolo(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'a' && byte <= 'z') {
            result += static_cast<char>(byte - ('a' - 'A'));
        } else if (isTwoByteLead(byte) && i + 1 < text.size()) {
            const auto next = static_cast<unsigned char>(text[++i]);
            const char32_t c = upper(static_cast<char32_t>((byte & 0x1F) << 6 | (next & 0x3F)));
            result += static_cast<char>(0xC0 | (c >> 6));
            result += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            result += text[i];
        }
    }
    return result;
}

}
