#include "server/secrets/token.h"

#include <sodium.h>

#include <array>
#include <vector>

namespace sdc::secrets {
namespace {

using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

const unsigned char* bytes(const std::string& text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// A key for one purpose, derived from a secret.
Key derive(const std::string& secret, const std::string& purpose)
{
    Key key{};
    const std::string text = purpose + ":" + secret;
    crypto_generichash(key.data(), key.size(), bytes(text), text.size(), nullptr, 0);
    return key;
}

}

std::string base64(const unsigned char* data, std::size_t size)
{
    std::string text(sodium_base64_encoded_len(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), data, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back(); // its final NUL
    return text;
}

std::optional<std::vector<unsigned char>> fromBase64(const std::string& text)
{
    std::vector<unsigned char> raw(text.size());
    std::size_t size = 0;
    if (sodium_base642bin(raw.data(), raw.size(), text.data(), text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    raw.resize(size);
    return raw;
}

std::string newToken()
{
    std::array<unsigned char, 32> random{};
    randombytes_buf(random.data(), random.size());
    return base64(random.data(), random.size());
}

std::string hashOf(const std::string& token)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), bytes(token), token.size());
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

std::string csrfOf(const std::string& hash)
{
    const Key key = derive(hash, "csrf");
    return base64(key.data(), key.size());
}

bool sameSecret(const std::string& a, const std::string& b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(const std::string& text, const std::string& token)
{
    const Key key = derive(token, "sigillo");
    std::vector<unsigned char> sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size());
    randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed.data() + crypto_secretbox_NONCEBYTES, bytes(text), text.size(), sealed.data(),
                          key.data());
    return base64(sealed.data(), sealed.size());
}

std::optional<std::string> unseal(const std::string& sealed, const std::string& token)
{
    constexpr std::size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const auto raw = fromBase64(sealed);
    if (!raw || raw->size() < kOverhead)
        return std::nullopt;
    std::string text(raw->size() - kOverhead, '\0');
    const Key key = derive(token, "sigillo");
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()),
                                   raw->data() + crypto_secretbox_NONCEBYTES, raw->size() - crypto_secretbox_NONCEBYTES,
                                   raw->data(), key.data()) != 0)
        return std::nullopt;
    return text;
}

}
