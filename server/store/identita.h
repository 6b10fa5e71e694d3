#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

/// The ente as identity providers know it.
struct ServiceProvider
{
    std::string entityId;
    /// PEM, sealed.
    std::string chiave;
    std::string certificato;
    /// As they were made, byte by byte.
    std::string metadataSpid;
    std::string metadataCie;
};

std::optional<ServiceProvider> findServiceProvider(Reader& reader);
/// In place of the one before.
void save(Transaction& transaction, const ServiceProvider& provider, Instant now);

/// "accesso", "uscita".
enum class GenereRichiesta { Accesso, Uscita };

/// A request to an identity provider that waits for its answer.
struct RichiestaIdp
{
    std::string id;
    GenereRichiesta genere = GenereRichiesta::Accesso;
    /// What the answer is judged by; JSON.
    std::string dati;
    /// Hash of the word in the cookie of the browser that asked.
    std::string browser;
    std::string relayState;
    /// Where to come back to.
    std::string ritorno;
    Instant scade;
    /// Hash of the session that the browser had when it asked; empty where it had none.
    std::string sessione = {};
    /// What was sent, as it is kept together with its answer.
    std::string messaggio = {};
};

void keep(Transaction& transaction, const RichiestaIdp& richiesta);
/// What an answer says of the request that it answers.
struct Riscontro
{
    GenereRichiesta genere = GenereRichiesta::Accesso;
    std::string id;
    std::string browser;
    std::string relayState;
};
/// Takes a request away, once: nothing where it is not there any more, has expired, or was another browser's.
std::optional<RichiestaIdp> take(Transaction& transaction, const Riscontro& riscontro, Instant now);

/// Whether this assertion of this provider was not used before; it is from now on.
bool useAsserzione(Transaction& transaction, const std::string& idp, const std::string& id, Instant fino);

/// What the identity provider calls a session of ours.
struct SessioneIdp
{
    /// Hash of our session's token.
    std::string sessione;
    std::string idp;
    std::string nameId;
    std::string nameQualifier;
    std::string sessionIndex;
};

void insert(Transaction& transaction, const SessioneIdp& sessione);
std::optional<SessioneIdp> findSessioneIdp(Reader& reader, const std::string& sessione);
/// The hashes of the sessions that this provider means; an empty index means all of this person's.
std::vector<std::string> sessioniOf(Reader& reader, const std::string& idp, const std::string& nameId,
                                    const std::string& sessionIndex);

/// Forgets requests and assertions whose time is over, and what belongs to sessions that are no longer remembered.
void forgetIdentita(Transaction& transaction, Instant now);

}
