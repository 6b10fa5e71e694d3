#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sdc::gateways::saml {

std::string toBase64(std::string_view bytes);
/// Line breaks apart, nothing but canonical base64 is accepted.
std::optional<std::string> fromBase64(std::string_view text);

/// All but RFC 3986's unreserved characters as %XX.
std::string urlEncode(std::string_view text);
/// Also reads + as a space; nothing where a % is not followed by two digits.
std::optional<std::string> urlDecode(std::string_view text);

/// Raw DEFLATE (RFC 1951), as the Redirect binding has it.
std::string deflate(std::string_view bytes);
/// Nothing where it is no DEFLATE, is cut off, or gives more than `most` bytes.
std::optional<std::string> inflate(std::string_view bytes, std::size_t most);

/// 128 random bits as an XML name.
std::string newId();

/// SAML's times: UTC, perhaps with a fraction of a second, which is left out.
std::optional<Instant> instantFromSaml(std::string_view text);

}
