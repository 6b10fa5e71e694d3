#pragma once

#include "server/context.h"
#include "server/http/message.h"

/// The citizens' pages.
namespace sdc::portale {

/// The version of what public pages show, of the context's ente or of the list of all.
std::string versione(Context& context);

http::Response enti(const http::Request& request, Context& context);

http::Response servizi(const http::Request& request, Context& context);
http::Response servizio(const http::Request& request, Context& context);

http::Response accesso(const http::Request& request, Context& context);
http::Response logout(const http::Request& request, Context& context);
/// The address of the logout, opened by hand: it ends nothing.
http::Response leave(const http::Request& request, Context& context);

http::Response spidMetadata(const http::Request& request, Context& context);
/// To the identity provider `idp`, by `binding` (post or redirect), at `livello` or a higher one where the portal asks
/// for more; afterwards to `ritorno`.
http::Response spidLogin(const http::Request& request, Context& context);
/// What the identity provider answers.
http::Response spidAcs(const http::Request& request, Context& context);
/// What the identity provider asks or answers about the end of a session.
http::Response spidLogout(const http::Request& request, Context& context);
/// "Entra con CPS o CNS": leads to the card's door.
http::Response beginCarta(const http::Request& request, Context& context);
/// Back from there.
http::Response endCarta(const http::Request& request, Context& context);
/// At the card's door: whoever has shown a card that is good is led back, others are told what to do.
http::Response showCarta(const http::Request& request, Context& context);
http::Response faultCarta(const http::Request& request, Context& context, int status, const std::string& message);

http::Response termini(const http::Request& request, Context& context);
http::Response acceptTermini(const http::Request& request, Context& context);
http::Response profilo(const http::Request& request, Context& context);
http::Response saveProfilo(const http::Request& request, Context& context);
/// The consents that are not mandatory: given or taken back from the profile.
http::Response changeConsenso(const http::Request& request, Context& context);
/// The link of a mail: a page with a button, for programs that check mail open links, too; then the button.
http::Response askConfermaEmail(const http::Request& request, Context& context);
http::Response confirmEmail(const http::Request& request, Context& context);
/// Where one is logged in.
http::Response accessi(const http::Request& request, Context& context);
http::Response endAccesso(const http::Request& request, Context& context);
/// "Continua": how long the session lasts now, as JSON; the door has moved its end.
http::Response prolunga(const http::Request& request, Context& context);

http::Response stanza(const http::Request& request, Context& context);

/// "Accedi al servizio": a new draft, or "Pratica in bozza" where one is open.
http::Response accedi(const http::Request& request, Context& context);
/// A further draft of a service for professionals.
http::Response start(const http::Request& request, Context& context);
http::Response passo(const http::Request& request, Context& context);
http::Response savePasso(const http::Request& request, Context& context);
http::Response askInvio(const http::Request& request, Context& context);
http::Response submit(const http::Request& request, Context& context);
http::Response askElimina(const http::Request& request, Context& context);
http::Response elimina(const http::Request& request, Context& context);

http::Response pratiche(const http::Request& request, Context& context);
http::Response pratica(const http::Request& request, Context& context);
http::Response modulo(const http::Request& request, Context& context);
http::Response risposta(const http::Request& request, Context& context);
http::Response fileEsito(const http::Request& request, Context& context);

http::Response allegati(const http::Request& request, Context& context);
http::Response allegato(const http::Request& request, Context& context);
http::Response askEliminaAllegato(const http::Request& request, Context& context);
http::Response eliminaAllegato(const http::Request& request, Context& context);

http::Response privacy(const http::Request& request, Context& context);
http::Response accessoOperatori(const http::Request& request, Context& context);
http::Response passwordDimenticata(const http::Request& request, Context& context);
/// A link to set an operator's password is mailed, if there is such a name: the answer is the same either way.
http::Response askNuovaPassword(const http::Request& request, Context& context);
http::Response nuovaPassword(const http::Request& request, Context& context);
http::Response setNuovaPassword(const http::Request& request, Context& context);

/// Keeps a step that was posted by who was turned away; where that cannot be, `response` becomes a page that says so
/// and shows what was typed.
void keepForLater(const http::Request& request, Context& context, http::Response& response);

/// A fault as a page, with a way on.
http::Response fault(const http::Request& request, Context& context, int status, const std::string& message);

}
