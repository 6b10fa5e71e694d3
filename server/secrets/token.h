#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sdc::secrets {

/// 32 random bytes as base64url: a session's token.
std::string newToken();
/// What the store keeps of a token: SHA-256, lower-case hex.
std::string hashOf(const std::string& token);
/// The word that every form of a session carries, made of hashOf its token: it can be told again for as long as the
/// session is remembered, and who knows no token and no hash cannot make it.
std::string csrfOf(const std::string& hash);
/// Compares without telling by the time taken how much was right.
bool sameSecret(const std::string& a, const std::string& b);

/// base64url without padding, and back; nothing where it is not.
std::string base64(const unsigned char* data, std::size_t size);
std::optional<std::vector<unsigned char>> fromBase64(const std::string& text);

/// Seals a text with a key (a token): who has the result and not the key can neither read nor change it.
std::string seal(const std::string& text, const std::string& token);
std::optional<std::string> unseal(const std::string& sealed, const std::string& token);

}
