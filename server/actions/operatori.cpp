#include "server/actions/operatori.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/accesso_operatore.h"
#include "server/actions/conferma.h"
#include "server/actions/nuova_password.h"
#include "server/secrets/password.h"
#include "server/store/accessi.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/nuove_password.h"
#include "server/store/operatori.h"
#include "server/store/secondi_fattori.h"
#include "server/store/servizi.h"
#include "server/store/sessions.h"

#include <algorithm>

namespace sdc::actions {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestEmail = 254;

/// One administrator's act: what others do with accounts waits for it, so that two cannot remove each other.
class Atto
{
public:
    explicit Atto(Context& context) : context_(context), transaction_(context.database())
    {
        store::lockAccessi(transaction_);
        const auto now = store::findOperatore(transaction_, context.operatore->id);
        if (!now || !now->attivo || now->ruolo != Ruolo::Amministratore)
            throw Forbidden("Solo un amministratore può farlo.");
    }

    store::Transaction& transaction() { return transaction_; }
    Operatore operatore(const Id<Operatore>& id)
    {
        auto found = store::findOperatore(transaction_, id);
        if (!found)
            throw NotFound("L'operatore non esiste.");
        return std::move(*found);
    }
    bool isSelf(const Id<Operatore>& id) const { return id == context_.operatore->id; }
    void commit(const char* azione, const Id<Operatore>& id, const std::string& dettaglio = {})
    {
        store::log(transaction_,
                   {"operatore", context_.operatore->id.text(), azione, "operatore:" + id.text(), dettaglio},
                   context_.now());
        transaction_.commit();
    }

private:
    Context& context_;
    store::Transaction transaction_;
};

void checkName(const std::string& text, const char* field, std::vector<FieldError>& errors)
{
    if (text.empty() || codePoints(text) > kLongestName ||
        std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        errors.push_back({field, "È obbligatorio, al massimo " + std::to_string(kLongestName) + " caratteri."});
}

void checkServizi(store::Reader& reader, const Operatore& operatore, std::vector<FieldError>& errors)
{
    const auto offered = store::servizi(reader);
    const bool known = std::all_of(operatore.servizi.begin(), operatore.servizi.end(), [&](const std::string& slug) {
        return std::any_of(offered.begin(), offered.end(), [&](const auto& one) { return one.slug == slug; });
    });
    if (!known)
        errors.push_back({"servizi", "Un servizio scelto non esiste in questo ente."});
}

/// As it is kept: trimmed, the services sorted and once each, none where all are enabled. Throws Invalid.
Operatore checked(store::Reader& reader, Operatore operatore)
{
    for (std::string* text : {&operatore.nome, &operatore.cognome, &operatore.email})
        *text = trim(*text);
    if (operatore.tuttiServizi)
        operatore.servizi.clear();
    std::sort(operatore.servizi.begin(), operatore.servizi.end());
    operatore.servizi.erase(std::unique(operatore.servizi.begin(), operatore.servizi.end()), operatore.servizi.end());
    std::vector<FieldError> errors;
    if (!isUsername(operatore.username))
        errors.push_back({"username", "Usa lettere minuscole, cifre, punti e trattini, da 3 a 60."});
    checkName(operatore.nome, "nome", errors);
    checkName(operatore.cognome, "cognome", errors);
    if (operatore.email.size() > kLongestEmail || !isEmailAddress(operatore.email))
        errors.push_back({"email", "Scrivi un indirizzo email valido."});
    checkServizi(reader, operatore, errors);
    if (!errors.empty())
        throw Invalid("I dati dell'operatore non sono validi.", errors);
    return operatore;
}

/// What a role or an account loses must leave somebody who can give it back.
void requireOtherAmministratore(store::Reader& reader, const Operatore& leaving)
{
    const auto all = store::operatori(reader);
    const bool other = std::any_of(all.begin(), all.end(), [&](const Operatore& one) {
        return one.id != leaving.id && one.attivo && one.ruolo == Ruolo::Amministratore;
    });
    if (leaving.ruolo == Ruolo::Amministratore && !other)
        throw Conflict("È l'ultimo amministratore attivo dell'ente: prima nominane un altro.");
}

std::string named(const Operatore& operatore)
{
    std::string text = operatore.ruolo == Ruolo::Amministratore ? "amministratore" : "operatore";
    if (operatore.tuttiServizi)
        return text + ", tutti i servizi";
    for (const std::string& servizio : operatore.servizi)
        text += ", " + servizio;
    return text;
}

/// Whether anything but what is allowed changes: mails go to the address, and speak with the name, that stand here.
bool isRewritten(const Operatore& before, const Operatore& after)
{
    return after.email != before.email || after.nome != before.nome || after.cognome != before.cognome;
}

bool allowsMore(const Operatore& before, const Operatore& after)
{
    if (after.ruolo == Ruolo::Amministratore && before.ruolo != Ruolo::Amministratore)
        return true;
    if (after.tuttiServizi)
        return !before.tuttiServizi;
    return !std::all_of(after.servizi.begin(), after.servizi.end(),
                        [&](const std::string& servizio) { return before.enabledFor(servizio); });
}

/// Of a new address or role an account's owner hears, wherever their mail went until now.
void tellChanges(store::Transaction& transaction, const Operatore& before, const Operatore& after, Instant now)
{
    if (after.email != before.email) {
        for (const std::string& email : {before.email, after.email})
            enqueueMail(transaction, MailOperatore::IndirizzoCambiato, after.id.text() + " " + email, now);
    }
    if (after.ruolo != before.ruolo)
        enqueueMail(transaction, MailOperatore::RuoloCambiato, after.id.text(), now);
}

void reopen(store::Transaction& transaction, const Id<Operatore>& id, Instant now)
{
    store::setAttivo(transaction, id, true);
    enqueueMail(transaction, MailOperatore::Riabilitato, id.text(), now);
}

void shut(store::Transaction& transaction, const Id<Operatore>& id, Instant now)
{
    store::setAttivo(transaction, id, false);
    store::voidLink(transaction, id);
    store::endSessioni(transaction, id.text(), store::TipoSessione::Operatore, "", now);
}

Operatore byName(store::Reader& reader, const std::string& username)
{
    const auto found = store::findCredenziali(reader, username);
    if (!found)
        throw NotFound("L'operatore \"" + username + "\" non esiste.");
    return found->operatore;
}

}

Operatore createOperatore(Context& context, const Operatore& asked, const std::string& chiave)
{
    Atto atto(context);
    Operatore nuovo = asked;
    nuovo.id = Id<Operatore>{store::newId()};
    nuovo.username = trim(nuovo.username);
    nuovo.attivo = true;
    nuovo = checked(atto.transaction(), std::move(nuovo));
    if (store::findCredenziali(atto.transaction(), nuovo.username))
        throw Invalid("Il nome utente \"" + nuovo.username + "\" esiste già.",
                      {{"username", "Questo nome utente esiste già."}});
    requireConferma(context, chiave);
    // No password opens an account without one.
    store::insert(atto.transaction(), nuovo, "");
    enqueueMail(atto.transaction(), MailOperatore::Invito, nuovo.id.text(), context.now());
    atto.commit("operatore aggiunto", nuovo.id, named(nuovo));
    return nuovo;
}

Operatore changeOperatore(Context& context, const Operatore& changed, const std::string& chiave)
{
    Atto atto(context);
    const Operatore before = atto.operatore(changed.id);
    Operatore after = changed;
    after.username = before.username;
    after.attivo = before.attivo;
    after = checked(atto.transaction(), std::move(after));
    if (before.ruolo == Ruolo::Amministratore && after.ruolo != Ruolo::Amministratore) {
        if (atto.isSelf(before.id))
            throw Conflict("Non puoi togliere a te stesso il ruolo di amministratore: può farlo un collega.");
        if (before.attivo)
            requireOtherAmministratore(atto.transaction(), before);
    }
    if (isRewritten(before, after) || allowsMore(before, after))
        requireConferma(context, chiave);
    store::save(atto.transaction(), after);
    if (after.email != before.email)
        store::voidLink(atto.transaction(), after.id);
    tellChanges(atto.transaction(), before, after, context.now());
    atto.commit("operatore modificato", after.id, named(after));
    return after;
}

void disableOperatore(Context& context, const Id<Operatore>& id)
{
    Atto atto(context);
    const Operatore operatore = atto.operatore(id);
    if (atto.isSelf(id))
        throw Conflict("Non puoi disabilitare il tuo stesso accesso: può farlo un collega.");
    if (!operatore.attivo)
        return;
    requireOtherAmministratore(atto.transaction(), operatore);
    shut(atto.transaction(), id, context.now());
    atto.commit("operatore disabilitato", id);
}

void enableOperatore(Context& context, const Id<Operatore>& id, const std::string& chiave)
{
    Atto atto(context);
    if (atto.operatore(id).attivo)
        return;
    requireConferma(context, chiave);
    reopen(atto.transaction(), id, context.now());
    atto.commit("operatore riabilitato", id);
}

void inviteOperatore(Context& context, const Id<Operatore>& id, const std::string& chiave)
{
    Atto atto(context);
    const Operatore operatore = atto.operatore(id);
    if (!operatore.attivo)
        throw Conflict("L'accesso è disabilitato: prima riabilitalo.");
    if (!isEmailAddress(operatore.email))
        throw Conflict("L'operatore non ha un indirizzo email valido: prima scrivilo.");
    requireConferma(context, chiave);
    if (!mayMail(atto.transaction(), "invito:" + id.text(), context.now()))
        throw Conflict("Il link è già stato mandato più volte nell'ultima ora: controllate che l'indirizzo sia giusto, "
                       "e riprovate più tardi.");
    enqueueMail(atto.transaction(), MailOperatore::Invito, id.text(), context.now());
    atto.commit("link per la password chiesto", id);
}

void dropSecondoFattoreOf(Context& context, const Id<Operatore>& id, const std::string& chiave)
{
    Atto atto(context);
    atto.operatore(id);
    if (atto.isSelf(id))
        throw Conflict("Il tuo secondo fattore si disattiva da «Il mio accesso», con password e codice.");
    if (!store::hasSecondoFattore(atto.transaction(), id))
        throw Conflict("Il secondo fattore non è attivo.");
    requireConferma(context, chiave);
    store::removeSecondoFattore(atto.transaction(), id);
    enqueueMail(atto.transaction(), MailOperatore::SecondoFattoreTolto, id.text(), context.now());
    atto.commit("secondo fattore disattivato", id);
}

void disableByName(store::Database& database, const std::string& username, Instant now)
{
    store::Transaction transaction(database);
    store::lockAccessi(transaction);
    const Operatore operatore = byName(transaction, username);
    shut(transaction, operatore.id, now);
    store::log(transaction, {"sistema", "", "operatore disabilitato", "operatore:" + operatore.id.text(), ""}, now);
    transaction.commit();
}

void enableByName(store::Database& database, const std::string& username, Instant now)
{
    store::Transaction transaction(database);
    store::lockAccessi(transaction);
    const Operatore operatore = byName(transaction, username);
    if (operatore.attivo)
        return;
    reopen(transaction, operatore.id, now);
    store::log(transaction, {"sistema", "", "operatore riabilitato", "operatore:" + operatore.id.text(), ""}, now);
    transaction.commit();
}

void setPasswordByName(store::Database& database, const std::string& username, const std::string& password, Instant now)
{
    const Operatore operatore = byName(database, username);
    checkPassword(password, operatore, "password");
    const std::string hash = secrets::hashPassword(password);
    store::Transaction transaction(database);
    store::lockAccessi(transaction);
    store::setPassword(transaction, operatore.id, hash);
    store::voidLink(transaction, operatore.id);
    store::forgetReti(transaction, nomeDi(operatore.username));
    store::endSessioni(transaction, operatore.id.text(), store::TipoSessione::Operatore, "", now);
    enqueueMail(transaction, MailOperatore::PasswordCambiata, operatore.id.text(), now);
    store::log(transaction, {"sistema", "", "password reimpostata", "operatore:" + operatore.id.text(), ""}, now);
    transaction.commit();
}

}
