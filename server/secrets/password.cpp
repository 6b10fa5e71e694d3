#include "server/secrets/password.h"

#include "server/turn.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace sdc::secrets {
namespace {

// OWASP's second choice for Argon2id: 19 MiB, 2 passes.
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19UL * 1024 * 1024;

Turns& turns()
{
    static Turns turns;
    return turns;
}

std::string makeHash(const std::string& password)
{
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses, kMemory) != 0)
        throw std::runtime_error("memoria insufficiente per la password");
    return hash.data();
}

}

std::string hashPassword(const std::string& password)
{
    const Turn turn(turns());
    return makeHash(password);
}

bool verifyPassword(const std::string& hash, const std::string& password)
{
    const Turn turn(turns());
    // Making a hash costs what checking one costs.
    return hash.empty() ? (makeHash(password), false)
                        : crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}
