#include "server/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace sdc {
namespace {

/// The hash names a file for ever: a wrong one must never be given.
void check(int result)
{
    if (result != 1)
        throw std::runtime_error("SHA-256 non calcolato");
}

}

Sha256::Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
{
    check(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::update(const char* data, std::size_t size)
{
    check(EVP_DigestUpdate(context_.get(), data, size));
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    check(EVP_DigestFinal_ex(context_.get(), hash.data(), &size));
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += kHex[hash.at(i) >> 4U];
        text += kHex[hash.at(i) & 15U];
    }
    return text;
}

}
