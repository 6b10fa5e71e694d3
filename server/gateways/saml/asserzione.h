#pragma once

#include "server/gateways/saml/provider.h"
#include "server/gateways/saml/richiesta.h"

#include <libxml/tree.h>

#include <map>
#include <string>

/// The assertion inside an answer; only the room's own .cpp files include this.
namespace sdc::gateways::saml {

/// What an assertion says that was found good.
struct Asserzione
{
    std::string id;
    std::string nameId;
    std::string nameQualifier;
    std::string sessionIndex;
    Livello livello = Livello::Uno;
    std::map<std::string, std::string> attributi;
    std::string codiceFiscale;
    Instant scadenza; ///< it is good for nobody from then on
};

/// What an assertion is held against.
struct Misura
{
    const ProviderSpid& provider;
    const Pendente& pendente;
    const std::string& entityId;
    Instant now;
};

/// Reads an assertion from the bytes that were signed. Throws Rifiutata.
Asserzione readAsserzione(const xmlNode* assertion, const Misura& misura);

}
