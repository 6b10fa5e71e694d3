#include "server/actions/identita.h"

#include "server/store/attivita.h"
#include "server/store/sessions.h"

namespace sdc::actions {

void beginRichiesta(Context& context, const store::RichiestaIdp& richiesta)
{
    store::Transaction transaction(context.database());
    store::keep(transaction, richiesta);
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

void refuseAccesso(Context& context, const std::string& motivo)
{
    store::Transaction transaction(context.database());
    store::log(transaction, {"sistema", "", "accesso rifiutato", "", motivo}, context.now());
    transaction.commit();
}

int endSessioniOf(Context& context, const std::string& idp, const std::string& nameId, const std::string& sessionIndex)
{
    int ended = 0;
    store::Transaction transaction(context.database());
    for (const std::string& hash : store::sessioniOf(transaction, idp, nameId, sessionIndex)) {
        const auto session = store::findSessione(transaction, hash, store::TipoSessione::Cittadino, context.now());
        if (!session)
            continue;
        store::endSessione(transaction, hash, context.now());
        store::log(transaction, {"cittadino", session->soggetto, "uscita", "", "chiesta dal gestore di identità"},
                   context.now());
        ++ended;
    }
    transaction.commit();
    return ended;
}

}
