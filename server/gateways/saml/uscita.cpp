#include "server/gateways/saml/uscita.h"

#include "core/base/error.h"
#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/trasporto.h"

namespace sdc::gateways::saml {
namespace {

constexpr const char* kSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success";
constexpr const char* kRequester = "urn:oasis:names:tc:SAML:2.0:status:Requester";
constexpr const char* kResponder = "urn:oasis:names:tc:SAML:2.0:status:Responder";
constexpr const char* kPartial = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout";

/// How long a browser may take to bring a provider's request.
constexpr std::chrono::minutes kJourney{5};

const Endpoint& endpointOf(const ProviderSpid& idp, Binding binding)
{
    const Endpoint* endpoint = endpointFor(idp.uscita, binding);
    if (endpoint == nullptr)
        throw Invalid("Il provider " + idp.nome + " non riceve uscite in questo modo.");
    return *endpoint;
}

void checkKind(const xmlNode* root, const char* name)
{
    if (!xml::is(root, xml::kProtocol, name))
        throw Rifiutata(Motivo::Struttura, std::string("non è un messaggio ") + name);
}

ProviderSpid known(const Provider& provider, const std::string& entityId)
{
    auto found = provider(entityId);
    if (!found)
        throw Rifiutata(Motivo::Emittente, "viene da un provider che non conosciamo");
    return *std::move(found);
}

void addStatus(xmlNode* root, EsitoUscita esito)
{
    const char* first = esito == EsitoUscita::Fallita ? kResponder : kSuccess;
    xmlNode* code = xml::add(xml::add(root, "samlp", "Status"), "samlp", "StatusCode");
    xml::set(code, "Value", first);
    if (esito == EsitoUscita::Parziale)
        xml::set(xml::add(code, "samlp", "StatusCode"), "Value", kPartial);
}

EsitoUscita esitoIn(const xmlNode* response)
{
    const xmlNode* status = xml::need(response, xml::kProtocol, "Status");
    const xmlNode* code = xml::need(status, xml::kProtocol, "StatusCode");
    const xmlNode* second = xml::child(code, xml::kProtocol, "StatusCode");
    const std::string value = xml::attribute(code, "Value");
    const bool partial = second != nullptr && xml::attribute(second, "Value") == kPartial;
    // SPID tells a partial logout with Requester, SAML with Success.
    if (partial && (value == kSuccess || value == kRequester || value == kResponder))
        return EsitoUscita::Parziale;
    return value == kSuccess ? EsitoUscita::Completa : EsitoUscita::Fallita;
}

/// A request that says until when it holds is not good afterwards.
void checkEnd(const xmlNode* request, Instant now)
{
    if (!xml::hasAttribute(request, "NotOnOrAfter"))
        return;
    const auto end = instantFromSaml(xml::attribute(request, "NotOnOrAfter"));
    if (!end || now >= *end + kSkew)
        throw Rifiutata(Motivo::Tempi, "la richiesta di uscita è scaduta");
}

}

RichiestaUscita makeRichiestaUscita(const ServiceProvider& sp, const ProviderSpid& idp, const DomandaUscita& domanda,
                                    Binding binding, Instant now)
{
    const Soggetto& soggetto = domanda.soggetto;
    const Endpoint& endpoint = endpointOf(idp, binding);
    const PendenteUscita pendente{newId(), idp.entityId, now};
    const xml::Doc doc = makeMessage({"LogoutRequest", pendente.id, now, endpoint.indirizzo, sp.entityId});
    xmlNode* root = xml::root(doc);
    xmlNode* nameId = xml::add(root, "saml", "NameID", soggetto.nameId);
    xml::set(nameId, "Format", xml::kTransient);
    xml::set(nameId, "NameQualifier", soggetto.nameQualifier);
    if (!soggetto.sessionIndex.empty())
        xml::add(root, "samlp", "SessionIndex", soggetto.sessionIndex);
    return {pendente, wrap(doc, {Verso::Richiesta, binding, endpoint.indirizzo, domanda.relayState}, sp.chiave)};
}

UscitaChiesta readRichiestaUscita(const Ricevuto& ricevuto, const std::string& slo, const Provider& provider,
                                  Instant now)
{
    const Aperto aperto = unwrap(ricevuto, Verso::Richiesta);
    checkKind(xml::root(aperto.doc), "LogoutRequest");
    const xmlNode* issuer = xml::need(xml::root(aperto.doc), xml::kAssertion, "Issuer");
    const ProviderSpid idp = known(provider, xml::text(issuer));
    const xml::Doc doc = verified(aperto, ricevuto.binding, idp.certificati);
    const xmlNode* request = xml::root(doc);
    checkHeader(request, idp, slo, now - kJourney, now);
    checkEnd(request, now);
    const xmlNode* nameId = xml::need(request, xml::kAssertion, "NameID");
    const xmlNode* index = xml::child(request, xml::kProtocol, "SessionIndex");
    UscitaChiesta chiesta{xml::attribute(request, "ID"), idp.entityId, {}, aperto.relayState, ricevuto.binding};
    chiesta.soggetto = {xml::text(nameId), xml::attribute(nameId, "NameQualifier"),
                        index == nullptr ? "" : xml::text(index)};
    if (chiesta.soggetto.nameId.empty())
        throw Rifiutata(Motivo::Struttura, "il NameID è vuoto");
    return chiesta;
}

Invio makeRispostaUscita(const ServiceProvider& sp, const ProviderSpid& idp, const UscitaChiesta& chiesta,
                         EsitoUscita esito, Instant now)
{
    const Endpoint& endpoint = endpointOf(idp, chiesta.binding);
    const std::string& address = endpoint.risposte.empty() ? endpoint.indirizzo : endpoint.risposte;
    const xml::Doc doc = makeMessage({"LogoutResponse", newId(), now, address, sp.entityId});
    xml::set(xml::root(doc), "InResponseTo", chiesta.id);
    addStatus(xml::root(doc), esito);
    return wrap(doc, {Verso::Risposta, chiesta.binding, address, chiesta.relayState}, sp.chiave);
}

EsitoUscita readRispostaUscita(const Ricevuto& ricevuto, const std::string& slo, const PendentiUscita& consume,
                               const Provider& provider, Instant now)
{
    const Aperto aperto = unwrap(ricevuto, Verso::Risposta);
    checkKind(xml::root(aperto.doc), "LogoutResponse");
    const std::string id = xml::attribute(xml::root(aperto.doc), "InResponseTo");
    const auto pendente = id.empty() ? std::nullopt : consume(id);
    if (!pendente)
        throw Rifiutata(Motivo::Sconosciuta, "non risponde a un'uscita in attesa");
    const ProviderSpid idp = known(provider, pendente->idp);
    checkIssuer(xml::root(aperto.doc), idp);
    const xml::Doc doc = verified(aperto, ricevuto.binding, idp.certificati);
    if (xml::attribute(xml::root(doc), "InResponseTo") != pendente->id)
        throw Rifiutata(Motivo::Sconosciuta, "risponde a un'altra uscita");
    checkHeader(xml::root(doc), idp, slo, pendente->ora, now);
    return esitoIn(xml::root(doc));
}

}
