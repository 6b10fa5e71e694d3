#include "server/actions/record.h"

#include "core/base/error.h"
#include "server/store/jobs.h"
#include "server/store/pratiche.h"

namespace sdc::actions {

void record(store::Transaction& transaction, const Pratica& pratica, Instant now)
{
    store::save(transaction, pratica);
    for (const Passaggio& passaggio : pratica.news()) {
        if (!notifiesCitizen(passaggio.stato))
            continue;
        const std::string stato = std::to_string(code(passaggio.stato));
        // The versione makes the key: a state reached again later is another change, and another mail.
        const std::string chiave =
            "avvisa:" + pratica.id().text() + ":" + std::to_string(pratica.versione()) + ":" + stato;
        store::enqueue(transaction, {{}, store::GenereJob::Avvisa, chiave, pratica.id(), stato, 0, {}}, now);
    }
}

Pratica ownPratica(store::Reader& reader, const Id<Pratica>& id, const Id<Cittadino>& cittadino)
{
    Pratica pratica = store::pratica(reader, id);
    if (pratica.fields().cittadino != cittadino)
        throw NotFound();
    return pratica;
}

}
