#pragma once

#include "core/cittadino/cittadino.h"
#include "server/gateways/saml/messaggio.h"
#include "server/gateways/saml/provider.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sdc::prova {

/// A service provider, as its metadata describe it.
struct Servizi
{
    gateways::saml::ProviderSpid parte; ///< its name, its keys and where its logouts go
    std::string acs;
    std::map<int, std::vector<std::string>> insiemi;
};

/// A login that a service provider asked for, and whose signature was right.
struct AccessoChiesto
{
    Servizi sp;
    std::string id;
    std::string relayState;
    std::string livello; ///< what to answer
    std::vector<std::string> attributi;
    bool cie = false;
};

/// An identity provider for demonstrations: SPID's rules, and beside them those of the electronic identity card.
class ProviderDiProva
{
public:
    using Fetch = std::function<std::string(const std::string& url)>;

    /// `base` is where it can be reached; `fetch` reads the metadata of a service provider.
    ProviderDiProva(std::string base, gateways::saml::CoppiaChiave chiave, Fetch fetch);

    std::string metadata(bool cie) const;
    /// Throws Rifiutata.
    AccessoChiesto readRichiesta(const gateways::saml::Ricevuto& ricevuto, bool cie) const;
    /// The field SAMLResponse.
    std::string accept(const AccessoChiesto& chiesto, const Identita& persona, Instant now) const;
    std::string refuse(const AccessoChiesto& chiesto, int errore, Instant now) const;
    /// The answer to a logout, which always succeeds. Throws Rifiutata.
    gateways::saml::Invio logout(const gateways::saml::Ricevuto& ricevuto, bool cie, Instant now) const;

private:
    std::string entityId(bool cie) const;
    std::string address(const char* path, bool cie) const;
    Servizi servizi(const std::string& entityId) const;

    std::string base_;
    gateways::saml::CoppiaChiave chiave_;
    Fetch fetch_;
};

}
