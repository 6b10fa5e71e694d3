#pragma once

#include "core/pratica/pratica.h"
#include "server/context.h"
#include "server/http/message.h"

#include <optional>
#include <string>

namespace sdc::doors {

/// Everybody, and nobody is looked at: for doors that are none of the portal's.
std::optional<http::Response> chiunque(const http::Request& request, Context& context);
/// Everybody; who has a session is known.
std::optional<http::Response> pubblico(const http::Request& request, Context& context);
/// Citizens with a session: the pages for accepting the terms and completing the profile, and the way out.
std::optional<http::Response> sessione(const http::Request& request, Context& context);
/// Citizens who accepted the terms and whose profile is complete (L2, L3); others are led to what is missing, and back.
std::optional<http::Response> cittadino(const http::Request& request, Context& context);
/// Citizens of `cittadino` who may use the service that the address names, by itself or by a draft of theirs: they came
/// in as strongly as it asks, and have the age. Others are led to a login or to their profile, and back; Conflict for
/// who is too young. All that fills in a request or sends it passes here.
std::optional<http::Response> servizio(const http::Request& request, Context& context);
/// The same of one draft and the session that asks: whether it may go on with it.
bool mayFill(Context& context, const Id<Pratica>& id);
/// Partners with one of their certificates, or name and password (HTTP Basic), of an account that is not disabled; the
/// address may leave out the ente, which their account names, and may name no other (requisiti A1).
std::optional<http::Response> partner(const http::Request& request, Context& context);
/// Operators with a bearer token, of an account that is not disabled.
std::optional<http::Response> operatore(const http::Request& request, Context& context);
/// Operators who are administrators; the others are told that they are not.
std::optional<http::Response> amministratore(const http::Request& request, Context& context);
/// The operator of a session by its name in the store; nothing where it has ended or the account is not active.
std::optional<Operatore> operatoreOf(const Context& context, const std::string& sessione);
/// Programs on this machine, and nobody whom a proxy passes on.
std::optional<http::Response> interno(const http::Request& request, Context& context);

/// Name of the citizen's session cookie of this ente.
std::string cookieName(const Context& context);
/// The browser of a request in a few words, "Firefox su Windows"; empty where it says nothing known.
std::string dispositivo(const http::Request& request);
/// Where to come back to after login: a page of this ente, without the notice that it showed, or the citizen's room
/// where the wish leads elsewhere.
std::string safeReturn(const Context& context, const std::string& wish);

/// Whether this browser has a citizen's session of this ente, or had one that is still remembered.
bool remembers(const http::Request& request, Context& context);
/// The id of that session's citizen; empty where there is none.
std::string rememberedCittadino(const http::Request& request, Context& context);
/// Whether the form with this word was made for the citizen who asks, in whichever of their sessions.
bool isOwnWord(const std::string& word, Context& context);

/// Keeps the fields of a step that was posted when its citizen could not go on: sealed with a key that only the
/// browser's cookie holds, for a day. Whether it did: only a page made for the citizen of this browser's session, open
/// or ended, is kept.
bool park(const http::Request& request, Context& context, http::Response& response);

/// What was parked by this browser.
struct Parcheggio
{
    Id<Cittadino> cittadino;
    /// Empty: it is a profile, of which nothing was saved.
    std::string pratica;
    /// Empty for what stood beside "Invia".
    std::string passo;
    http::Fields fields;
    /// Files were chosen too, and were not kept.
    bool conFile = false;
    /// The session had ended; else terms or profile were in the way.
    bool scaduta = true;
};
/// What this browser parked, if it is this citizen's; it stays parked.
std::optional<Parcheggio> findParked(const http::Request& request, Context& context, const Id<Cittadino>& cittadino);
/// Takes back what this browser parked, if it is this citizen's; the response to come loses the cookie either way.
std::optional<Parcheggio> unpark(const http::Request& request, Context& context, const Id<Cittadino>& cittadino,
                                 http::Response& response);

/// Whether the citizen may do this ("invio") so many times more now, with a limit for an hour; counts them. In the
/// database, for each is followed by writes in any case, and the limit holds for all servers together.
bool mayDo(Context& context, const char* what, std::size_t times, int limit);

/// Whether this address may try to log in once more now; counts the attempt.
bool mayTry(const http::Request& request, Context& context);

}
