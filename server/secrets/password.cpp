#include "server/secrets/password.h"

#include <sodium.h>

#include <array>
#include <semaphore>
#include <stdexcept>

namespace sdc::secrets {
namespace {

// OWASP's second choice for Argon2id: 19 MiB, 2 passes.
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19UL * 1024 * 1024;

/// Guards the machine's memory, so there is one for the whole process.
std::counting_semaphore<2>& turns()
{
    static std::counting_semaphore<2> semaphore{2};
    return semaphore;
}

}

std::string hashPassword(const std::string& password)
{
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses, kMemory) != 0)
        throw std::runtime_error("memoria insufficiente per la password");
    return hash.data();
}

bool verifyPassword(const std::string& hash, const std::string& password)
{
    turns().acquire();
    bool right = false;
    try {
        // Making a hash costs what checking one costs.
        right = hash.empty() ? (hashPassword(password), false)
                             : crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    } catch (const std::exception&) {
        turns().release();
        throw;
    }
    turns().release();
    return right;
}

}
