#pragma once

#include "core/cittadino/cittadino.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::gateways {

/// One person that can be chosen on the login page, where the provider offers such a choice.
struct SceltaIdentita
{
    std::string chiave;
    std::string nome;
    std::string descrizione;
};

/// Who says who a citizen is.
class ProviderIdentita
{
public:
    virtual ~ProviderIdentita() = default;

    virtual std::vector<SceltaIdentita> choices() const = 0;
    /// The identity behind what the login page posted; nothing where there is none such.
    virtual std::optional<Identita> identify(const std::string& chiave) const = 0;
};

}
