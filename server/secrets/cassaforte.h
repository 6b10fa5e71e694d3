#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>

namespace sdc::secrets {

/// What this server alone can do: it seals what must not be read from a stolen database or copy of it, and signs what
/// nobody else may make. Its one key lies in a file of its own, apart from the data and their copies.
class Cassaforte
{
public:
    /// Reads the key; makes one, for this user alone to read, where there is no file. Throws std::runtime_error where
    /// the file is no key or cannot be read or made.
    explicit Cassaforte(const std::filesystem::path& file);

    /// Seals a text for one place ("operatore:ID totp"): it opens with the same key at the same place alone.
    std::string seal(const std::string& text, const std::string& place) const;
    /// Throws std::runtime_error where it was sealed with another key or for another place, or was altered.
    std::string unseal(const std::string& sealed, const std::string& place) const;

    /// An Ed25519 signature (RFC 8032), as hex.
    std::string sign(const std::string& text) const;
    /// The key to check it with, as hex: whoever keeps it elsewhere can tell a row signed later by somebody else.
    std::string publicKey() const;
    static bool verify(const std::string& text, const std::string& signature, const std::string& publicKey);

private:
    static constexpr std::size_t kKeySize = 32;
    std::array<unsigned char, kKeySize> key_{};
};

}
