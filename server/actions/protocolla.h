#pragma once

#include "server/context.h"
#include "server/store/allegati.h"
#include "server/store/jobs.h"

namespace sdc::actions {

/// Keeps a printed document with its pratica, and enqueues its registration: both or neither.
void keepDocumento(const Context& context, const Id<Pratica>& id, const store::DocumentoSalvato& documento,
                   store::GenereJob next);

/// Registers the form with its attachments in the built-in register and moves the pratica to Protocollata, in one
/// transaction: there is never a number without the state, nor the state without a number. Done already, it stays.
void assignProtocollo(const Context& context, const Id<Pratica>& id);
/// The same for the response with the operator's file: to 7000 or 9000.
void assignProtocolloRisposta(const Context& context, const Id<Pratica>& id);

}
