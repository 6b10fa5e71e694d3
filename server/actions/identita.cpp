#include "server/actions/identita.h"

#include "server/rooms.h"
#include "server/sigilli.h"
#include "server/store/attivita.h"
#include "server/store/sessions.h"

namespace sdc::actions {
namespace {

/// Longer than a provider's message is believed.
constexpr std::chrono::hours kRicordata{1};

void keepAll(store::Transaction& transaction, const Context& context, const Scambio& scambio)
{
    const auto seal = sigilli::sealer(context.rooms.cassaforte(), context.ente());
    for (const store::TracciaSpid& traccia : scambio)
        store::keep(transaction, traccia, seal, context.now());
}

}

void beginRichiesta(Context& context, const store::RichiestaIdp& richiesta)
{
    store::Transaction transaction(context.database());
    store::keep(transaction, richiesta);
    transaction.commit();
}

void keepScambio(Context& context, const Scambio& scambio)
{
    store::Transaction transaction(context.database());
    keepAll(transaction, context, scambio);
    transaction.commit();
}

std::optional<store::RichiestaIdp> takeRichiesta(Context& context, const store::Riscontro& riscontro)
{
    store::Transaction transaction(context.database());
    auto taken = store::take(transaction, riscontro, context.now());
    transaction.commit();
    return taken;
}

bool useAsserzione(Context& context, const std::string& idp, const std::string& id, Instant fino)
{
    store::Transaction transaction(context.database());
    const bool first = store::useAsserzione(transaction, idp, id, fino);
    transaction.commit();
    return first;
}

void refuseAccesso(Context& context, const Scambio& scambio)
{
    store::Transaction transaction(context.database());
    keepAll(transaction, context, scambio);
    store::log(transaction, {"sistema", "", "accesso rifiutato", "", scambio.back().motivo}, context.now());
    transaction.commit();
}

void endSessioniOf(Context& context, const store::SessioneIdp& presso, const store::TracciaSpid& traccia)
{
    store::Transaction transaction(context.database());
    // The same message again says nothing new.
    if (!store::useAsserzione(transaction, presso.idp, "uscita:" + traccia.richiestaId, context.now() + kRicordata))
        return;
    keepAll(transaction, context, {traccia});
    for (const std::string& hash : store::sessioniOf(transaction, presso.idp, presso.nameId, presso.sessionIndex)) {
        const auto session = store::findSessione(transaction, hash, store::TipoSessione::Cittadino, context.now());
        if (!session)
            continue;
        store::endSessione(transaction, hash, context.now());
        store::log(transaction, {"cittadino", session->soggetto, "uscita", "", "chiesta dal gestore di identità"},
                   context.now());
    }
    transaction.commit();
}

}
