#include "server/actions/conferma.h"

#include "server/actions/accesso_operatore.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/store/attivita.h"

#include <charconv>

namespace sdc::actions {
namespace {

constexpr std::chrono::minutes kConfermaVale{5};
constexpr std::size_t kLongestChiave = 100;

/// Any server of the house can tell it without a row: it is signed, for one session and one end.
std::string chiaveOf(const Context& context, std::int64_t scade)
{
    const std::string end = std::to_string(scade);
    return end + "." +
           secrets::hashOf(context.rooms.cassaforte().sign("conferma:" + context.sessioneOperatore + ":" + end));
}

}

ChiaveConferma confirmIdentita(Context& context, const Conferma& conferma)
{
    confirmPassword(context, conferma);
    const std::string& id = context.operatore->id.text();
    store::Transaction transaction(context.database());
    store::log(transaction, {"operatore", id, "identità confermata", "operatore:" + id, ""}, context.now());
    transaction.commit();
    const Instant scade = context.now() + kConfermaVale;
    return {chiaveOf(context, scade.time_since_epoch().count()), scade};
}

void requireConferma(const Context& context, const std::string& chiave)
{
    std::int64_t scade = 0;
    std::from_chars(chiave.data(), chiave.data() + std::min(chiave.size(), kLongestChiave), scade);
    const std::int64_t now = context.now().time_since_epoch().count();
    // A clock that was ahead must not make keys that last longer.
    const bool current = scade > now && scade <= now + std::chrono::seconds{kConfermaVale}.count();
    if (!current || !secrets::sameSecret(chiave, chiaveOf(context, scade)))
        throw ServeConferma();
}

}
