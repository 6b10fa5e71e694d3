#pragma once

#include "core/api/pratica_json.h"
#include "core/pratica/pratica.h"
#include "server/context.h"

namespace sdc::operatori {

/// Everything that an operator sees of a pratica, as it is at one moment. Never the citizen's private note. Throws
/// NotFound where the operator may not see it.
api::Dettaglio dettaglio(const Context& context, const Id<Pratica>& id);

}
