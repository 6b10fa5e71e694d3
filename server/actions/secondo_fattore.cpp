#include "server/actions/secondo_fattore.h"

#include "core/base/error.h"
#include "server/actions/accesso_operatore.h"
#include "server/actions/nuova_password.h"
#include "server/actions/tentativi.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/secrets/totp.h"
#include "server/store/attivita.h"
#include "server/store/operatori.h"
#include "server/store/secondi_fattori.h"

#include <algorithm>

namespace sdc::actions {
namespace {

constexpr std::size_t kCodiciRecupero = 10;
constexpr std::size_t kDigits = 6;

std::string placeOf(const Id<Operatore>& id)
{
    return "operatore:" + id.text() + " totp";
}

/// Recovery codes are short: only with the server's key can they be guessed from what the store keeps.
std::string hashOfRecupero(const Context& context, const Id<Operatore>& id, const std::string& codice)
{
    return secrets::hashOf(context.rooms.cassaforte().sign("recupero:" + id.text() + ":" + codice));
}

/// As people type them: with spaces and dashes, in any case.
std::string plain(const std::string& typed)
{
    std::string codice;
    for (const char c : typed) {
        if (c >= 'A' && c <= 'Z')
            codice += static_cast<char>(c - 'A' + 'a');
        else if (c != ' ' && c != '-')
            codice += c;
    }
    return codice;
}

/// Fifty random bits: "k3mz-7q2h-xy".
std::string newRecupero()
{
    std::string codice = plain(secrets::base32(secrets::newTotpSecret())).substr(0, 10);
    return codice.insert(8, "-").insert(4, "-");
}

std::string uriOf(const Context& context, const std::string& segreto)
{
    const auto encoded = [](const std::string& text) {
        std::string all;
        for (const char c : text)
            all += c == ' ' ? "%20" : c == '%' || c == ':' || c == '&' || c == '?' || c == '#' ? "_" : std::string{c};
        return all;
    };
    const std::string issuer = encoded("Stanza del cittadino " + context.ente().nome);
    return "otpauth://totp/" + issuer + ":" + encoded(context.operatore->username) + "?secret=" + segreto +
           "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30";
}

std::string secretOf(const Context& context, const Id<Operatore>& id, const store::SecondoFattore& fattore)
{
    return context.rooms.cassaforte().unseal(fattore.sigillo, placeOf(id));
}

bool usePasso(const Context& context, store::Transaction& transaction, const std::string& secret,
              const std::string& codice, const Id<Operatore>& id)
{
    const auto passo = secrets::matchingPasso(secret, codice, context.now().time_since_epoch().count());
    return passo && store::usePasso(transaction, id, *passo);
}

void logOf(store::Transaction& transaction, const Context& context, const char* azione)
{
    const std::string& id = context.operatore->id.text();
    store::log(transaction, {"operatore", id, azione, "operatore:" + id, ""}, context.now());
}

/// The recovery codes of a second factor that is active from now on; nothing where the code is wrong.
std::optional<std::vector<std::string>> activate(Context& context, const Id<Operatore>& id, const std::string& codice)
{
    store::Transaction transaction(context.database());
    const auto fattore = store::findSecondoFattore(transaction, id);
    if (!fattore || fattore->attivo)
        throw Conflict("L'attivazione del secondo fattore va cominciata di nuovo.");
    if (!usePasso(context, transaction, secretOf(context, id, *fattore), plain(codice), id))
        return std::nullopt;
    if (!store::activate(transaction, id, fattore->sigillo))
        throw Conflict("L'attivazione del secondo fattore va cominciata di nuovo.");
    std::vector<std::string> codici(kCodiciRecupero);
    std::vector<std::string> hashes;
    std::generate(codici.begin(), codici.end(), newRecupero);
    std::transform(codici.begin(), codici.end(), std::back_inserter(hashes),
                   [&](const std::string& one) { return hashOfRecupero(context, id, plain(one)); });
    store::setCodiciRecupero(transaction, id, hashes);
    logOf(transaction, context, "secondo fattore attivato");
    transaction.commit();
    return codici;
}

}

bool takeCodice(const Context& context, store::Transaction& transaction, const Id<Operatore>& id,
                const std::string& codice)
{
    const auto fattore = store::findSecondoFattore(transaction, id);
    const std::string typed = plain(codice);
    if (!fattore || !fattore->attivo || typed.size() > 100)
        return false;
    if (typed.size() == kDigits)
        return usePasso(context, transaction, secretOf(context, id, *fattore), typed, id);
    if (!store::useCodiceRecupero(transaction, id, hashOfRecupero(context, id, typed)))
        return false;
    store::log(transaction, {"operatore", id.text(), "codice di recupero usato", "operatore:" + id.text(), ""},
               context.now());
    return true;
}

NuovoFattore beginSecondoFattore(Context& context, const Conferma& conferma)
{
    const Operatore& operatore = *context.operatore;
    confirmPassword(context, conferma);
    const std::string secret = secrets::newTotpSecret();
    store::Transaction transaction(context.database());
    if (!store::begin(transaction, operatore.id, context.rooms.cassaforte().seal(secret, placeOf(operatore.id))))
        throw Conflict("Il secondo fattore è già attivo.");
    transaction.commit();
    const std::string segreto = secrets::base32(secret);
    return {segreto, uriOf(context, segreto)};
}

std::vector<std::string> confirmSecondoFattore(Context& context, const std::string& codice)
{
    const Id<Operatore>& id = context.operatore->id;
    requireFewWrongCodes(context, context.database(), id);
    auto codici = activate(context, id, codice);
    if (codici)
        return std::move(*codici);
    countWrongCode(context, id);
    throw Invalid("Il codice non è giusto: controlla che l'orologio del telefono sia esatto e scrivi il codice che si "
                  "vede ora.",
                  {{"codice", "Il codice non è giusto."}});
}

void dropSecondoFattore(Context& context, const Conferma& conferma)
{
    confirmPassword(context, conferma);
    store::Transaction transaction(context.database());
    if (!store::removeSecondoFattore(transaction, context.operatore->id))
        throw Conflict("Il secondo fattore non è attivo.");
    enqueueMail(transaction, MailOperatore::SecondoFattoreTolto, context.operatore->id.text(), context.now());
    logOf(transaction, context, "secondo fattore disattivato");
    transaction.commit();
}

}
