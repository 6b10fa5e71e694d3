#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sdc {

/// Without white space at both ends.
std::string trim(std::string_view text);

/// CRLF and lone CR become LF: the form in which lengths are counted and texts are kept.
std::string normalizeNewlines(std::string_view text);

/// Well-formed UTF-8 without NUL.
bool isCleanUtf8(std::string_view text);

/// How many code points a well-formed UTF-8 text holds.
std::size_t codePoints(std::string_view text);

/// The beginning of a well-formed UTF-8 text: at most this many code points.
std::string firstCodePoints(std::string_view text, std::size_t most);

/// "2.000": a number of things as Italian writes it.
std::string withThousands(std::size_t number);

/// ASCII letters to upper case, all else as it is.
std::string asciiUpper(std::string_view text);

/// The form in which names are searched and sorted: lower case, Latin accents removed, runs of white space as one.
std::string fold(std::string_view text);

/// An "@" with something plausible around it and no character that could break a mail header (RFC 5321, a subset).
bool isEmailAddress(std::string_view text);

/// A telephone number as people write it: optional +, then 6 to 15 digits with spaces, dots, dashes or slashes.
bool isPhoneNumber(std::string_view text);

}
