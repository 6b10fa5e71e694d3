#include "server/actions/bozza_esito.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/lavora.h"
#include "server/store/bozze_esito.h"
#include "server/store/pratiche.h"

namespace sdc::actions {
namespace {

constexpr int kPassi = 2;

void requireValid(const BozzaEsitoScritta& scritta)
{
    if (!scritta.esito.empty() && scritta.esito != "approva" && scritta.esito != "rigetta")
        throw Invalid("L'esito può essere solo \"approva\" o \"rigetta\".",
                      {{"esito", "Scegli \"Approva\" o \"Rigetta\"."}});
    if (codePoints(scritta.motivazione) > kMaxMotivazione)
        throw Invalid("La motivazione è troppo lunga.", {{"motivazione", "Al massimo 10.000 caratteri."}});
    if (scritta.passo < 1 || scritta.passo > kPassi)
        throw Invalid("Il passo non esiste.", {{"passo", "I passi sono 1 e 2."}});
}

/// As for the outcome itself: who could not decide it has none to write.
void requireInHand(store::Transaction& transaction, const Id<Pratica>& id, const Operatore& operatore)
{
    visiblePratica(transaction, id, operatore).requireWorkedBy(operatore.id);
}

}

void keepBozzaEsito(Context& context, const Id<Pratica>& id, const BozzaEsitoScritta& scritta)
{
    const BozzaEsitoScritta clean{scritta.esito, normalizeNewlines(scritta.motivazione), scritta.passo};
    requireValid(clean);
    store::Transaction transaction(context.database());
    // A decision in the same moment deletes the drafts: none may be born after it.
    store::lock(transaction, id);
    requireInHand(transaction, id, *context.operatore);
    store::save(transaction, id, context.operatore->id, {clean.esito, clean.motivazione, clean.passo, context.now()});
    transaction.commit();
}

void dropBozzaEsito(Context& context, const Id<Pratica>& id)
{
    store::Transaction transaction(context.database());
    requireInHand(transaction, id, *context.operatore);
    store::removeBozzaEsito(transaction, id, context.operatore->id);
    transaction.commit();
}

}
