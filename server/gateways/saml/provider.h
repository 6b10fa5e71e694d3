#pragma once

#include "core/base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace sdc::gateways::saml {

/// How a message travels by the citizen's browser: in the address, or in a form.
enum class Binding { Redirect, Post };

/// An address that takes messages of one kind.
struct Endpoint
{
    Binding binding;
    std::string indirizzo;
    /// Where answers go, if elsewhere.
    std::string risposte;
};

/// One who says who a citizen is, as its metadata describe it.
struct ProviderSpid
{
    std::string entityId;
    std::string nome;
    std::vector<Endpoint> accesso; ///< never empty
    std::vector<Endpoint> uscita;
    std::vector<std::string> certificati; ///< PEM; its messages are signed with the key of one of these; never empty
    bool cie = false;                     ///< the electronic identity card's
    bool eidas = false;                   ///< Italy's node for citizens of other states
    /// The card's provider leaves out the Format of an assertion's Issuer, which SPID demands.
    bool issuerFormatMayBeAbsent = false;
};

/// The endpoint for this binding; null where there is none.
const Endpoint* endpointFor(const std::vector<Endpoint>& endpoints, Binding binding);

/// The providers of a federation's metadata, signed by who runs it with the key of one of `fidati` (PEM). Entries that
/// cannot be used are left out. Throws Invalid where the file is not signed so, has run out, or holds no provider.
std::vector<ProviderSpid> readFederazione(std::string_view xml, const std::vector<std::string>& fidati, Instant now);

/// The metadata of one provider, trusted because an administrator put them in place: whether they are signed is not
/// looked at. Throws Invalid.
ProviderSpid readProvider(std::string_view xml);

}
