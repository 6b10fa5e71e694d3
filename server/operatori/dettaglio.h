#pragma once

#include "core/api/pratica_json.h"
#include "core/pratica/pratica.h"
#include "server/context.h"
#include "server/http/message.h"

namespace sdc::operatori {

/// The pratica that the address names; whether the operator may see it, is the caller's to check.
Id<Pratica> idOf(const http::Request& request);

/// Everything that an operator sees of a pratica, as it is at one moment. Never the citizen's private note. Throws
/// NotFound where the operator may not see it.
api::Dettaglio dettaglio(const Context& context, const Id<Pratica>& id);

}
