#pragma once

#include "server/context.h"
#include "server/store/identita.h"
#include "server/store/tracce_spid.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::actions {

/// A login or logout by way of an identity provider begins.
void beginRichiesta(Context& context, const store::RichiestaIdp& richiesta);
/// Its answer is here: takes the request away, once, where it was this browser's.
std::optional<store::RichiestaIdp> takeRichiesta(Context& context, const store::Riscontro& riscontro);
/// Whether this assertion is used for the first time.
bool useAsserzione(Context& context, const std::string& idp, const std::string& id, Instant fino);
/// Request and answer, as the law has them kept. Those that are abandoned, or answered by nobody who was asked, leave
/// nothing: they may be as many as somebody likes.
using Scambio = std::vector<store::TracciaSpid>;
void keepScambio(Context& context, const Scambio& scambio);
/// Keeps an answer to a request of ours that let nobody in, and tells the trail why.
void refuseAccesso(Context& context, const Scambio& scambio);
/// The identity provider ends its session of a person: ours end, too.
void endSessioniOf(Context& context, const store::SessioneIdp& presso, const store::TracciaSpid& traccia);

}
