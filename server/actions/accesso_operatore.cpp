#include "server/actions/accesso_operatore.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/secrets/password.h"
#include "server/secrets/token.h"
#include "server/store/attivita.h"
#include "server/store/operatori.h"
#include "server/store/sessions.h"

#include <algorithm>

namespace sdc::actions {
namespace {

constexpr std::chrono::minutes kWindow{15};

bool isUsername(const std::string& text)
{
    return text.size() >= 3 && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
           });
}

}

AccessoOperatore loginOperatore(Context& context, const std::string& username, const std::string& password)
{
    const Instant now = context.now();
    const std::string key = "accesso:" + secrets::hashOf(asciiUpper(trim(username)));
    if (store::attempts(context.database(), key, now - kWindow) >= context.config.tentativiPerUtente)
        throw TooManyTries();
    const auto credenziali = store::findCredenziali(context.database(), trim(username));
    const bool right = secrets::verifyPassword(credenziali ? credenziali->password : "", password);
    store::Transaction transaction(context.database());
    if (!right || !credenziali->operatore.attivo) {
        store::countAttempt(transaction, key, now, now - kWindow);
        // Guesses at names that do not exist leave no trace in a log that is never shortened.
        if (credenziali)
            store::log(transaction, {"operatore", credenziali->operatore.id.text(), "accesso rifiutato", "", ""}, now);
        transaction.commit();
        throw Forbidden("Nome utente o password non corretti.");
    }
    const std::string token = secrets::newToken();
    const Instant expires = now + std::chrono::seconds{context.config.durataSessioneOperatore};
    store::forgetAttempts(transaction, key);
    store::insert(
        transaction,
        {secrets::hashOf(token), store::TipoSessione::Operatore, credenziali->operatore.id.text(), now, expires}, now);
    store::log(transaction, {"operatore", credenziali->operatore.id.text(), "accesso", "", ""}, now);
    transaction.commit();
    return {credenziali->operatore, token, expires};
}

void logoutOperatore(Context& context)
{
    store::Transaction transaction(context.database());
    store::endSessione(transaction, context.sessioneOperatore, context.now());
    store::log(transaction, {"operatore", context.operatore->id.text(), "uscita", "", ""}, context.now());
    transaction.commit();
}

void addOperatore(store::Transaction& transaction, const Operatore& operatore, const std::string& password)
{
    if (!isUsername(operatore.username))
        throw Invalid("Il nome utente è fatto di lettere minuscole, cifre, punti e trattini, da 3 a 60.");
    if (codePoints(password) < 10 || password.size() > 1000)
        throw Invalid("La password deve avere almeno 10 caratteri.");
    try {
        store::insert(transaction, operatore, secrets::hashPassword(password));
    } catch (const store::Duplicate&) {
        throw Invalid("Il nome utente \"" + operatore.username + "\" esiste già.");
    }
}

}
