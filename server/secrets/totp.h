#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace sdc::secrets {

/// How long a code of a second factor lasts (RFC 6238, X).
inline constexpr std::chrono::seconds kPassoTotp{30};

/// A new secret: 20 random bytes (RFC 4226, R6).
std::string newTotpSecret();

/// The code of a counter, of so many digits (RFC 4226, 5.3; HMAC-SHA-1).
std::string hotp(const std::string& secret, std::uint64_t counter, int digits = 6);

/// The time step whose code this is, of the one at `now` or its two neighbours; nothing where it is of none of them.
std::optional<std::int64_t> matchingPasso(const std::string& secret, const std::string& code, std::int64_t now);

/// Base32 without padding (RFC 4648, 6), as authenticator programs read a secret.
std::string base32(const std::string& bytes);

}
