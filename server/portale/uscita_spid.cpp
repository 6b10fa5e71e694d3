#include "server/portale/spid.h"

#include "server/actions/identita.h"
#include "server/gateways/identita_saml.h"
#include "server/gateways/registro_idp.h"
#include "server/log.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"
#include "server/secrets/token.h"

namespace sdc::portale {
namespace {

namespace saml = gateways::saml;

saml::Ricevuto received(const http::Request& request)
{
    saml::Ricevuto message;
    message.binding = request.method == "POST" ? saml::Binding::Post : saml::Binding::Redirect;
    const bool asks = request.hasFormField("SAMLRequest");
    message.messaggio = request.formField(asks ? "SAMLRequest" : "SAMLResponse");
    message.relayState = request.formField("RelayState");
    message.query = request.queryText;
    return message;
}

bool brings(const http::Request& request, const char* name)
{
    return request.hasFormField(name) || !request.queryField(name).empty();
}

/// A provider ends a person's session: ours end, and it is told so.
http::Response endAsAsked(const http::Request& request, Context& context, const saml::ServiceProvider& sp)
{
    const auto provider = [&](const std::string& id) { return context.identita.idp.find(id); };
    saml::UscitaChiesta chiesta = saml::readRichiestaUscita(received(request), sp.slo, provider, context.now());
    const auto idp = context.identita.idp.find(chiesta.idp);
    store::TracciaSpid traccia;
    traccia.genere = "uscita";
    traccia.richiestaId = chiesta.id;
    traccia.emittente = chiesta.idp;
    traccia.soggetto = chiesta.soggetto.nameId;
    traccia.soggettoQualificatore = chiesta.soggetto.nameQualifier;
    traccia.xml = chiesta.binding == saml::Binding::Post ? request.formField("SAMLRequest") : request.queryText;
    actions::endSessioniOf(
        context,
        {"", chiesta.idp, chiesta.soggetto.nameId, chiesta.soggetto.nameQualifier, chiesta.soggetto.sessionIndex},
        traccia);
    const std::string home = base(context) + "/?avviso=uscita";
    if (idp->uscita.empty())
        return http::seeOther(home);
    // A provider may take answers by the other binding alone.
    if (saml::endpointFor(idp->uscita, chiesta.binding) == nullptr)
        chiesta.binding = idp->uscita.front().binding;
    const saml::Invio answer = saml::makeRispostaUscita(sp, *idp, chiesta, saml::EsitoUscita::Completa, context.now());
    return carry(request, context, answer, idp->nome);
}

/// A provider says how far the logout got that we asked for.
http::Response endedThere(const http::Request& request, Context& context, const saml::ServiceProvider& sp)
{
    const std::string relay =
        request.method == "POST" ? request.formField("RelayState") : request.queryField("RelayState");
    const auto consume = [&](const std::string& id) -> std::optional<saml::PendenteUscita> {
        const auto taken = actions::takeRichiesta(
            context, {store::GenereRichiesta::Uscita, id, secrets::hashOf(browserWord(request, context)), relay});
        return taken ? std::optional{gateways::pendenteUscitaFromText(taken->dati)} : std::nullopt;
    };
    const auto provider = [&](const std::string& id) { return context.identita.idp.find(id); };
    const auto esito = saml::readRispostaUscita(received(request), sp.slo, consume, provider, context.now());
    return http::seeOther(base(context) +
                          (esito == saml::EsitoUscita::Completa ? "/?avviso=uscita" : "/?avviso=uscita-parziale"));
}

}

http::Response logoutAtProvider(const http::Request& request, Context& context, const store::SessioneIdp& presso)
{
    const http::Response home = http::seeOther(base(context) + "/?avviso=uscita");
    const auto idp = context.identita.idp.find(presso.idp);
    const auto sp = serviceProviderOf(context);
    if (presso.sessionIndex.empty() || !idp || !sp || idp->uscita.empty())
        return home;
    const auto binding = saml::endpointFor(idp->uscita, saml::Binding::Redirect) != nullptr ? saml::Binding::Redirect
                                                                                            : saml::Binding::Post;
    const std::string relay = secrets::hashOf(secrets::newToken());
    const std::string known = browserWord(request, context);
    const std::string word = known.empty() ? secrets::newToken() : known;
    const saml::RichiestaUscita richiesta = saml::makeRichiestaUscita(
        *sp, *idp, {{presso.nameId, presso.nameQualifier, presso.sessionIndex}, relay}, binding, context.now());
    actions::beginRichiesta(context, {richiesta.pendente.id, store::GenereRichiesta::Uscita,
                                      gateways::toText(richiesta.pendente), secrets::hashOf(word), relay, "",
                                      context.now() + kAttesa});
    http::Response response =
        binding == saml::Binding::Post
            ? carry(request, context, richiesta.invio, idp->nome)
            : render(request, context, {"invio_saml.html", {"INVIO_SAML", {}}}, [&](http::Page& page) {
                  page.add("RINVIO").set("CHI", idp->nome).set("INDIRIZZO", richiesta.invio.indirizzo);
              });
    rememberBrowser(response, context, word);
    return response;
}

http::Response spidLogout(const http::Request& request, Context& context)
{
    const bool asked = brings(request, "SAMLRequest");
    if (!asked && !brings(request, "SAMLResponse"))
        return leave(request, context);
    const auto sp = serviceProviderOf(context);
    if (!sp)
        return notKnown(request, context);
    try {
        return asked ? endAsAsked(request, context, *sp) : endedThere(request, context, *sp);
    } catch (const saml::Rifiutata& why) {
        log::info("uscita rifiutata", {{"ente", context.ente().slug}, {"motivo", why.what()}});
        return courtesy(request, context,
                        {"Il messaggio di uscita ricevuto non è valido e non ha avuto effetto.", why.what()});
    }
}

}
