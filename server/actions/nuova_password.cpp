#include "server/actions/nuova_password.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/accesso_operatore.h"
#include "server/rooms.h"
#include "server/secrets/password.h"
#include "server/secrets/token.h"
#include "server/store/accessi.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/jobs.h"
#include "server/store/nuove_password.h"
#include "server/store/operatori.h"
#include "server/store/sessions.h"

#include <algorithm>
#include <array>

namespace sdc::actions {
namespace {

constexpr std::array<std::string_view, 7> kMails = {"nuova-password",     "invito",         "password-cambiata",
                                                    "indirizzo-cambiato", "ruolo-cambiato", "secondo-fattore-tolto",
                                                    "riabilitato"};
constexpr std::chrono::hours kValid{1};
/// A first password is set when the new colleague reads their mail, not within the hour.
constexpr std::chrono::hours kInvitoValid{72};
/// Mails to one account in an hour, however often they are asked for.
constexpr long long kMailsPerHour = 3;
constexpr const char* kUsed =
    "Questo link non è più valido: è già stato usato, è scaduto o ne è stato chiesto un altro.";

bool bringsLink(MailOperatore mail)
{
    return mail == MailOperatore::NuovaPassword || mail == MailOperatore::Invito;
}

/// The operator, with the address that this mail goes to.
std::optional<Operatore> recipient(const Context& context, const MailChiesta& chiesta)
{
    if (chiesta.mail == MailOperatore::NuovaPassword) {
        const auto found = store::findCredenziali(context.database(), chiesta.chi);
        return found ? std::optional{found->operatore} : std::nullopt;
    }
    const auto space = std::min(chiesta.chi.find(' '), chiesta.chi.size());
    auto operatore = store::findOperatore(context.database(), Id<Operatore>{chiesta.chi.substr(0, space)});
    if (operatore && chiesta.mail == MailOperatore::IndirizzoCambiato)
        operatore->email = trim(chiesta.chi.substr(space));
    return operatore;
}

/// Known to this server and to the mail alone: the store keeps its hash, and it can be made again.
std::string codeOf(const Context& context, const store::Job& job)
{
    return secrets::hashOf(context.rooms.cassaforte().sign("nuova-password:" + job.id));
}

}

std::string nomeDi(const std::string& username)
{
    return secrets::hashOf(asciiUpper(trim(username)));
}

void enqueueMail(store::Transaction& transaction, MailOperatore mail, const std::string& chi, Instant now)
{
    store::Job job;
    job.genere = store::GenereJob::Avvisa;
    const std::string name{kMails.at(static_cast<std::size_t>(mail))};
    job.chiave = name + ":" + store::newId();
    job.dati = name + " " + chi;
    store::enqueue(transaction, job, now);
}

std::optional<MailChiesta> mailOf(const store::Job& job)
{
    const auto space = std::min(job.dati.find(' '), job.dati.size());
    const auto* const found = std::find(kMails.begin(), kMails.end(), job.dati.substr(0, space));
    if (!job.pratica.empty() || found == kMails.end() || space == job.dati.size())
        return std::nullopt;
    return MailChiesta{static_cast<MailOperatore>(found - kMails.begin()), job.dati.substr(space + 1)};
}

bool mayMail(store::Transaction& transaction, const std::string& what, Instant now)
{
    return store::countAttempt(transaction, what, now, now - std::chrono::hours{1}) <= kMailsPerHour;
}

void askNuovaPassword(Context& context, const std::string& username)
{
    const std::string name = trim(username);
    if (!isUsername(name))
        return;
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    if (mayMail(transaction, "nuova-password:" + nomeDi(name), now))
        enqueueMail(transaction, MailOperatore::NuovaPassword, name, now);
    transaction.commit();
}

std::optional<Recapito> makeLink(const Context& context, const store::Job& job)
{
    const auto chiesta = mailOf(job);
    const auto operatore = chiesta ? recipient(context, *chiesta) : std::nullopt;
    if (!operatore || !isEmailAddress(operatore->email))
        return std::nullopt;
    if (!bringsLink(chiesta->mail))
        return Recapito{*operatore, ""};
    if (!operatore->attivo)
        return std::nullopt;
    const std::string codice = codeOf(context, job);
    const bool made = store::titolareDelLink(context.database(), secrets::hashOf(codice), context.now()).has_value();
    const Instant expires = job.creato + (chiesta->mail == MailOperatore::Invito ? kInvitoValid : kValid);
    store::Transaction transaction(context.database());
    if (expires <= context.now() ||
        !store::put(transaction, {operatore->id, secrets::hashOf(codice), job.creato, expires}))
        return std::nullopt;
    // Once, however often the mail has to be tried.
    if (!made)
        store::log(transaction,
                   {"sistema", "", "link per la password inviato", "operatore:" + operatore->id.text(), ""},
                   context.now());
    transaction.commit();
    return Recapito{*operatore, codice};
}

std::optional<Operatore> titolareDelCodice(const Context& context, const std::string& codice)
{
    if (codice.empty() || codice.size() > 200)
        return std::nullopt;
    const auto id = store::titolareDelLink(context.database(), secrets::hashOf(codice), context.now());
    auto operatore = id ? store::findOperatore(context.database(), *id) : std::nullopt;
    return operatore && operatore->attivo ? std::move(operatore) : std::nullopt;
}

void setNuovaPassword(Context& context, const std::string& codice, const std::string& password)
{
    const auto titolare = titolareDelCodice(context, codice);
    if (!titolare)
        throw Conflict(kUsed);
    checkPassword(password, *titolare, "password");
    const std::string hash = secrets::hashPassword(password);
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::lockAccessi(transaction);
    const auto id = store::takeLink(transaction, secrets::hashOf(codice), now);
    const auto operatore = id ? store::findOperatore(transaction, *id) : std::nullopt;
    if (!operatore || !operatore->attivo)
        throw Conflict(kUsed);
    store::setPassword(transaction, *id, hash);
    store::endSessioni(transaction, id->text(), store::TipoSessione::Operatore, "", now);
    // Whoever knew the old one is a stranger again.
    store::forgetReti(transaction, nomeDi(operatore->username));
    enqueueMail(transaction, MailOperatore::PasswordCambiata, id->text(), now);
    store::log(transaction, {"operatore", id->text(), "password reimpostata", "operatore:" + id->text(), ""}, now);
    transaction.commit();
}

}
