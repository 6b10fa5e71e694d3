#pragma once

#include "server/gateways/saml/provider.h"
#include "server/gateways/saml/richiesta.h"
#include "server/gateways/saml/rifiutata.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace sdc::gateways::saml {

/// How a person came in.
enum class Metodo { Spid, Cie, Eidas };

/// What a service provider must keep of each login for 24 months (DPCM 24 ottobre 2014, art. 13, c. 2), beside its own
/// signed request.
struct Tracciato
{
    std::string richiestaId;
    Instant richiestaOra;
    std::string rispostaId;
    Instant rispostaOra;
    std::string rispostaEmittente;
    std::string asserzioneId;
    std::string soggetto;
    std::string soggettoQualificatore;
    std::string xml;         ///< the signed response, byte by byte
    std::string certificato; ///< PEM; with it the response can be verified again
};

/// A person whom a provider vouches for.
struct Accesso
{
    Metodo metodo = Metodo::Spid;
    Livello livello = Livello::Uno;
    std::map<std::string, std::string> attributi; ///< as the provider names them
    std::string codiceFiscale;                    ///< without "TINIT-"; empty where the person has none
    std::string nameId;
    std::string nameQualifier;
    std::string sessionIndex; ///< empty where the provider keeps no session
    Pendente richiesta;
    Tracciato tracciato;
};

/// What is remembered between a request and its answer; called from whatever thread an answer comes on.
struct Memoria
{
    /// The request with this id, once: it is forgotten in the same step, so that of two answers one finds it.
    std::function<std::optional<Pendente>(const std::string& id)> consume;
    /// Whether this assertion of this provider was never seen before; remembered from then on, until `fino`.
    std::function<bool(const std::string& idp, const std::string& asserzione, Instant fino)> firstUse;
    std::function<std::optional<ProviderSpid>(const std::string& entityId)> provider;
};

/// Reads the answer to a login, posted as the field SAMLResponse (base64) to the service provider of this entityID.
/// What is given back comes from the signed bytes alone. Throws Rifiutata.
Accesso readRisposta(const std::string& messaggio, const std::string& entityId, const Memoria& memoria, Instant now);

/// What to tell a citizen of an error of SPID's table that is theirs to mend: 19 to 23, 25 and 30; of any other, that
/// the login did not succeed.
std::string messaggioPer(int errore);

}
