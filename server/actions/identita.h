#pragma once

#include "server/context.h"
#include "server/store/identita.h"

#include <optional>
#include <string>

namespace sdc::actions {

/// A login or logout by way of an identity provider begins.
void beginRichiesta(Context& context, const store::RichiestaIdp& richiesta);
/// Its answer is here: takes the request away, once, where it was this browser's.
std::optional<store::RichiestaIdp> takeRichiesta(Context& context, const store::Riscontro& riscontro);
/// Whether this assertion is used for the first time.
bool useAsserzione(Context& context, const std::string& idp, const std::string& id, Instant fino);
/// Tells the trail of an answer to a request of ours that let nobody in.
void refuseAccesso(Context& context, const std::string& motivo);
/// The identity provider ends its session of a person: ours end, too. How many there were.
int endSessioniOf(Context& context, const std::string& idp, const std::string& nameId, const std::string& sessionIndex);

}
