#include "server/actions/partner.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ente/ente.h"
#include "server/actions/accesso_operatore.h"
#include "server/actions/accesso_partner.h"
#include "server/actions/nuova_password.h"
#include "server/secrets/password.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/partner.h"

#include <algorithm>

namespace sdc::actions {
namespace {

constexpr std::size_t kLongestPartner = 100;
/// One in use, the next one, and some of other machines.
constexpr std::size_t kMostCertificati = 10;

Partner partnerNamed(store::Reader& reader, const std::string& username)
{
    auto found = store::findPartner(reader, username);
    if (!found)
        throw NotFound("Il partner \"" + username + "\" non esiste.");
    return std::move(found->partner);
}

void logChange(store::Transaction& transaction, const Id<Partner>& id, const char* azione, const std::string& dettaglio,
               Instant now)
{
    store::log(transaction, {"sistema", "", azione, "partner:" + id.text(), dettaglio}, now);
}

/// The rules are those of people: what a person could guess, a program can.
void checkPasswordOf(const Partner& partner, const std::string& password)
{
    Operatore names;
    names.username = partner.username;
    names.nome = partner.nome;
    checkPassword(password, names, "password");
}

void checkPartner(const Partner& partner)
{
    // It stands in addresses.
    if (!isSlug(partner.username))
        throw Invalid("Il nome utente è fatto di lettere minuscole, cifre e trattini, da 2 a 40.");
    if (partner.nome.empty() || codePoints(partner.nome) > kLongestPartner || !isCleanUtf8(partner.nome))
        throw Invalid("Il nome del partner è obbligatorio, al massimo " + std::to_string(kLongestPartner) +
                      " caratteri.");
}

}

void addPartner(store::Database& database, Partner nuovo, const std::string& password, Instant now)
{
    nuovo.id = Id<Partner>{store::newId()};
    nuovo.nome = trim(nuovo.nome);
    checkPartner(nuovo);
    if (!password.empty())
        checkPasswordOf(nuovo, password);
    const std::string hash = password.empty() ? "" : secrets::hashPassword(password);
    store::Transaction transaction(database);
    try {
        store::insert(transaction, nuovo, hash);
    } catch (const store::Duplicate&) {
        throw Invalid("Il partner \"" + nuovo.username + "\" esiste già.");
    }
    logChange(transaction, nuovo.id, "partner aggiunto", nuovo.username, now);
    transaction.commit();
}

void setPartnerAttivo(store::Database& database, const std::string& username, bool attivo, Instant now)
{
    store::Transaction transaction(database);
    const Partner partner = partnerNamed(transaction, username);
    store::setAttivo(transaction, partner.id, attivo);
    logChange(transaction, partner.id, attivo ? "partner riabilitato" : "partner disabilitato", "", now);
    transaction.commit();
}

void setPartnerPassword(store::Database& database, const std::string& username, const std::string& password,
                        Instant now)
{
    const Partner partner = partnerNamed(database, username);
    checkPasswordOf(partner, password);
    const std::string hash = secrets::hashPassword(password);
    store::Transaction transaction(database);
    store::setPassword(transaction, partner.id, hash);
    store::forgetReti(transaction, nomeDi(nomeAccesso(username)));
    logChange(transaction, partner.id, "password del partner reimpostata", "", now);
    transaction.commit();
}

bool addCertificato(store::Database& database, const std::string& username, const CertificatoPartner& certificato,
                    Instant now)
{
    store::Transaction transaction(database);
    const Partner partner = partnerNamed(transaction, username);
    if (const auto found = store::findByCertificato(transaction, certificato.impronta)) {
        if (found->partner.id == partner.id)
            return false;
        throw Conflict("Il certificato è già del partner \"" + found->partner.username + "\".");
    }
    if (store::certificatiOf(transaction, partner.id).size() >= kMostCertificati)
        throw Conflict("Il partner ha già " + std::to_string(kMostCertificati) + " certificati: prima togline uno.");
    store::insert(transaction, partner.id, certificato);
    logChange(transaction, partner.id, "certificato del partner aggiunto", certificato.impronta, now);
    transaction.commit();
    return true;
}

void removeCertificato(store::Database& database, const std::string& username, const std::string& impronta, Instant now)
{
    store::Transaction transaction(database);
    const Partner partner = partnerNamed(transaction, username);
    if (!store::removeCertificato(transaction, partner.id, impronta))
        throw NotFound("Il partner non ha un certificato con questa impronta.");
    logChange(transaction, partner.id, "certificato del partner tolto", impronta, now);
    transaction.commit();
}

}
