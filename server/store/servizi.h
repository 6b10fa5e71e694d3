#pragma once

#include "core/base/time.h"
#include "core/pratica/pratica.h"
#include "core/servizio/servizio.h"
#include "server/store/database.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sdc::store {

/// A service as lists show it.
struct VoceServizio
{
    std::string slug;
    std::string nome;
    std::string categoria;
    std::string descrizioneBreve;
    Attivazione attivazione = Attivazione::Attivo;
    bool inPrimoPiano = false;
    /// What it asks of who uses it.
    int livelloAccesso = kLivelloSolito;
    int etaMinima = 0;
};

struct FiltroServizi
{
    std::string cerca;
    std::string categoria;
    std::string eventoDellaVita;
    std::string pubblico;
};

/// The services that people see (active or suspended), in their order.
std::vector<VoceServizio> servizi(Reader& reader, const FiltroServizi& filtro = {});
/// The services of one area, in their order.
std::vector<VoceServizio> serviziOf(Reader& reader, const std::string& categoria);

/// What the list can be filtered by: areas, life events, audiences of the services that people see.
struct FiltriPossibili
{
    std::vector<std::string> categorie;
    std::vector<std::string> eventi;
    std::vector<std::string> pubblico;
};
FiltriPossibili filtriPossibili(Reader& reader);

/// A service as set up in this ente, with its current definition.
struct ServizioAttuale
{
    VoceServizio voce;
    /// Shared by all requests that use this version: definitions never change.
    std::shared_ptr<const Definizione> definizione;
};
std::optional<ServizioAttuale> findServizio(Reader& reader, const std::string& slug);
/// A version of a definition; throws NotFound.
std::shared_ptr<const Definizione> definizione(Reader& reader, const Id<Definizione>& id);
/// Of a draft: that of its service today; its own where the ente offers the service no more.
std::shared_ptr<const Definizione> newestDefinizione(Reader& reader, const Pratica& pratica);

/// Makes `json` the current definition of its service: a new version, unless it is the current one already. The service
/// is added as active where the ente does not have it yet. Whether the ente did not have it. Throws Invalid where the
/// definition is wrong.
bool importServizio(Transaction& transaction, const std::string& json, Instant now);
/// These throw NotFound where the ente does not have the service.
void setInPrimoPiano(Transaction& transaction, const std::string& slug, bool inPrimoPiano);
void setAttivazione(Transaction& transaction, const std::string& slug, Attivazione attivazione);

/// The current definition as it was imported; throws NotFound.
std::string definizioneJson(Reader& reader, const std::string& slug);

/// The labels of every field for files, of the current definitions.
std::set<std::string> etichetteFile(Reader& reader);

/// Protocol values of every service, for "Configurazione di protocollo".
std::vector<std::shared_ptr<const Definizione>> currentDefinizioni(Reader& reader);

}
