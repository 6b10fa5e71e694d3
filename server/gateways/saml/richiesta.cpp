#include "server/gateways/saml/richiesta.h"

#include "core/base/error.h"
#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/trasporto.h"

#include <algorithm>

namespace sdc::gateways::saml {
namespace {

/// SAML's own limit (Bindings 3.4.3).
constexpr std::size_t kLongestRelayState = 80;

const char* nameOf(Confronto confronto)
{
    switch (confronto) {
    case Confronto::Esatto:
        return "exact";
    case Confronto::Minimo:
        return "minimum";
    case Confronto::Maggiore:
        return "better";
    case Confronto::Massimo:
        return "maximum";
    }
    return "exact";
}

const InsiemeAttributi& insiemeOf(const ServiceProvider& sp, int indice)
{
    const auto found = std::find_if(sp.insiemi.begin(), sp.insiemi.end(),
                                    [&](const InsiemeAttributi& i) { return i.indice == indice; });
    if (found == sp.insiemi.end())
        throw Invalid("L'insieme di attributi " + std::to_string(indice) + " non è nei metadata.");
    return *found;
}

xml::Doc authnRequest(const Pendente& pendente, const std::string& destination, const std::string& entityId)
{
    xml::Doc doc = makeMessage({"AuthnRequest", pendente.id, pendente.ora, destination, entityId});
    xmlNode* root = xml::root(doc);
    if (pendente.livello != Livello::Uno)
        xml::set(root, "ForceAuthn", "true");
    xml::set(root, "AssertionConsumerServiceURL", pendente.acs);
    xml::set(root, "ProtocolBinding", xml::kPost);
    xml::set(root, "AttributeConsumingServiceIndex", std::to_string(pendente.insieme));
    xml::set(xml::add(root, "samlp", "NameIDPolicy"), "Format", xml::kTransient);
    xmlNode* context = xml::add(root, "samlp", "RequestedAuthnContext");
    xml::set(context, "Comparison", nameOf(pendente.confronto));
    xml::add(context, "saml", "AuthnContextClassRef", uriOf(pendente.livello));
    return doc;
}

}

std::string uriOf(Livello livello)
{
    return "https://www.spid.gov.it/SpidL" + std::to_string(static_cast<int>(livello));
}

Richiesta makeRichiesta(const ServiceProvider& sp, const ProviderSpid& idp, const Domanda& domanda, Binding binding,
                        Instant now)
{
    const Endpoint* endpoint = endpointFor(idp.accesso, binding);
    if (endpoint == nullptr)
        throw Invalid("Il provider " + idp.nome + " non riceve richieste in questo modo.");
    const std::string& token = domanda.relayState;
    if (token.empty() || token.size() > kLongestRelayState || token.find("http") != std::string::npos)
        throw Invalid("Il RelayState deve essere un segno breve che non dice nulla.");
    Pendente pendente{newId(),         idp.entityId, now,  domanda.livello, domanda.confronto, sp.acs,
                      domanda.insieme, {},           token};
    pendente.attributi = insiemeOf(sp, domanda.insieme).attributi;
    const xml::Doc doc = authnRequest(pendente, endpoint->indirizzo, sp.entityId);
    return {pendente, wrap(doc, {Verso::Richiesta, binding, endpoint->indirizzo, token}, sp.chiave)};
}

}
