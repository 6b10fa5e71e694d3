#pragma once

#include "core/ente/ente.h"
#include "server/config.h"
#include "server/secrets/cassaforte.h"
#include "server/store/tracce_spid.h"

namespace sdc::sigilli {

// The server's own key at work on one ente's data: what is sealed for one ente does not open in another's.

/// What is sealed or signed for an ente begins with its name.
std::string placeIn(const std::string& slug, const std::string& place);

store::Sealer sealer(const secrets::Cassaforte& cassaforte, const Ente& ente);
store::Sealer unsealer(const secrets::Cassaforte& cassaforte, const Ente& ente);
store::Firmatario firmatario(const secrets::Cassaforte& cassaforte, const Ente& ente);
/// Trusts this server's key and those it had before, as the configuration names them; makes no key where there is none.
store::IsSigned isSigned(const Config& config, const std::string& slug);

}
