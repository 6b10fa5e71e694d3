#include "server/gateways/saml/risposta.h"

#include "server/gateways/saml/asserzione.h"
#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/trasporto.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sdc::gateways::saml {
namespace {

constexpr const char* kSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success";

[[noreturn]] void refuse(Motivo motivo, const std::string& reason)
{
    throw Rifiutata(motivo, reason);
}

/// Issuer, Signature, Status and Assertion, each once at most and in this order; nowhere a second assertion that
/// somebody could take for the signed one.
void checkStructure(xmlNode* root)
{
    if (!xml::is(root, xml::kProtocol, "Response"))
        refuse(Motivo::Struttura, "non è una risposta");
    if (!xml::everywhere(root, xml::kAssertion, "EncryptedAssertion").empty())
        refuse(Motivo::Struttura, "l'asserzione è cifrata");
    if (xml::everywhere(root, xml::kAssertion, "Assertion").size() > 1)
        refuse(Motivo::Struttura, "contiene più di un'asserzione");
    if (xml::everywhere(root, xml::kSignature, "Signature").size() > 2)
        refuse(Motivo::Struttura, "contiene più di due firme");
    constexpr std::array<std::pair<const char*, const char*>, 4> kOrder{{{xml::kAssertion, "Issuer"},
                                                                         {xml::kSignature, "Signature"},
                                                                         {xml::kProtocol, "Status"},
                                                                         {xml::kAssertion, "Assertion"}}};
    std::size_t place = 0;
    for (const xmlNode* node : xml::elements(root)) {
        while (place < kOrder.size() && !xml::is(node, kOrder.at(place).first, kOrder.at(place).second))
            ++place;
        if (place++ == kOrder.size())
            refuse(Motivo::Struttura, "l'elemento " + std::string(xml::nameOf(node)) + " non è al suo posto");
    }
}

Pendente pendingOf(const xmlNode* root, const Memoria& memoria)
{
    const std::string id = xml::attribute(root, "InResponseTo");
    auto pendente = id.empty() ? std::nullopt : memoria.consume(id);
    if (!pendente)
        refuse(Motivo::Sconosciuta, "non risponde a una richiesta in attesa");
    return *std::move(pendente);
}

ProviderSpid providerOf(const Pendente& pendente, const Memoria& memoria)
{
    auto provider = memoria.provider(pendente.idp);
    if (!provider)
        refuse(Motivo::Emittente, "il provider " + pendente.idp + " non è più conosciuto");
    return *std::move(provider);
}

/// The number in "ErrorCode nr25".
std::optional<int> errorIn(const xmlNode* status)
{
    constexpr std::string_view kBefore = "ErrorCode nr";
    const xmlNode* message = xml::child(status, xml::kProtocol, "StatusMessage");
    const std::string text = message == nullptr ? "" : xml::text(message);
    const std::size_t at = text.find(kBefore);
    int number = 0;
    if (at == std::string::npos ||
        std::from_chars(text.data() + at + kBefore.size(), text.data() + text.size(), number).ec != std::errc())
        return std::nullopt;
    return number;
}

void checkStatus(const xmlNode* response)
{
    const xmlNode* status = xml::need(response, xml::kProtocol, "Status");
    const std::string code = xml::attribute(xml::need(status, xml::kProtocol, "StatusCode"), "Value");
    if (code == kSuccess)
        return;
    const auto error = errorIn(status);
    throw Rifiutata(Motivo::Stato, "il provider risponde " + (error ? "con l'errore " + std::to_string(*error) : code),
                    error);
}

/// The answer to no other request, and still saying so where it was signed.
void checkResponse(const xmlNode* response, const ProviderSpid& provider, const Pendente& pendente, Instant now)
{
    if (xml::attribute(response, "InResponseTo") != pendente.id)
        refuse(Motivo::Sconosciuta, "risponde a un'altra richiesta");
    checkHeader(response, provider, pendente.acs, pendente.ora, now);
}

Metodo metodoOf(const ProviderSpid& provider)
{
    return provider.cie ? Metodo::Cie : provider.eidas ? Metodo::Eidas : Metodo::Spid;
}

}

Accesso readRisposta(const std::string& messaggio, const std::string& entityId, const Memoria& memoria, Instant now)
{
    const Aperto aperto = unwrap({Binding::Post, messaggio, "", ""}, Verso::Risposta);
    xmlNode* root = xml::root(aperto.doc);
    checkStructure(root);

    const Pendente pendente = pendingOf(root, memoria);
    const ProviderSpid provider = providerOf(pendente, memoria);
    checkIssuer(root, provider);

    const Firmato firmata = verifySignature(root, provider.certificati);
    xmlNode* inside = xml::child(root, xml::kAssertion, "Assertion");
    const auto asserzione =
        inside == nullptr ? std::nullopt : std::optional{verifySignature(inside, provider.certificati)};

    // From here on, only what was signed is read.
    const xml::Doc response = xml::parse(firmata.bytes);
    checkResponse(xml::root(response), provider, pendente, now);
    checkStatus(xml::root(response));
    if (!asserzione)
        refuse(Motivo::Struttura, "manca l'asserzione");
    const xml::Doc assertion = xml::parse(asserzione->bytes);
    const Asserzione letta = readAsserzione(xml::root(assertion), {provider, pendente, entityId, now});
    if (!memoria.firstUse(provider.entityId, letta.id, letta.scadenza + kSkew))
        refuse(Motivo::Ripetuta, "l'asserzione è già stata usata");

    Accesso accesso{metodoOf(provider),  letta.livello, letta.attributi,
                    letta.codiceFiscale, letta.nameId,  letta.nameQualifier,
                    letta.sessionIndex,  pendente,      {}};
    accesso.tracciato = {pendente.id,
                         pendente.ora,
                         xml::attribute(xml::root(response), "ID"),
                         instantFromSaml(xml::attribute(xml::root(response), "IssueInstant")).value(),
                         provider.entityId,
                         letta.id,
                         letta.nameId,
                         letta.nameQualifier,
                         aperto.xml,
                         firmata.certificato};
    return accesso;
}

std::string messaggioPer(int errore)
{
    switch (errore) {
    case 19:
        return "Le credenziali sono state inserite in modo errato troppe volte. Controllale e riprova più tardi.";
    case 20:
        return "La tua identità digitale non ha credenziali del livello richiesto da questo servizio. Chiedi al tuo "
               "gestore di identità come ottenerle.";
    case 21:
        return "È passato troppo tempo durante l'accesso. Riprova.";
    case 22:
        return "Non hai dato il consenso all'invio dei tuoi dati. Senza i dati richiesti l'accesso non è possibile.";
    case 23:
        return "La tua identità digitale è sospesa, revocata o bloccata. Rivolgiti al tuo gestore di identità.";
    case 25:
        return "Hai annullato l'accesso. Puoi riprovare quando vuoi.";
    case 30:
        return "Hai usato un'identità digitale di un tipo che questo servizio non accetta. Accedi con la tua identità "
               "personale.";
    default:
        return "L'accesso non è riuscito. Riprova; se il problema continua, rivolgiti al comune.";
    }
}

}
