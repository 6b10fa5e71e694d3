#include "server/actions/accesso_operatore.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ente/password.h"
#include "server/actions/nuova_password.h"
#include "server/rooms.h"
#include "server/secrets/password.h"
#include "server/secrets/token.h"
#include "server/store/accessi.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/nuove_password.h"
#include "server/store/operatori.h"
#include "server/store/secondi_fattori.h"
#include "server/store/sessions.h"

#include <algorithm>

namespace sdc::actions {
namespace {

using std::chrono::seconds;

constexpr const char* kWrong = "Nome utente o password non corretti.";

/// Guesses at names that do not exist leave no trace in a log that is never shortened.
[[noreturn]] void refuse(const Context& context, const Id<Operatore>& id, const char* why)
{
    if (!id.empty()) {
        store::Transaction transaction(context.database());
        store::log(transaction, {"operatore", id.text(), "accesso rifiutato", "", why}, context.now());
        transaction.commit();
    }
    throw Forbidden(kWrong);
}

/// Whether the second factor, if there is one, lets pass. Who brings no code has shown the password alone: this try is
/// given back, but not those before it, else right passwords would wipe out wrong codes.
bool passesCodice(const Context& context, store::Transaction& transaction, const Id<Operatore>& id,
                  const std::string& codice)
{
    if (!store::hasSecondoFattore(transaction, id))
        return true;
    if (trim(codice).empty())
        throw ServeCodice();
    requireFewWrongCodes(context, transaction, id);
    return takeCodice(context, transaction, id, codice);
}

std::optional<store::Credenziali> findByName(const Context& context, const std::string& username)
{
    return isUsername(username) ? store::findCredenziali(context.database(), username) : std::nullopt;
}

AccessoOperatore open(const Context& context, store::Transaction& transaction, const Operatore& operatore)
{
    const Instant now = context.now();
    const std::string token = secrets::newToken();
    const Instant expires = now + seconds{context.config.durataSessioneOperatore};
    store::insert(transaction,
                  {secrets::hashOf(token), store::TipoSessione::Operatore, operatore.id.text(), now, expires}, now);
    store::log(transaction, {"operatore", operatore.id.text(), "accesso", "", ""}, now);
    return {operatore, token, expires};
}

/// Password and code of an account that is active; what `then` does is done in the same transaction.
template <class Then>
auto authenticate(const Context& context, const TentativoOperatore& typed, const Then& then)
{
    // What can be no operator's name is counted as one, and as nobody else's.
    const std::string username = trim(typed.username);
    const auto tentativo = reserve(context, isUsername(username) ? username : "?", typed.rete);
    const auto credenziali = findByName(context, trim(typed.username));
    const Id<Operatore> id = credenziali ? credenziali->operatore.id : Id<Operatore>{};
    if (!verify(context, tentativo, credenziali ? credenziali->password : "", typed.password))
        refuse(context, id, "password");
    try {
        store::Transaction transaction(context.database());
        // An account that is disabled, or changes its password, at this moment opens no session.
        if (store::hold(transaction, id, credenziali->password) && passesCodice(context, transaction, id, typed.codice))
        {
            store::removeAllOf(transaction, tentativo);
            store::rememberRete(transaction, tentativo, context.now());
            auto result = then(transaction, credenziali->operatore);
            transaction.commit();
            return result;
        }
    } catch (const ServeCodice&) {
        giveBack(context, tentativo);
        throw;
    }
    if (credenziali->operatore.attivo)
        countWrongCode(context, id);
    refuse(context, id, credenziali->operatore.attivo ? "secondo fattore" : "disabilitato");
}

}

bool isUsername(const std::string& text)
{
    return text.size() >= 3 && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
           });
}

AccessoOperatore loginOperatore(Context& context, const TentativoOperatore& tentativo)
{
    return authenticate(context, tentativo, [&](store::Transaction& transaction, const Operatore& operatore) {
        return open(context, transaction, operatore);
    });
}

void logoutOperatore(Context& context)
{
    store::Transaction transaction(context.database());
    store::endSessione(transaction, context.sessioneOperatore, context.now());
    store::log(transaction, {"operatore", context.operatore->id.text(), "uscita", "", ""}, context.now());
    transaction.commit();
}

void confirmPassword(Context& context, const Conferma& conferma)
{
    const TentativoOperatore typed{context.operatore->username, conferma.password, conferma.codice, conferma.indirizzo};
    authenticate(context, typed, [](store::Transaction&, const Operatore&) { return true; });
}

void changePassword(Context& context, const Conferma& conferma, const std::string& nuova)
{
    const Operatore& operatore = *context.operatore;
    checkPassword(nuova, operatore, "nuova");
    // Before a costly hash is made for who has to wait anyway.
    requireNoWait(context, operatore.username, conferma.indirizzo);
    const std::string hash = secrets::hashPassword(nuova);
    const TentativoOperatore typed{operatore.username, conferma.password, conferma.codice, conferma.indirizzo};
    authenticate(context, typed, [&](store::Transaction& transaction, const Operatore&) {
        store::setPassword(transaction, operatore.id, hash);
        store::voidLink(transaction, operatore.id);
        store::endSessioni(transaction, operatore.id.text(), store::TipoSessione::Operatore, context.sessioneOperatore,
                           context.now());
        enqueueMail(transaction, MailOperatore::PasswordCambiata, operatore.id.text(), context.now());
        store::log(transaction,
                   {"operatore", operatore.id.text(), "password cambiata", "operatore:" + operatore.id.text(), ""},
                   context.now());
        return true;
    });
}

long long endOtherSessions(Context& context)
{
    const std::string& id = context.operatore->id.text();
    store::Transaction transaction(context.database());
    const long long ended =
        store::endSessioni(transaction, id, store::TipoSessione::Operatore, context.sessioneOperatore, context.now());
    store::log(transaction, {"operatore", id, "altri accessi chiusi", "operatore:" + id, std::to_string(ended)},
               context.now());
    transaction.commit();
    return ended;
}

void checkPassword(const std::string& password, const Operatore& operatore, const std::string& field)
{
    const std::string fault = passwordFault(password, operatore);
    if (!fault.empty())
        throw Invalid(fault, {{field, fault}});
}

void addOperatore(store::Transaction& transaction, const Operatore& operatore, const std::string& password)
{
    if (!isUsername(operatore.username))
        throw Invalid("Il nome utente è fatto di lettere minuscole, cifre, punti e trattini, da 3 a 60.",
                      {{"username", "Usa lettere minuscole, cifre, punti e trattini, da 3 a 60."}});
    checkPassword(password, operatore, "password");
    try {
        store::insert(transaction, operatore, secrets::hashPassword(password));
    } catch (const store::Duplicate&) {
        throw Invalid("Il nome utente \"" + operatore.username + "\" esiste già.",
                      {{"username", "Questo nome utente esiste già."}});
    }
}

}
