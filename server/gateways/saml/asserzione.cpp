#include "server/gateways/saml/asserzione.h"

#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/trasporto.h"
#include "server/gateways/saml/xml.h"

#include <algorithm>
#include <array>

namespace sdc::gateways::saml {
namespace {

constexpr const char* kBearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

void demand(bool fits, Motivo motivo, const std::string& otherwise)
{
    if (!fits)
        throw Rifiutata(motivo, otherwise);
}

Instant timeOf(const xmlNode* node, const char* name)
{
    const auto time = instantFromSaml(xml::attribute(node, name));
    demand(time.has_value(), Motivo::Tempi, std::string(name) + " manca o non è un orario");
    return *time;
}

void checkFrame(const xmlNode* assertion, const Misura& misura)
{
    demand(xml::is(assertion, xml::kAssertion, "Assertion"), Motivo::Struttura, "non è un'asserzione");
    demand(!xml::attribute(assertion, "ID").empty() && xml::attribute(assertion, "Version") == "2.0", Motivo::Struttura,
           "l'asserzione non ha un ID, o la sua versione non è la 2.0");
    constexpr std::array<const char*, 5> kParts{"Issuer", "Subject", "Conditions", "AuthnStatement",
                                                "AttributeStatement"};
    for (const xmlNode* node : xml::elements(assertion)) {
        const bool known = std::any_of(kParts.begin(), kParts.end(),
                                       [&](const char* name) { return xml::is(node, xml::kAssertion, name); });
        demand(known, Motivo::Struttura, "l'asserzione contiene l'elemento " + std::string(xml::nameOf(node)));
    }
    checkIssuer(assertion, misura.provider);
    demand(misura.provider.issuerFormatMayBeAbsent ||
               xml::hasAttribute(xml::need(assertion, xml::kAssertion, "Issuer"), "Format"),
           Motivo::Emittente, "manca il Format dell'Issuer dell'asserzione");
    const Instant issued = timeOf(assertion, "IssueInstant");
    demand(issued >= misura.pendente.ora - kSkew && issued <= misura.now + kSkew, Motivo::Tempi,
           "l'IssueInstant dell'asserzione è fuori dal tempo ammesso");
}

void readSubject(const xmlNode* assertion, const Misura& misura, Asserzione& into)
{
    const xmlNode* subject = xml::need(assertion, xml::kAssertion, "Subject");
    const xmlNode* nameId = xml::need(subject, xml::kAssertion, "NameID");
    into.nameId = xml::text(nameId);
    into.nameQualifier = xml::attribute(nameId, "NameQualifier");
    demand(!into.nameId.empty() && !into.nameQualifier.empty() && xml::attribute(nameId, "Format") == xml::kTransient,
           Motivo::Struttura, "il NameID è vuoto, o gli mancano Format e NameQualifier");
    const xmlNode* confirmation = xml::need(subject, xml::kAssertion, "SubjectConfirmation");
    demand(xml::attribute(confirmation, "Method") == kBearer, Motivo::Struttura, "la conferma non è di tipo bearer");
    const xmlNode* data = xml::need(confirmation, xml::kAssertion, "SubjectConfirmationData");
    demand(xml::attribute(data, "Recipient") == misura.pendente.acs, Motivo::Destinatario,
           "il Recipient non è il nostro indirizzo");
    demand(xml::attribute(data, "InResponseTo") == misura.pendente.id, Motivo::Sconosciuta,
           "l'asserzione risponde a un'altra richiesta");
    into.scadenza = timeOf(data, "NotOnOrAfter");
    demand(misura.now < into.scadenza + kSkew, Motivo::Tempi, "la conferma del soggetto è scaduta");
    demand(!xml::hasAttribute(data, "NotBefore") || timeOf(data, "NotBefore") <= misura.now + kSkew, Motivo::Tempi,
           "la conferma del soggetto non vale ancora");
}

void checkAudience(const xmlNode* conditions, const std::string& entityId)
{
    const auto restrictions = xml::elements(conditions, xml::kAssertion, "AudienceRestriction");
    demand(!restrictions.empty(), Motivo::Struttura, "manca l'elemento AudienceRestriction");
    for (const xmlNode* restriction : restrictions) {
        const auto audiences = xml::elements(restriction, xml::kAssertion, "Audience");
        const bool ours =
            std::any_of(audiences.begin(), audiences.end(), [&](const xmlNode* a) { return xml::text(a) == entityId; });
        demand(ours, Motivo::Destinatario, "l'Audience non è il nostro entityID");
    }
}

void checkConditions(const xmlNode* assertion, const Misura& misura, Asserzione& into)
{
    const xmlNode* conditions = xml::need(assertion, xml::kAssertion, "Conditions");
    const Instant from = timeOf(conditions, "NotBefore");
    const Instant until = timeOf(conditions, "NotOnOrAfter");
    demand(from <= misura.now + kSkew && from < until, Motivo::Tempi, "l'asserzione non vale ancora");
    demand(misura.now < until + kSkew, Motivo::Tempi, "l'asserzione è scaduta");
    for (const xmlNode* node : xml::elements(conditions)) {
        // Core 2.5.1.1: who does not understand a condition may not rely on the assertion.
        demand(xml::is(node, xml::kAssertion, "AudienceRestriction") || xml::is(node, xml::kAssertion, "OneTimeUse"),
               Motivo::Struttura, "l'asserzione pone la condizione " + std::string(xml::nameOf(node)));
    }
    checkAudience(conditions, misura.entityId);
    into.scadenza = std::max(into.scadenza, until);
}

bool suffices(Livello given, const Pendente& pendente)
{
    switch (pendente.confronto) {
    case Confronto::Esatto:
        return given == pendente.livello;
    case Confronto::Minimo:
        return given >= pendente.livello;
    case Confronto::Maggiore:
        return given > pendente.livello;
    case Confronto::Massimo:
        return given <= pendente.livello;
    }
    return false;
}

void readStatement(const xmlNode* assertion, const Misura& misura, Asserzione& into)
{
    const xmlNode* statement = xml::need(assertion, xml::kAssertion, "AuthnStatement");
    demand(timeOf(statement, "AuthnInstant") <= misura.now + kSkew, Motivo::Tempi, "l'AuthnInstant è nel futuro");
    demand(!xml::hasAttribute(statement, "SessionNotOnOrAfter") ||
               misura.now < timeOf(statement, "SessionNotOnOrAfter") + kSkew,
           Motivo::Tempi, "la sessione presso il provider è scaduta");
    into.sessionIndex = xml::attribute(statement, "SessionIndex");
    const xmlNode* context = xml::need(statement, xml::kAssertion, "AuthnContext");
    const std::string uri = xml::text(xml::need(context, xml::kAssertion, "AuthnContextClassRef"));
    constexpr std::array<Livello, 3> kAll{Livello::Uno, Livello::Due, Livello::Tre};
    const auto* found = std::find_if(kAll.begin(), kAll.end(), [&](Livello livello) { return uriOf(livello) == uri; });
    demand(found != kAll.end(), Motivo::Livello, "il livello \"" + uri.substr(0, 100) + "\" non esiste");
    into.livello = *found;
    demand(suffices(into.livello, misura.pendente), Motivo::Livello, "il livello non è quello richiesto");
}

void readAttributes(const xmlNode* assertion, const Misura& misura, Asserzione& into)
{
    const xmlNode* statement = xml::need(assertion, xml::kAssertion, "AttributeStatement");
    for (const xmlNode* node : xml::elements(statement)) {
        demand(xml::is(node, xml::kAssertion, "Attribute"), Motivo::Attributi, "un attributo non è leggibile");
        const std::string name = xml::attribute(node, "Name");
        const xmlNode* value = xml::child(node, xml::kAssertion, "AttributeValue");
        const std::string text = value == nullptr ? "" : xml::text(value);
        demand(!name.empty() && !text.empty(), Motivo::Attributi, "l'attributo " + name.substr(0, 100) + " è vuoto");
        demand(into.attributi.emplace(name, text).second, Motivo::Attributi,
               "l'attributo " + name.substr(0, 100) + " compare due volte");
    }
    demand(!into.attributi.empty(), Motivo::Attributi, "non c'è alcun attributo");
    for (const std::string& name : misura.pendente.attributi) {
        // The node for other states' citizens gives what their state gives.
        demand(misura.provider.eidas || into.attributi.contains(name), Motivo::Attributi, "manca l'attributo " + name);
    }
}

/// "TINIT-RSSMRA72H25H612H" without what comes before; codes of other states are none.
std::string codiceFiscaleIn(const std::map<std::string, std::string>& attributi)
{
    constexpr std::string_view kItalian = "TINIT-";
    const auto found = attributi.find("fiscalNumber");
    return found != attributi.end() && found->second.starts_with(kItalian) ? found->second.substr(kItalian.size()) : "";
}

}

Asserzione readAsserzione(const xmlNode* assertion, const Misura& misura)
{
    Asserzione asserzione;
    checkFrame(assertion, misura);
    asserzione.id = xml::attribute(assertion, "ID");
    readSubject(assertion, misura, asserzione);
    checkConditions(assertion, misura, asserzione);
    readStatement(assertion, misura, asserzione);
    readAttributes(assertion, misura, asserzione);
    asserzione.codiceFiscale = codiceFiscaleIn(asserzione.attributi);
    return asserzione;
}

}
