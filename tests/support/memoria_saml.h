#pragma once

#include "server/gateways/saml/risposta.h"
#include "tests/support/mondo_saml.h"

#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace sdc::tests {

/// What a database does for a service provider, in memory.
class MemoriaSaml
{
public:
    MemoriaSaml() { add(identityProvider()); }

    void add(const gateways::saml::ProviderSpid& provider) { providers_[provider.entityId] = provider; }
    void add(const gateways::saml::Pendente& pendente) { pendenti_[pendente.id] = pendente; }
    std::size_t waiting() const { return pendenti_.size(); }

    gateways::saml::Memoria callbacks()
    {
        return {[this](const std::string& id) { return consume(id); },
                [this](const std::string& idp, const std::string& asserzione, Instant) {
                    const std::lock_guard lock(mutex_);
                    return seen_.insert(idp + " " + asserzione).second;
                },
                [this](const std::string& id) -> std::optional<gateways::saml::ProviderSpid> {
                    const auto found = providers_.find(id);
                    return found == providers_.end() ? std::nullopt : std::optional{found->second};
                }};
    }

private:
    std::optional<gateways::saml::Pendente> consume(const std::string& id)
    {
        const std::lock_guard lock(mutex_);
        const auto node = pendenti_.extract(id);
        return node.empty() ? std::nullopt : std::optional{node.mapped()};
    }

    std::mutex mutex_;
    std::map<std::string, gateways::saml::Pendente> pendenti_;
    std::map<std::string, gateways::saml::ProviderSpid> providers_;
    std::set<std::string> seen_;
};

/// The request that the good answer answers.
inline gateways::saml::Pendente pendenteSaml()
{
    return {"_richiesta-1",
            kIdpEntityId,
            samlNow() - std::chrono::seconds{30},
            gateways::saml::Livello::Due,
            gateways::saml::Confronto::Minimo,
            kAcs,
            0,
            {"fiscalNumber", "name", "familyName"},
            "segno"};
}

inline RispostaIdp rispostaBuona()
{
    RispostaIdp r;
    r.issuer = kIdpEntityId;
    r.acs = kAcs;
    r.audience = kSpEntityId;
    r.inResponseTo = "_richiesta-1";
    r.ora = samlNow();
    r.attributi = {{"fiscalNumber", "TINIT-RSSMRA72H25H612H"}, {"name", "Mario"}, {"familyName", "Rossi & Figli"}};
    return r;
}

}
