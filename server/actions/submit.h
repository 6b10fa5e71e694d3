#pragma once

#include "core/base/error.h"
#include "core/pratica/pratica.h"
#include "server/context.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::actions {

/// A draft that cannot be sent yet: the first step with a fault.
struct PassoDaRivedere
{
    std::string passo;
    std::vector<FieldError> errors;
};

/// What would keep this draft from being sent; nothing where it is ready. A step that was never reached is a fault too,
/// without errors of its own.
std::optional<PassoDaRivedere> faultsOf(Context& context, const Id<Pratica>& id);

/// Sends a draft, once: sent again, it stays as it was. `versione` is that of the draft whose summary the citizen read;
/// throws Conflict where it changed since or was not filled in to the end, Invalid where an answer is missing or wrong.
/// `nota` is the private note that stands beside "Invia": where it is too long nothing is sent (Invalid, at "nota").
void submit(Context& context, const Id<Pratica>& id, int versione, const std::optional<std::string>& nota = {});

}
