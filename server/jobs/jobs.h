#pragma once

#include "server/jobs/worker.h"

namespace sdc::jobs {

// Each of these can be done again after it was done, or half done: the result is there once.

/// Prints the compiled form (T1) and has it registered next.
void stampaModulo(const Tools& tools, const Id<Pratica>& id);
/// Registers the form with its attachments: 2000 to 3000 (R1).
void protocollaModulo(const Tools& tools, const Id<Pratica>& id);
/// Prints the response (T2) and has it registered next.
void stampaRisposta(const Tools& tools, const Id<Pratica>& id);
/// Registers the response with the operator's file: 6000 to 7000, 8000 to 9000 (O9).
void protocollaRisposta(const Tools& tools, const Id<Pratica>& id);
/// Mails the citizen that the pratica reached a state (N1).
void avvisa(const Tools& tools, const store::Job& job);
/// Mails an operator about their account: a link to set the password, or that it was changed.
void avvisaOperatore(const Tools& tools, const store::Job& job);
/// Mails what a change of the citizen's address calls for: the link that confirms it, or a word to the former one.
void avvisaProfilo(const Tools& tools, const store::Job& job);

}
