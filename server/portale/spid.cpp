#include "server/portale/spid.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/servizio/servizio.h"
#include "server/actions/accesso_cittadino.h"
#include "server/actions/identita.h"
#include "server/doors/doors.h"
#include "server/gateways/identita_saml.h"
#include "server/gateways/registro_idp.h"
#include "server/log.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"
#include "server/rooms.h"
#include "server/secrets/token.h"
#include "server/spid.h"

#include <algorithm>

namespace sdc::portale {
namespace {

namespace saml = gateways::saml;

constexpr std::size_t kTokenSize = 43;

/// Another site posts the answer here: the session's own cookie does not come with it, this one does.
std::string browserCookie(const Context& context)
{
    return "__Host-accesso-" + context.ente().slug;
}

/// Beside it where the address people see is plain http, as on one's own machine: clients that are no browsers keep
/// cookies for https from there.
std::string plainCookie(const Context& context)
{
    return "accesso-" + context.ente().slug;
}

bool isPlain(const Context& context)
{
    return !context.config.baseUrl().starts_with("https");
}

saml::Livello livelloOf(const std::string& text)
{
    if (text.empty() || text == "1" || text == "2")
        return saml::Livello::Due;
    if (text == "3")
        return saml::Livello::Tre;
    throw Invalid("Il livello di accesso richiesto non esiste: può essere 1, 2 o 3.");
}

/// By the address where nothing else is asked: that needs neither a page between nor a script.
saml::Binding bindingFor(const saml::ProviderSpid& idp, const std::string& wish)
{
    if (!wish.empty() && wish != "post" && wish != "redirect")
        throw Invalid("Il modo di invio richiesto non esiste: può essere post o redirect.");
    const auto binding = wish == "post" ? saml::Binding::Post : saml::Binding::Redirect;
    if (saml::endpointFor(idp.accesso, binding) != nullptr)
        return binding;
    if (!wish.empty())
        throw Invalid("Il gestore di identità scelto non ammette questo modo di invio.");
    return saml::Binding::Post;
}

/// What is kept of a message of ours. By the address it is the address that was signed.
std::string messaggioOf(const saml::Invio& invio)
{
    return invio.binding == saml::Binding::Redirect ? invio.indirizzo : invio.xml;
}

store::TracciaSpid tracciaOf(const saml::Tracciato& t)
{
    store::TracciaSpid traccia;
    traccia.genere = "risposta";
    traccia.richiestaId = t.richiestaId;
    traccia.richiestaOra = t.richiestaOra;
    traccia.rispostaId = t.rispostaId;
    traccia.rispostaOra = t.rispostaOra;
    traccia.emittente = t.rispostaEmittente;
    traccia.asserzioneId = t.asserzioneId;
    traccia.soggetto = t.soggetto;
    traccia.soggettoQualificatore = t.soggettoQualificatore;
    traccia.xml = t.xml;
    traccia.certificato = t.certificato;
    return traccia;
}

/// What is remembered between a request and its answer, in this ente's tables.
class Ricordo
{
public:
    Ricordo(const http::Request& request, Context& context) : request_(request), context_(context) {}

    saml::Memoria memoria()
    {
        return {[this](const std::string& id) { return consume(id); },
                [this](const std::string& idp, const std::string& id, Instant fino) {
                    return actions::useAsserzione(context_, idp, id, fino);
                },
                [this](const std::string& entityId) { return context_.identita.idp.find(entityId); }};
    }

    /// Whether the answer was to a request of this browser.
    bool answered() const { return richiesta_.has_value(); }
    /// What is kept of an answer that was believed.
    actions::Scambio creduta(const saml::Tracciato& tracciato) const { return {request(), tracciaOf(tracciato)}; }
    /// And of one that was not.
    actions::Scambio rifiutata(const std::string& motivo) const
    {
        store::TracciaSpid traccia;
        traccia.genere = "rifiutata";
        traccia.richiestaId = richiesta_->id;
        traccia.richiestaOra = pendente().ora;
        traccia.emittente = pendente().idp;
        traccia.xml = request_.formField("SAMLResponse");
        traccia.motivo = motivo;
        return {request(), traccia};
    }
    std::string ritorno() const { return richiesta_ ? richiesta_->ritorno : ""; }
    /// The level that was asked for; 0 where nothing was.
    int livello() const { return richiesta_ ? static_cast<int>(pendente().livello) : 0; }
    std::string sessione() const { return richiesta_ ? richiesta_->sessione : ""; }

private:
    saml::Pendente pendente() const { return gateways::pendenteFromText(richiesta_->dati); }
    store::TracciaSpid request() const
    {
        store::TracciaSpid traccia;
        traccia.genere = "richiesta";
        traccia.richiestaId = richiesta_->id;
        traccia.richiestaOra = pendente().ora;
        traccia.xml = richiesta_->messaggio;
        return traccia;
    }

    std::optional<saml::Pendente> consume(const std::string& id)
    {
        const std::string word = browserWord(request_, context_);
        if (word.empty())
            return std::nullopt;
        richiesta_ = actions::takeRichiesta(
            context_, {store::GenereRichiesta::Accesso, id, secrets::hashOf(word), request_.formField("RelayState")});
        return richiesta_ ? std::optional{pendente()} : std::nullopt;
    }

    const http::Request& request_;
    Context& context_;
    std::optional<store::RichiestaIdp> richiesta_;
};

http::Response refused(const http::Request& request, Context& context, const saml::Rifiutata& why,
                       const Ricordo& ricordo)
{
    // Names of elements stand in it, as long as somebody likes.
    const std::string motivo = firstCodePoints(why.what(), 200);
    log::info("accesso rifiutato", {{"ente", context.ente().slug}, {"motivo", motivo}});
    // What no provider signed may come without number: it leaves no trace in logs that are kept for years.
    if (ricordo.answered() && why.motivo() > saml::Motivo::Firma)
        actions::refuseAccesso(context, ricordo.rifiutata(motivo));
    const std::string text =
        why.errore() || ricordo.answered()
            ? saml::messaggioPer(why.errore().value_or(0))
            : "La risposta del gestore di identità non corrisponde a un accesso iniziato da questo browser, oppure è "
              "arrivata troppo tardi. Ripeti l'accesso.";
    return courtesy(request, context, {text, motivo, ricordo.ritorno(), ricordo.livello()});
}

/// To the login page, which leads on: what the browser keeps for this site alone comes along only then.
http::Response enter(const http::Request& request, Context& context, const saml::Accesso& accesso,
                     const Ricordo& ricordo)
{
    const std::string ritorno = ricordo.ritorno();
    const auto identita = gateways::identitaOf(accesso, context.identita.luoghi);
    if (!identita) {
        actions::refuseAccesso(context, ricordo.rifiutata("l'identità non ha un codice fiscale valido"));
        return courtesy(request, context,
                        {"La tua identità digitale non comunica un codice fiscale italiano, che serve per usare questi "
                         "servizi. Rivolgiti agli uffici del comune.",
                         "", ritorno, ricordo.livello()});
    }
    actions::keepScambio(context, ricordo.creduta(accesso.tracciato));
    const store::SessioneIdp presso{"", accesso.richiesta.idp, accesso.nameId, accesso.nameQualifier,
                                    accesso.sessionIndex};
    // The session that this browser had ends: its cookie does not come with another site's post.
    const actions::Entrato entered =
        actions::login(context, *identita, {doors::dispositivo(request), presso, ricordo.sessione()});
    http::Response response = http::seeOther(base(context) + "/accesso?ritorno=" + http::encodeUrl(ritorno));
    response.cookie(doors::cookieName(context), entered.token);
    return response;
}

std::string originOf(const std::string& url)
{
    return url.substr(0, url.find('/', url.find("://") + 3));
}

}

std::string browserWord(const http::Request& request, const Context& context)
{
    auto cookie = request.cookies.find(browserCookie(context));
    if (cookie == request.cookies.end() && isPlain(context))
        cookie = request.cookies.find(plainCookie(context));
    return cookie != request.cookies.end() && cookie->second.size() == kTokenSize ? cookie->second : "";
}

void rememberBrowser(http::Response& response, const Context& context, const std::string& word)
{
    const long seconds = std::chrono::seconds{kAttesa}.count();
    response.crossSiteCookie(browserCookie(context), word, seconds);
    if (isPlain(context))
        response.header("Set-Cookie", plainCookie(context) + "=" + word + "; Path=/" + context.ente().slug +
                                          "/spid/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds));
}

http::Response notKnown(const http::Request& request, Context& context)
{
    http::Response response =
        fault(request, context, 503, "L'accesso con SPID e CIE non è ancora attivo per questo ente.");
    return std::move(response.header("Retry-After", "3600"));
}

http::Response courtesy(const http::Request& request, Context& context, const Cortesia& cortesia)
{
    return render(request, context,
                  {"accesso_rifiutato.html", {"ACCESSO_RIFIUTATO", {}}, Menu::None, std::nullopt, 403},
                  [&](http::Page& page) {
                      page.set("TESTO", cortesia.text);
                      page.set("RITORNO", http::encodeUrl(cortesia.ritorno));
                      if (cortesia.livello > kLivelloSolito)
                          page.add("CON_LIVELLO").set("LIVELLO", cortesia.livello);
                      if (!cortesia.detail.empty())
                          page.add("DETTAGLIO").set("MOTIVO", cortesia.detail);
                  });
}

std::optional<saml::ServiceProvider> serviceProviderOf(const Context& context)
{
    const auto row = store::findServiceProvider(context.database());
    if (!row)
        return std::nullopt;
    saml::ServiceProvider sp;
    sp.entityId = row->entityId;
    const std::string folder = row->entityId.substr(0, row->entityId.rfind('/') + 1);
    sp.acs = folder + "acs";
    sp.slo = folder + "logout";
    sp.insiemi = gateways::insiemi();
    sp.chiave = {context.rooms.cassaforte().unseal(row->chiave, spid::place(context.ente())), row->certificato};
    return sp;
}

http::Response carry(const http::Request& request, Context& context, const saml::Invio& invio, const std::string& chi)
{
    if (invio.binding == saml::Binding::Redirect)
        return http::seeOther(invio.indirizzo);
    http::Response response = render(request, context, {"invio_saml.html", {"INVIO_SAML", {}}}, [&](http::Page& page) {
        http::Page& form = page.add("MODULO");
        form.set("CHI", chi).set("INDIRIZZO", invio.indirizzo);
        for (const auto& [name, value] : invio.campi)
            form.add("CAMPO").set("NOME", name).set("VALORE", value);
    });
    response.formsTo = originOf(invio.indirizzo);
    return response;
}

http::Response spidMetadata(const http::Request& request, Context& context)
{
    const auto row = store::findServiceProvider(context.database());
    if (!row)
        throw NotFound("Per questo ente non ci sono ancora metadata.");
    http::Response response{200, {}, request.path.ends_with("/cie/metadata") ? row->metadataCie : row->metadataSpid};
    return response.header("Content-Type", "application/samlmetadata+xml");
}

http::Response spidLogin(const http::Request& request, Context& context)
{
    if (!doors::mayTry(request, context))
        return fault(request, context, 429, "");
    const auto idp = context.identita.idp.find(request.queryField("idp"));
    if (!idp)
        throw NotFound("Il gestore di identità richiesto non è tra quelli ammessi.");
    const auto sp = serviceProviderOf(context);
    if (!sp)
        return notKnown(request, context);
    const std::string known = browserWord(request, context);
    const std::string word = known.empty() ? secrets::newToken() : known;
    // In hexadecimal: a provider refuses a state that looks like an address, as random letters may.
    const saml::Domanda domanda{livelloOf(request.queryField("livello")), saml::Confronto::Minimo,
                                gateways::insiemeFor(*idp), secrets::hashOf(secrets::newToken())};
    const saml::Richiesta richiesta =
        saml::makeRichiesta(*sp, *idp, domanda, bindingFor(*idp, request.queryField("binding")), context.now());
    actions::beginRichiesta(
        context, {richiesta.pendente.id, store::GenereRichiesta::Accesso, gateways::toText(richiesta.pendente),
                  secrets::hashOf(word), domanda.relayState, doors::safeReturn(context, request.queryField("ritorno")),
                  context.now() + kAttesa, context.accesso ? context.accesso->hash : "", messaggioOf(richiesta.invio)});
    http::Response response = carry(request, context, richiesta.invio, idp->nome);
    rememberBrowser(response, context, word);
    return response;
}

http::Response spidAcs(const http::Request& request, Context& context)
{
    const auto sp = serviceProviderOf(context);
    if (!sp)
        return notKnown(request, context);
    Ricordo ricordo(request, context);
    try {
        const saml::Accesso accesso =
            saml::readRisposta(request.formField("SAMLResponse"), sp->entityId, ricordo.memoria(), context.now());
        return enter(request, context, accesso, ricordo);
    } catch (const saml::Rifiutata& why) {
        return refused(request, context, why, ricordo);
    }
}

}
