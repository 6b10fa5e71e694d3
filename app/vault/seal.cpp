#include "app/vault/seal.h"

#include <sodium.h>

namespace sdc::app {
namespace {

constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "archivio";
constexpr qsizetype kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* bytes(QByteArray& array)
{
    return reinterpret_cast<unsigned char*>(array.data());
}

const unsigned char* bytes(const QByteArray& array)
{
    return reinterpret_cast<const unsigned char*>(array.constData());
}

unsigned long long size(const QByteArray& array)
{
    return static_cast<unsigned long long>(array.size());
}

QByteArray subkey(const QByteArray& key, std::uint64_t number)
{
    QByteArray derived(crypto_kdf_KEYBYTES, '\0');
    crypto_kdf_derive_from_key(bytes(derived), crypto_kdf_KEYBYTES, number, kContext, bytes(key));
    return derived;
}

void wipe(QByteArray& array)
{
    sodium_memzero(array.data(), static_cast<std::size_t>(array.size()));
}

}

Seal::Seal(const QByteArray& key) : names_(subkey(key, 1)), values_(subkey(key, 2)) {}

Seal::~Seal()
{
    wipe(names_);
    wipe(values_);
}

QByteArray Seal::makeKey()
{
    // Says so when the system gives no randomness; nothing may be sealed then.
    if (sodium_init() < 0)
        qFatal("libsodium does not start");
    QByteArray key(crypto_kdf_KEYBYTES, '\0');
    crypto_kdf_keygen(bytes(key));
    return key;
}

bool Seal::isKey(const QByteArray& key)
{
    return key.size() == crypto_kdf_KEYBYTES;
}

QByteArray Seal::hidden(const QByteArray& name) const
{
    QByteArray hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(bytes(hash), crypto_generichash_BYTES, bytes(name), size(name), bytes(names_),
                       static_cast<std::size_t>(names_.size()));
    return hash;
}

QByteArray Seal::close(const QByteArray& value, const QByteArray& name) const
{
    QByteArray nonce(kNonce, '\0');
    randombytes_buf(nonce.data(), static_cast<std::size_t>(kNonce));
    QByteArray sealed(value.size() + kTag, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed), nullptr, bytes(value), size(value), bytes(name),
                                               size(name), nullptr, bytes(nonce), bytes(values_));
    return nonce + sealed;
}

std::optional<QByteArray> Seal::open(const QByteArray& sealed, const QByteArray& name) const
{
    if (sealed.size() < kNonce + kTag)
        return std::nullopt;
    const QByteArray nonce = sealed.left(kNonce);
    const QByteArray body = sealed.mid(kNonce);
    QByteArray value(body.size() - kTag, '\0');
    const int fault = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes(value), nullptr, nullptr, bytes(body), size(body), bytes(name), size(name), bytes(nonce), bytes(values_));
    return fault == 0 ? std::optional(value) : std::nullopt;
}

}
