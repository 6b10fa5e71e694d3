#pragma once

#include "core/api/pratica_json.h"
#include "core/pratica/pratica.h"
#include "server/context.h"

namespace sdc::operatori {

/// Everything that an operator sees of a pratica. Never the citizen's private note.
api::Dettaglio dettaglio(const Context& context, const Pratica& pratica);

}
