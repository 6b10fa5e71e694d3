#pragma once

#include "core/base/error.h"
#include "server/context.h"
#include "server/store/accessi.h"

#include <chrono>
#include <string>

/// Tries to enter with a name and a password, of operators and partners alike.
namespace sdc::actions {

/// The name was tried too often, known or not: whoever asks may try again after a while, and then with success.
class TooManyTries : public Refusal
{
public:
    explicit TooManyTries(std::chrono::seconds wait)
        : Refusal("Troppi tentativi non riusciti con questo nome utente."),
          wait_(wait)
    {
    }

    std::chrono::seconds wait() const { return wait_; }

private:
    std::chrono::seconds wait_;
};

inline constexpr std::chrono::seconds kLongestWait{15 * 60};

/// How long a network waits after so many tries of one name, once waiting is asked for: 2 s, and from `limit` on twice
/// as long each time, at most a quarter of an hour.
std::chrono::seconds waitAfter(long long tries, long long limit);

/// Throws TooManyTries where a try would have to wait now, and counts none.
void requireNoWait(const Context& context, const std::string& username, const std::string& rete);
/// Throws TooManyTries where too many wrong codes of an operator's second factor have come, from wherever: only who
/// knows the password, or has the session, gets to try any, and six digits do not stand many networks.
void requireFewWrongCodes(const Context& context, store::Reader& reader, const Id<Operatore>& id);
void countWrongCode(const Context& context, const Id<Operatore>& id);
/// Counts a try before it is made: of many at once each sees those before it. Throws TooManyTries.
store::TentativoAccesso reserve(const Context& context, const std::string& username, const std::string& rete);
/// The try was not made, and so does not count.
void giveBack(const Context& context, const store::TentativoAccesso& tentativo);
/// Whether the password is the one of this hash; throws Busy, and gives the try back then.
bool verify(const Context& context, const store::TentativoAccesso& tentativo, const std::string& hash,
            const std::string& password);

}
