#include "server/secrets/totp.h"

#include "server/secrets/token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sdc::secrets {
namespace {

constexpr std::size_t kSecretBytes = 20;

std::array<unsigned char, 20> hmacSha1(const std::string& key, const std::array<unsigned char, 8>& message)
{
    std::array<unsigned char, 20> mac{};
    unsigned int size = mac.size();
    if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), mac.data(), &size) ==
        nullptr)
        throw std::runtime_error("HMAC-SHA-1 non disponibile");
    return mac;
}

}

std::string newTotpSecret()
{
    std::string secret(kSecretBytes, '\0');
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string hotp(const std::string& secret, std::uint64_t counter, int digits)
{
    std::array<unsigned char, 8> message{};
    for (std::size_t i = 0; i < message.size(); ++i)
        message.at(i) = static_cast<unsigned char>(counter >> (8 * (7 - i)));
    const auto mac = hmacSha1(secret, message);
    const std::size_t offset = mac.back() & 0x0FU;
    std::uint32_t value = mac.at(offset) & 0x7FU;
    for (std::size_t i = 1; i < 4; ++i)
        value = (value << 8U) | mac.at(offset + i);
    std::string code(static_cast<std::size_t>(digits), '0');
    for (auto digit = code.rbegin(); digit != code.rend(); ++digit, value /= 10)
        *digit = static_cast<char>('0' + value % 10);
    return code;
}

std::optional<std::int64_t> matchingPasso(const std::string& secret, const std::string& code, std::int64_t now)
{
    std::optional<std::int64_t> found;
    const std::int64_t step = now / kPassoTotp.count();
    for (std::int64_t passo = std::max<std::int64_t>(step - 1, 0); passo <= step + 1; ++passo) {
        if (sameSecret(hotp(secret, static_cast<std::uint64_t>(passo)), code))
            found = passo;
    }
    return found;
}

std::string base32(const std::string& bytes)
{
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        for (held += 8; held >= 5; held -= 5)
            text += kAlphabet[(bits >> static_cast<unsigned>(held - 5)) & 31U];
    }
    if (held > 0)
        text += kAlphabet[(bits << static_cast<unsigned>(5 - held)) & 31U];
    return text;
}

}
