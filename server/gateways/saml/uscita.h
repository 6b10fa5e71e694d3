#pragma once

#include "server/gateways/saml/messaggio.h"
#include "server/gateways/saml/metadata.h"
#include "server/gateways/saml/provider.h"
#include "server/gateways/saml/rifiutata.h"

#include <functional>
#include <optional>
#include <string>

namespace sdc::gateways::saml {

/// Whose session ends, in the provider's words.
struct Soggetto
{
    std::string nameId;
    std::string nameQualifier;
    std::string sessionIndex; ///< may be empty
};

/// What a logout asks for; the relay state comes back with the answer.
struct DomandaUscita
{
    Soggetto soggetto;
    std::string relayState;
};

/// A request to end a session that waits for its answer; kept by the caller, by its id.
struct PendenteUscita
{
    std::string id;
    std::string idp;
    Instant ora;
};

struct RichiestaUscita
{
    PendenteUscita pendente;
    Invio invio;
};

/// What a provider asked: that the session of this person ends here.
struct UscitaChiesta
{
    std::string id;
    std::string idp;
    Soggetto soggetto;
    std::string relayState;          ///< to be given back as it is
    Binding binding = Binding::Post; ///< as it came, and as it is answered
};

/// How far a logout got: everywhere, not everywhere, nowhere.
enum class EsitoUscita { Completa, Parziale, Fallita };

using Provider = std::function<std::optional<ProviderSpid>(const std::string& entityId)>;
using PendentiUscita = std::function<std::optional<PendenteUscita>(const std::string& id)>;

/// A signed LogoutRequest. Throws Invalid where the provider has no endpoint for the binding.
RichiestaUscita makeRichiestaUscita(const ServiceProvider& sp, const ProviderSpid& idp, const DomandaUscita& domanda,
                                    Binding binding, Instant now);

/// A provider's LogoutRequest, come to the service provider's address `slo`. Throws Rifiutata.
UscitaChiesta readRichiestaUscita(const Ricevuto& ricevuto, const std::string& slo, const Provider& provider,
                                  Instant now);

/// The answer to it, to be given whether or not there still was a session.
Invio makeRispostaUscita(const ServiceProvider& sp, const ProviderSpid& idp, const UscitaChiesta& chiesta,
                         EsitoUscita esito, Instant now);

/// A provider's LogoutResponse; `consume` gives a request that waits once. Throws Rifiutata.
EsitoUscita readRispostaUscita(const Ricevuto& ricevuto, const std::string& slo, const PendentiUscita& consume,
                               const Provider& provider, Instant now);

}
