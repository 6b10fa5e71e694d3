#include "core/base/error.h"
#include "core/cittadino/codice_fiscale.h"
#include "server/actions/accesso_carta.h"
#include "server/doors/doors.h"
#include "server/gateways/carte/fiducia.h"
#include "server/gateways/registro_idp.h"
#include "server/log.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"
#include "server/portale/ripresa.h"
#include "server/secrets/token.h"

#include <algorithm>

namespace sdc::portale {
namespace {

using gateways::carte::Motivo;

constexpr long kCookieSeconds = 600;
/// base64url of 32 bytes.
constexpr std::size_t kTokenSize = 43;
constexpr const char* kAssente = "ASSENTE";
constexpr const char* kUsata = "USATA";

std::string cookieCarta(const Context& context)
{
    return doors::cookieName(context) + "-carta";
}

/// The browser's own secret; empty where it has none.
std::string browserOf(const http::Request& request, const Context& context)
{
    const auto cookie = request.cookies.find(cookieCarta(context));
    return cookie != request.cookies.end() && cookie->second.size() == kTokenSize ? cookie->second : std::string{};
}

const char* sectionOf(Motivo motivo)
{
    switch (motivo) {
    case Motivo::NonAncoraValida:
        return "NON_ANCORA_VALIDA";
    case Motivo::Scaduta:
        return "SCADUTA";
    case Motivo::Revocata:
        return "REVOCATA";
    case Motivo::RevocaIgnota:
        return "REVOCA_IGNOTA";
    case Motivo::SenzaCodiceFiscale:
        return "SENZA_CODICE_FISCALE";
    case Motivo::NonAdatta:
    case Motivo::NonServizi:
        return "NON_SERVIZI";
    case Motivo::NonLeggibile:
    case Motivo::NonRiconosciuta:
        return "NON_RICONOSCIUTA";
    }
    return "NON_RICONOSCIUTA";
}

/// What a page about a card says, and whether at the card's own door: there all its links lead to the portal.
struct Detto
{
    const char* section;
    std::string ritorno;
    int status = 403;
    bool altrove = true;
};

http::Response cardPage(const http::Request& request, Context& context, const Detto& detto)
{
    Frame frame{"carta.html", {"CARTA", {}}, Menu::None, std::nullopt, detto.status, std::nullopt};
    if (detto.altrove)
        frame.portale = Portale{context.config.baseUrl(), detto.ritorno};
    return render(request, context, frame, [&](http::Page& page) {
        page.show(detto.section).showIf("CON_CARTA", detto.section != kAssente && detto.section != kUsata);
        page.set("RITORNO", http::encodeUrl(detto.ritorno));
    });
}

void requireCards(const Context& context)
{
    if (context.carte == nullptr)
        throw NotFound("L'accesso con la carta non è attivo.");
}

}

http::Response beginCarta(const http::Request& request, Context& context)
{
    requireCards(context);
    const std::string ritorno = doors::safeReturn(context, request.queryField("ritorno"));
    // A service may ask for more than the session that is open.
    if (context.accesso && context.accesso->livello >= gateways::carte::kLivello)
        return http::seeOther(ritorno);
    if (!doors::mayTry(request, context))
        return fault(request, context, 429, "");
    // Two windows of one browser may each be at it.
    std::string browser = browserOf(request, context);
    if (browser.empty())
        browser = secrets::newToken();
    const std::string richiesta = actions::beginCarta(context, browser, ritorno);
    http::Response response =
        http::seeOther(context.config.baseUrlCarte() + base(context) + "/carta?richiesta=" + richiesta);
    return std::move(response.cookie(cookieCarta(context), browser, kCookieSeconds));
}

http::Response endCarta(const http::Request& request, Context& context)
{
    requireCards(context);
    const std::string stanza = doors::safeReturn(context, "");
    const std::string gettone = request.queryField("gettone");
    const std::string browser = browserOf(request, context);
    // Whoever is in already, and comes back by the arrow of the browser, has nothing to do here.
    if (context.accesso && browser.empty())
        return http::seeOther(stanza);
    const auto entered = gettone.size() == kTokenSize
                             ? actions::loginCarta(context, gettone, browser, doors::dispositivo(request))
                             : std::nullopt;
    if (!entered)
        return cardPage(request, context, {kUsata, stanza, 403, false});
    http::Response response = http::seeOther(entered->ritorno);
    context.accesso = AccessoCittadino{entered->entrato.cittadino, "", ""};
    context.accesso->livello = entered->entrato.livello;
    giveBack(request, context, response);
    response.cookie(doors::cookieName(context), entered->entrato.token);
    return std::move(response.cookie(cookieCarta(context), "", -1));
}

http::Response showCarta(const http::Request& request, Context& context)
{
    requireCards(context);
    const std::string stanza = doors::safeReturn(context, "");
    const std::string richiesta = request.queryField("richiesta");
    const auto ritorno = richiesta.size() == kTokenSize ? actions::ritornoCarta(context, richiesta) : std::nullopt;
    if (!ritorno)
        return cardPage(request, context, {kUsata, stanza});
    if (request.certificato.empty())
        return cardPage(request, context, {kAssente, *ritorno, 200});
    const auto esito = context.carte->check(request.certificato, context.now());
    if (const auto* motivo = std::get_if<Motivo>(&esito)) {
        const std::string why{gateways::carte::name(*motivo)};
        log::info("carta rifiutata", {{"ente", context.ente().slug}, {"motivo", why}});
        // Anybody can make one of no authority that is trusted: it leaves no trace in a log that is kept for years.
        const bool anybodys = *motivo == Motivo::NonLeggibile || *motivo == Motivo::NonRiconosciuta;
        actions::refuseCarta(context, richiesta, anybodys ? std::nullopt : std::optional{why});
        return cardPage(request, context, {sectionOf(*motivo), *ritorno});
    }
    Identita identita = std::get<Identita>(esito);
    // A card tells no place of birth, but its codice fiscale does.
    if (const auto codice = CodiceFiscale::parse(identita.codiceFiscale))
        identita.luogoNascita = context.identita.luoghi.nameOf(codice->luogoDiNascita());
    const auto gettone = actions::recogniseCarta(context, richiesta, identita);
    if (!gettone)
        return cardPage(request, context, {kUsata, *ritorno});
    return http::seeOther(context.config.baseUrl() + base(context) + "/carta/ritorno?gettone=" + *gettone);
}

http::Response faultCarta(const http::Request& request, Context& context, int status, const std::string&)
{
    const char* kind = status >= 500 ? "500" : status == 404 || status == 405 ? "404" : "422";
    Frame frame{"errore.html", {kind, {}}, Menu::None, std::nullopt, status, std::nullopt};
    frame.portale = Portale{context.config.baseUrl(), base(context) + "/"};
    return render(request, context, frame, [&](http::Page& page) {
        page.show("E" + std::string{kind}).show(context.room == nullptr ? "SENZA_ENTE" : "DELL_ENTE");
    });
}

}
