#include "server/actions/accesso_partner.h"

#include "server/store/attivita.h"

namespace sdc::actions {
namespace {

void logLogin(store::Transaction& transaction, const Id<Partner>& id, const std::string& come, Instant now)
{
    store::log(transaction, {"partner", id.text(), "accesso", "", come}, now);
}

void logRefusal(Context& context, const Id<Partner>& id, const std::string& why)
{
    store::Transaction transaction(context.database());
    store::log(transaction, {"partner", id.text(), "accesso rifiutato", "", why}, context.now());
    transaction.commit();
}

/// Guesses at names that do not exist leave no trace in a log that is never shortened.
[[noreturn]] void refuse(Context& context, const std::optional<store::CredenzialiPartner>& found)
{
    if (found)
        logRefusal(context, found->partner.id, found->partner.attivo ? "password" : "disabilitato");
    throw Forbidden("Nome utente o password non corretti.");
}

}

std::string nomeAccesso(const std::string& username)
{
    return "partner:" + username;
}

store::CredenzialiPartner loginPartner(Context& context, const TentativoPartner& tentativo)
{
    const auto reserved = reserve(context, nomeAccesso(tentativo.username), tentativo.rete);
    auto found = store::findPartner(context.database(), tentativo.username);
    const bool right = verify(context, reserved, found ? found->password : "", tentativo.password);
    if (!right || !found->partner.attivo)
        refuse(context, found);
    store::Transaction transaction(context.database());
    store::removeAllOf(transaction, reserved);
    store::rememberRete(transaction, reserved, context.now());
    logLogin(transaction, found->partner.id, "password", context.now());
    transaction.commit();
    return std::move(*found);
}

void loginConCertificato(Context& context, const store::MostratoPartner& mostrato)
{
    store::Transaction transaction(context.database());
    logLogin(transaction, mostrato.partner.id, "certificato " + mostrato.certificato.impronta, context.now());
    transaction.commit();
}

void refuseCertificato(Context& context, const store::MostratoPartner& mostrato, const std::string& why)
{
    logRefusal(context, mostrato.partner.id, why + ", certificato " + mostrato.certificato.impronta);
}

}
