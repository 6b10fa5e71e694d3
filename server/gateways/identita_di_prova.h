#pragma once

#include "server/gateways/identita.h"

namespace sdc::gateways {

/// Invented citizens, whom anybody may be: for demonstration on one's own machine, never elsewhere (Config sees to it).
class IdentitaDiProva : public ProviderIdentita
{
public:
    std::vector<SceltaIdentita> choices() const override;
    std::optional<Identita> identify(const std::string& chiave) const override;
};

/// No way in: what a server has until an identity provider is set up.
class NessunaIdentita : public ProviderIdentita
{
public:
    std::vector<SceltaIdentita> choices() const override { return {}; }
    std::optional<Identita> identify(const std::string&) const override { return std::nullopt; }
};

}
