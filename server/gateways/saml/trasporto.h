#pragma once

#include "server/gateways/saml/firma_xml.h"
#include "server/gateways/saml/messaggio.h"
#include "server/gateways/saml/xml.h"

#include <string>

/// How messages are wrapped for both bindings; only the room's own .cpp files include this.
namespace sdc::gateways::saml {

enum class Verso { Richiesta, Risposta };

/// How and where a message goes.
struct Busta
{
    Verso verso;
    Binding binding;
    std::string indirizzo;
    std::string relayState;
};

/// Signs a message and wraps it. By Post the signature goes behind the Issuer, the root's first element.
Invio wrap(const xml::Doc& doc, const Busta& busta, const CoppiaChiave& chiave);

/// A message as it came, not believed yet.
struct Aperto
{
    xml::Doc doc{nullptr, &xmlFreeDoc};
    std::string xml;
    std::string relayState;
    // What was signed by Redirect, and how.
    std::string coperto;
    std::string algoritmo;
    std::string firma;
};

/// Takes the wrapping off; throws Rifiutata(Formato).
Aperto unwrap(const Ricevuto& ricevuto, Verso verso);

/// The message, read from what the provider signed. Throws Rifiutata(Firma).
xml::Doc verified(const Aperto& aperto, Binding binding, const std::vector<std::string>& certificati);

/// The new root of a message of ours, with its Issuer.
struct Testata
{
    const char* nome;
    std::string id;
    Instant ora;
    std::string destinazione;
    std::string emittente;
};
xml::Doc makeMessage(const Testata& testata);

/// How far two clocks may differ.
inline constexpr std::chrono::seconds kSkew{60};

/// Throws Rifiutata(Emittente) where the message names another provider as its Issuer, or names it in another format.
void checkIssuer(const xmlNode* message, const ProviderSpid& provider);

/// What all messages of a provider must have: version, the time of their making between `since` and now, our address,
/// its name. Throws Rifiutata.
void checkHeader(const xmlNode* message, const ProviderSpid& provider, const std::string& address, Instant since,
                 Instant now);

}
