#pragma once

#include "core/cittadino/profilo.h"
#include "server/context.h"
#include "server/store/identita.h"
#include "server/store/sessions.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::actions {

/// A citizen who has just come in.
struct Entrato
{
    Cittadino cittadino;
    /// Of the new session, for the browser's cookie.
    std::string token;
    /// How strongly they came in, from 1 to 3.
    int livello = 0;
};
/// By which browser, from whom, and after which session a citizen comes.
struct Provenienza
{
    /// A few words on the browser.
    std::string dispositivo;
    /// What the identity provider calls the session, where it keeps one (its `sessione` is set by login).
    std::optional<store::SessioneIdp> presso = std::nullopt;
    /// Hash of the session that this browser had: it ends, for each login has its own.
    std::string precedente = {};
};
/// A citizen whom an identity provider has recognised enters: known by codice fiscale, or new to this ente.
Entrato login(Context& context, const Identita& identita, const Provenienza& da = {});
/// Ends the session of the request on the server; what the identity provider calls it, where it keeps one.
std::optional<store::SessioneIdp> logout(Context& context);

/// An open session of a citizen, as they tell it from others. The name is made of the session's, which it does not
/// tell.
struct Accesso
{
    std::string nome;
    store::Sessione sessione;
    /// The one that asks.
    bool questo = false;
};
std::vector<Accesso> accessi(const Context& context);
/// Ends an open session of the citizen who asks; NotFound where there is none of this name.
void endAccesso(Context& context, const std::string& nome);
/// Ends all of them, the one that asks too.
void endAccessi(Context& context);

/// Accepts the texts with these ids, each a version; Invalid, with a field each, where a mandatory one is missing. All
/// or none. Texts that are not mandatory are accepted where they are among them.
void acceptTermini(Context& context, const std::vector<std::string>& accepted);
/// Gives the consent to a text that is not mandatory, or takes it back. Conflict where the text is another by now.
void changeConsenso(Context& context, const std::string& termine, bool gives);

/// When a link to confirm the address is sent: where there is none on its way, or a new one in any case.
enum class Link { SeManca, Nuovo };
/// What saving a profile led to.
enum class EsitoLink { NonServe, Inviato, GiaInviato, Troppi };
/// Saves what the citizen may change of the own profile, and confirms it. Throws Invalid with the faults by field. An
/// address that the citizen has not confirmed is sent a link.
EsitoLink saveProfilo(Context& context, const Profilo& profilo, Link link = Link::SeManca);

/// Whether the link with this token is good at the moment.
bool isGoodConferma(const Context& context, const std::string& token);
/// Takes the link: its address is confirmed from now on. False where it is not good (any more).
bool confirmEmail(Context& context, const std::string& token);

}
