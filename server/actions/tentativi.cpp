#include "server/actions/tentativi.h"

#include "server/actions/nuova_password.h"
#include "server/rooms.h"
#include "server/secrets/password.h"
#include "server/secrets/token.h"
#include "server/store/ids.h"
#include "server/store/sessions.h"
#include "server/turn.h"

#include <algorithm>

namespace sdc::actions {
namespace {

using std::chrono::seconds;

constexpr std::chrono::minutes kWindow{15};
/// How long the tries of a network count against it.
constexpr std::chrono::hours kMemory{24};
constexpr seconds kShortestWait{2};
/// Wrong codes of one account.
constexpr long long kMostCodici = 20;
constexpr std::chrono::hours kCodiciIn{1};

std::string codeKey(const Id<Operatore>& id)
{
    return "codice:" + id.text();
}

/// Networks are told apart, not known: without the server's key nobody reads addresses from the store.
store::TentativoAccesso identify(const Context& context, const std::string& username, const std::string& rete)
{
    const std::string nome = nomeDi(username);
    return {store::newId(), nome, secrets::hashOf(context.rooms.cassaforte().sign("rete:" + nome + ":" + rete))};
}

/// Zero: at once. A name under attack slows down the networks that its owner never entered from, each by its own tries
/// alone; so who attacks it, from wherever, keeps nobody else out.
seconds toWait(const Context& context, store::Reader& reader, const store::TentativoAccesso& tentativo)
{
    const Instant now = context.now();
    const long long limit = context.config.tentativiPerUtente;
    const auto falliti = store::accessiFalliti(reader, tentativo, now - kWindow, now - kMemory);
    if (falliti.dellaRete == 0)
        return seconds{0};
    const bool underAttack = falliti.delNome >= limit && !store::isReteNota(reader, tentativo);
    if (!underAttack && falliti.dellaRete < limit)
        return seconds{0};
    return std::clamp(*falliti.ultimo + waitAfter(falliti.dellaRete, limit) - now, seconds{0}, kLongestWait);
}

void requireNoWait(const Context& context, store::Reader& reader, const store::TentativoAccesso& tentativo)
{
    if (const seconds wait = toWait(context, reader, tentativo); wait > seconds{0})
        throw TooManyTries(wait);
}

}

std::chrono::seconds waitAfter(long long tries, long long limit)
{
    const long long doublings = std::clamp<long long>(tries - limit, 0, 20);
    return std::min(kLongestWait, seconds{kShortestWait.count() << static_cast<unsigned>(doublings)});
}

void requireNoWait(const Context& context, const std::string& username, const std::string& rete)
{
    requireNoWait(context, context.database(), identify(context, username, rete));
}

void requireFewWrongCodes(const Context& context, store::Reader& reader, const Id<Operatore>& id)
{
    if (store::attempts(reader, codeKey(id), context.now() - kCodiciIn) >= kMostCodici)
        throw TooManyTries(kLongestWait);
}

void countWrongCode(const Context& context, const Id<Operatore>& id)
{
    store::Transaction transaction(context.database());
    store::countAttempt(transaction, codeKey(id), context.now(), context.now() - kCodiciIn);
    transaction.commit();
}

store::TentativoAccesso reserve(const Context& context, const std::string& username, const std::string& rete)
{
    auto tentativo = identify(context, username, rete);
    // Whoever has to wait costs a look, not a write.
    requireNoWait(context, context.database(), tentativo);
    store::Transaction transaction(context.database());
    store::lockAccessi(transaction);
    requireNoWait(context, transaction, tentativo);
    store::insert(transaction, tentativo, context.now());
    transaction.commit();
    return tentativo;
}

void giveBack(const Context& context, const store::TentativoAccesso& tentativo)
{
    store::Transaction transaction(context.database());
    store::remove(transaction, tentativo);
    transaction.commit();
}

bool verify(const Context& context, const store::TentativoAccesso& tentativo, const std::string& hash,
            const std::string& password)
{
    try {
        return secrets::verifyPassword(hash, password);
    } catch (const Busy&) {
        // The try was not made, and so must not count.
        giveBack(context, tentativo);
        throw;
    }
}

}
