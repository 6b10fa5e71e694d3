#include "server/gateways/saml/risposta.h"
#include "server/gateways/saml/uscita.h"
#include "server/secrets/token.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sdc;
using namespace sdc::gateways;

namespace {

/// Nobody has the key of this certificate any more.
const char* const kCertificato =
#include "tests/fuzz/certificato.inc"
    ;
const char* const kIdp = "https://idp.esempio.it";
const char* const kSp = "https://stanza.esempio.it/rovereto/spid/metadata";
const char* const kAcs = "https://stanza.esempio.it/rovereto/spid/acs";

saml::Memoria memoria(Instant now)
{
    return {[now](const std::string& id) -> std::optional<saml::Pendente> {
                return saml::Pendente{id,
                                      kIdp,
                                      now - std::chrono::seconds{30},
                                      saml::Livello::Due,
                                      saml::Confronto::Minimo,
                                      kAcs,
                                      0,
                                      {"fiscalNumber", "name"},
                                      "segno"};
            },
            [](const std::string&, const std::string&, Instant) { return true; },
            [](const std::string&) -> std::optional<saml::ProviderSpid> {
                saml::ProviderSpid idp;
                idp.entityId = kIdp;
                idp.accesso = {{saml::Binding::Post, "https://idp.esempio.it/sso", ""}};
                idp.certificati = {kCertificato};
                return idp;
            }};
}

void read(const std::string& messaggio)
{
    const Instant now = instantFromIso("2026-11-27T10:00:00Z").value();
    try {
        saml::readRisposta(messaggio, kSp, memoria(now), now);
    } catch (const saml::Rifiutata&) {
    }
}

}

/// An answer as XML, and as the field that holds it. Only one that the provider signed may be believed, and none of
/// those that are made up here is: an exception of another kind, or an answer that is taken, ends the program.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    read(secrets::base64(data, size));
    if (size < 4096)
        read(std::string(reinterpret_cast<const char*>(data), size));
    return 0;
}
