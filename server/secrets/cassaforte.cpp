#include "server/secrets/cassaforte.h"

#include "server/descriptor.h"
#include "server/secrets/token.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace sdc::secrets {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

using Bytes = std::vector<unsigned char>;

const unsigned char* bytesOf(const std::string& text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const unsigned char* data, std::size_t size)
{
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), data, size);
    text.pop_back();
    return text;
}

/// Empty where the text is not hex of this size.
Bytes unhex(const std::string& text, std::size_t size)
{
    Bytes bytes(size);
    std::size_t read = 0;
    const char* end = nullptr;
    const bool all = sodium_hex2bin(bytes.data(), size, text.data(), text.size(), nullptr, &read, &end) == 0 &&
                     read == size && end == text.data() + text.size();
    return all ? bytes : Bytes{};
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason)
{
    throw std::runtime_error("la chiave del server, " + file.string() + ": " + reason);
}

/// Whole or not at all, and never over another server's that began at the same moment.
void make(const std::filesystem::path& file)
{
    Bytes random(crypto_kdf_KEYBYTES);
    randombytes_buf(random.data(), random.size());
    const std::string text = hex(random.data(), random.size()) + "\n";
    const std::filesystem::path part = file.string() + "." + newToken().substr(0, 8) + ".parte";
    {
        const Descriptor own{::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
        const bool written = own && ::write(own.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                             ::fsync(own.get()) == 0;
        const int fault = errno;
        if (!written) {
            ::unlink(part.c_str());
            fail(file, "non si può scrivere: " + std::generic_category().message(fault));
        }
    }
    const int linked = ::link(part.c_str(), file.c_str());
    const int fault = errno;
    ::unlink(part.c_str());
    if (linked != 0 && fault != EEXIST)
        fail(file, "non si può scrivere: " + std::generic_category().message(fault));
    const Descriptor folder{::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    ::fsync(folder.get());
}

/// A key for one purpose.
template <std::size_t size>
std::array<unsigned char, size> derive(const std::array<unsigned char, crypto_kdf_KEYBYTES>& key, std::uint64_t purpose)
{
    std::array<unsigned char, size> derived{};
    crypto_kdf_derive_from_key(derived.data(), derived.size(), purpose, "stanza  ", key.data());
    return derived;
}

enum : std::uint64_t { kSealing = 1, kSigning = 2 };

struct SigningKeys
{
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
};

SigningKeys signingKeys(const std::array<unsigned char, crypto_kdf_KEYBYTES>& key)
{
    SigningKeys keys;
    const auto seed = derive<crypto_sign_SEEDBYTES>(key, kSigning);
    crypto_sign_seed_keypair(keys.open.data(), keys.secret.data(), seed.data());
    return keys;
}

}

Cassaforte::Cassaforte(const std::filesystem::path& file)
{
    static_assert(kKeySize == crypto_kdf_KEYBYTES);
    if (!exists(file)) {
        create_directories(std::filesystem::absolute(file).parent_path());
        make(std::filesystem::absolute(file));
    }
    std::string text;
    std::ifstream stream(file);
    if (!std::getline(stream, text))
        fail(file, "non si può leggere");
    const Bytes read = unhex(text, key_.size());
    if (read.empty())
        fail(file, "non è una chiave: servono " + std::to_string(2 * key_.size()) + " cifre esadecimali");
    std::copy(read.begin(), read.end(), key_.begin());
}

std::string Cassaforte::seal(const std::string& text, const std::string& place) const
{
    const auto key = derive<crypto_aead_xchacha20poly1305_ietf_KEYBYTES>(key_, kSealing);
    Bytes sealed(kNonce + text.size() + kTag);
    randombytes_buf(sealed.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonce, nullptr, bytesOf(text), text.size(),
                                               bytesOf(place), place.size(), nullptr, sealed.data(), key.data());
    return base64(sealed.data(), sealed.size());
}

std::string Cassaforte::unseal(const std::string& sealed, const std::string& place) const
{
    const auto raw = fromBase64(sealed);
    const std::size_t size = raw ? raw->size() : 0;
    const auto key = derive<crypto_aead_xchacha20poly1305_ietf_KEYBYTES>(key_, kSealing);
    std::string text(size < kNonce + kTag ? 0 : size - kNonce - kTag, '\0');
    if (size < kNonce + kTag ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr,
                                                   raw->data() + kNonce, size - kNonce, bytesOf(place), place.size(),
                                                   raw->data(), key.data()) != 0)
        throw std::runtime_error("un segreto sigillato (" + place + ") non si apre con la chiave di questo server");
    return text;
}

std::string Cassaforte::sign(const std::string& text) const
{
    const SigningKeys keys = signingKeys(key_);
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, bytesOf(text), text.size(), keys.secret.data());
    return hex(signature.data(), signature.size());
}

std::string Cassaforte::publicKey() const
{
    const SigningKeys keys = signingKeys(key_);
    return hex(keys.open.data(), keys.open.size());
}

bool Cassaforte::verify(const std::string& text, const std::string& signature, const std::string& publicKey)
{
    const Bytes made = unhex(signature, crypto_sign_BYTES);
    const Bytes key = unhex(publicKey, crypto_sign_PUBLICKEYBYTES);
    return !made.empty() && !key.empty() &&
           crypto_sign_verify_detached(made.data(), bytesOf(text), text.size(), key.data()) == 0;
}

}
