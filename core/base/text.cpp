#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace sdc {
namespace {

constexpr std::string_view kWhite = " \t\r\n\f\v";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Length of the well-formed sequence that starts at `at`, or 0 (RFC 3629: no overlong forms, no surrogates).
std::size_t sequenceLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto left = text.size() - at;
    const auto continues = [&](std::size_t i) { return i < left && (byte(i) & 0xC0U) == 0x80U; };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (!continues(1) || !continues(2))
            return 0;
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!continues(1) || !continues(2) || !continues(3))
            return 0;
        const bool outside = (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) >= 0x90);
        return outside ? 0 : 4;
    }
    return 0;
}

/// Base letter of U+00C0..U+00FF and U+0100..U+017F; empty where there is none.
std::string_view baseOfLatin(std::uint32_t point)
{
    static constexpr std::array<std::string_view, 64> kLatin1 = {
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};
    if (point >= 0xC0 && point <= 0xFF)
        return kLatin1.at(point - 0xC0);
    static constexpr std::string_view kExtended = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
                                                  "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    static_assert(kExtended.size() == 128);
    if (point >= 0x100 && point <= 0x17F)
        return kExtended.substr(point - 0x100, 1);
    return {};
}

/// An accent written after its letter, as some systems do (combining diacritical marks, U+0300..U+036F).
bool isCombiningAccent(std::uint32_t point)
{
    return point >= 0x300 && point <= 0x36F;
}

std::uint32_t decode(std::string_view text, std::size_t at, std::size_t length)
{
    if (length == 1)
        return static_cast<unsigned char>(text[at]);
    std::uint32_t point = static_cast<unsigned char>(text[at]) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        point = (point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    return point;
}

bool isDomain(std::string_view domain)
{
    if (domain.empty() || domain.size() > 255 || domain.find('.') == std::string_view::npos)
        return false;
    char previous = '.';
    for (const char c : domain) {
        if (!isLetter(c) && !isDigit(c) && c != '-' && c != '.')
            return false;
        if (c == '.' && (previous == '.' || previous == '-'))
            return false;
        if (c == '-' && previous == '.')
            return false;
        previous = c;
    }
    return previous != '.' && previous != '-';
}

}

std::string trim(std::string_view text)
{
    const auto first = text.find_first_not_of(kWhite);
    if (first == std::string_view::npos)
        return {};
    return std::string{text.substr(first, text.find_last_not_of(kWhite) - first + 1)};
}

std::string normalizeNewlines(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            result += text[i];
            continue;
        }
        result += '\n';
        if (i + 1 < text.size() && text[i + 1] == '\n')
            ++i;
    }
    return result;
}

bool isCleanUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequenceLength(text, at);
        if (length == 0 || text[at] == '\0')
            return false;
        at += length;
    }
    return true;
}

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string firstCodePoints(std::string_view text, std::size_t most)
{
    std::size_t at = 0;
    for (; at < text.size() && most > 0; --most)
        at += std::max<std::size_t>(1, sequenceLength(text, at));
    return std::string{text.substr(0, at)};
}

std::string withThousands(std::size_t number)
{
    std::string text = std::to_string(number);
    for (auto at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, ".");
    }
    return text;
}

std::string asciiUpper(std::string_view text)
{
    std::string result{text};
    for (char& c : result) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

std::string fold(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, sequenceLength(text, at));
        const std::string_view piece = text.substr(at, length);
        at += length;
        if (length == 1 && kWhite.find(piece[0]) != std::string_view::npos) {
            gap = !result.empty();
            continue;
        }
        const std::uint32_t point = length == 2 ? decode(piece, 0, 2) : 0;
        if (isCombiningAccent(point))
            continue;
        if (gap)
            result += ' ';
        gap = false;
        const std::string_view base = baseOfLatin(point);
        if (!base.empty())
            result += base;
        else if (length == 1 && piece[0] >= 'A' && piece[0] <= 'Z')
            result += static_cast<char>(piece[0] - 'A' + 'a');
        else
            result += piece;
    }
    return result;
}

bool isEmailAddress(std::string_view text)
{
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254)
        return false;
    constexpr std::string_view kAtom = "!#$%&'*+-/=?^_`{|}~.";
    const std::string_view local = text.substr(0, at);
    const bool plain = std::all_of(local.begin(), local.end(), [&](char c) {
        return isLetter(c) || isDigit(c) || kAtom.find(c) != std::string_view::npos;
    });
    const bool dots = local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
    return plain && dots && isDomain(text.substr(at + 1));
}

bool isPhoneNumber(std::string_view text)
{
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    constexpr std::string_view kSeparators = " .-/";
    const bool clean = std::all_of(text.begin(), text.end(),
                                   [&](char c) { return isDigit(c) || kSeparators.find(c) != std::string_view::npos; });
    const auto digits = std::count_if(text.begin(), text.end(), isDigit);
    return clean && digits >= 6 && digits <= 15 && isDigit(text.front());
}

}
