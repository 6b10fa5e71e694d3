#include "core/base/error.h"
#include "server/actions/accesso_cittadino.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/store/attivita.h"
#include "server/store/cittadini.h"
#include "server/store/conferme.h"
#include "server/store/ids.h"
#include "server/store/jobs.h"
#include "server/store/sessions.h"

#include <nlohmann/json.hpp>

namespace sdc::actions {
namespace {

constexpr std::chrono::hours kLinkLasts{72};
/// Links of one citizen in a day: an address may be anybody's, and nobody is to be flooded.
constexpr std::chrono::hours kDay{24};
constexpr long long kLinksADay = 5;
constexpr std::size_t kLongestToken = 100;

/// Mail to an address of the citizen's, that tells of the address itself; sent after the commit.
void enqueueMail(store::Transaction& transaction, const nlohmann::json& dati, Instant now)
{
    store::enqueue(transaction,
                   {{}, store::GenereJob::AvvisaProfilo, "avvisa_profilo:" + store::newId(), {}, dati.dump(), 0, {}},
                   now);
}

void sendLink(const Context& context, store::Transaction& transaction, const Cittadino& cittadino)
{
    const Instant now = context.now();
    const std::string token = secrets::newToken();
    const std::string hash = secrets::hashOf(token);
    store::save(transaction, store::ConfermaEmail{cittadino.id, hash, cittadino.email, now, now + kLinkLasts, false});
    // Whoever reads the tables, or a copy of them, confirms nothing with what stands there.
    const std::string sealed = context.rooms.cassaforte().seal(token, "conferma_email:" + hash);
    enqueueMail(transaction,
                {{"tipo", "conferma"}, {"cittadino", cittadino.id.text()}, {"hash", hash}, {"sigillo", sealed}}, now);
}

/// Sends the link that is due, if one is.
EsitoLink linkFor(const Context& context, store::Transaction& transaction, const Cittadino& cittadino, Link link)
{
    const Instant now = context.now();
    const auto confirmed = store::emailConfermata(transaction, cittadino.id);
    const auto under = store::findConferma(transaction, cittadino.id);
    if (confirmed && confirmed->email == cittadino.email) {
        store::removeConferme(transaction, cittadino.id);
        return EsitoLink::NonServe;
    }
    const bool onItsWay = under && under->email == cittadino.email && under->scade > now && !under->respinta;
    if (onItsWay && link == Link::SeManca)
        return EsitoLink::GiaInviato;
    if (store::countAttempt(transaction, "conferma-email:" + cittadino.id.text(), now, now - kDay) > kLinksADay) {
        // A link to an address that is the citizen's no more must not be good.
        if (under && under->email != cittadino.email)
            store::removeConferme(transaction, cittadino.id);
        return EsitoLink::Troppi;
    }
    sendLink(context, transaction, cittadino);
    return EsitoLink::Inviato;
}

bool declares(const Profilo& profilo, const Cittadino& cittadino)
{
    return !profilo.dataNascita.empty() && mayDeclareBirth(cittadino);
}

/// Throws Invalid with every fault.
void requireGood(const Profilo& profilo, const Cittadino& cittadino, Date today)
{
    std::vector<FieldError> errors;
    try {
        if (declares(profilo, cittadino))
            declaredBirth(profilo.dataNascita, cittadino.codiceFiscale, today);
    } catch (const Invalid& fault) {
        // The other fields' faults are told together with it.
        errors = fault.fields();
    }
    const auto others = validate(profilo);
    errors.insert(errors.end(), others.begin(), others.end());
    if (!errors.empty())
        throw Invalid("Alcuni dati del profilo non sono validi.", std::move(errors));
}

/// Takes the day of birth that the citizen says. One that an identity brought stays whatever is posted.
void takeBirth(store::Transaction& transaction, Cittadino& cittadino, const Profilo& profilo, Instant now)
{
    if (!declares(profilo, cittadino))
        return;
    const Date birth = declaredBirth(profilo.dataNascita, cittadino.codiceFiscale, romeDate(now));
    if (cittadino.dataNascita == birth)
        return;
    cittadino.dataNascita = birth;
    cittadino.nascitaDichiarata = true;
    store::log(transaction, {"cittadino", cittadino.id.text(), "data di nascita dichiarata", "", ""}, now);
}

/// Whoever changes the address of somebody else's profile is not to go unnoticed.
void tellFormer(store::Transaction& transaction, const Cittadino& before, const std::string& email, Instant now)
{
    const auto confirmed = store::emailConfermata(transaction, before.id);
    if (confirmed && confirmed->email == before.email && before.email != email)
        enqueueMail(transaction, {{"tipo", "cambiato"}, {"cittadino", before.id.text()}, {"email", before.email}}, now);
}

}

EsitoLink saveProfilo(Context& context, const Profilo& profilo, Link link)
{
    const Instant now = context.now();
    requireGood(profilo, context.cittadino(), romeDate(now));
    store::Transaction transaction(context.database());
    Cittadino cittadino = store::findCittadino(transaction, context.cittadino().id).value();
    tellFormer(transaction, cittadino, profilo.email, now);
    cittadino.email = profilo.email;
    cittadino.cellulare = mobileNumber(profilo.cellulare).value();
    cittadino.residenza = profilo.residenza;
    cittadino.domicilio = profilo.domicilio;
    takeBirth(transaction, cittadino, profilo, now);
    cittadino.confermato = now;
    store::save(transaction, cittadino);
    store::log(transaction, {"cittadino", cittadino.id.text(), "profilo salvato", "", ""}, now);
    const EsitoLink sent = linkFor(context, transaction, cittadino, link);
    transaction.commit();
    // What follows in this request goes by what is known now.
    context.accesso->cittadino = std::move(cittadino);
    return sent;
}

bool isGoodConferma(const Context& context, const std::string& token)
{
    if (token.size() > kLongestToken)
        return false;
    return store::findConfermaByHash(context.database(), secrets::hashOf(token), context.now()).has_value();
}

bool confirmEmail(Context& context, const std::string& token)
{
    if (token.size() > kLongestToken)
        return false;
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    const auto conferma = store::findConfermaByHash(transaction, secrets::hashOf(token), now);
    if (!conferma || !store::removeConferma(transaction, conferma->hash))
        return false;
    store::confirmEmail(transaction, conferma->cittadino, {conferma->email, now});
    store::log(transaction, {"cittadino", conferma->cittadino.text(), "indirizzo email confermato", "", ""}, now);
    transaction.commit();
    return true;
}

}
