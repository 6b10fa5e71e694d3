#pragma once

#include "server/gateways/saml/messaggio.h"
#include "server/gateways/saml/metadata.h"

#include <string>
#include <vector>

namespace sdc::gateways::saml {

/// How strongly a person proves who they are: password; and a second factor; and a certificate.
enum class Livello { Uno = 1, Due = 2, Tre = 3 };
/// What level does for a request: this one, this or a higher one, a higher one, this or a lower one.
enum class Confronto { Esatto, Minimo, Maggiore, Massimo };

/// A request that waits for its answer; kept by the caller, by its id, until then.
struct Pendente
{
    std::string id;
    std::string idp; ///< the provider's entityID
    Instant ora;
    Livello livello = Livello::Due;
    Confronto confronto = Confronto::Minimo;
    std::string acs;
    int insieme = 0;
    std::vector<std::string> attributi; ///< those of the set that must be answered
    std::string relayState;
};

/// What a login asks for. The relay state is an opaque token: providers refuse one that tells an address, or none.
struct Domanda
{
    Livello livello = Livello::Due;
    Confronto confronto = Confronto::Minimo;
    int insieme = 0;
    std::string relayState;
};

struct Richiesta
{
    Pendente pendente;
    Invio invio;
};

/// A signed AuthnRequest. Throws Invalid where the provider has no endpoint for the binding, the service provider no
/// such set of attributes, or the relay state will not do.
Richiesta makeRichiesta(const ServiceProvider& sp, const ProviderSpid& idp, const Domanda& domanda, Binding binding,
                        Instant now);

/// "https://www.spid.gov.it/SpidL2".
std::string uriOf(Livello livello);

}
