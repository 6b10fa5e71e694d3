#pragma once

#include "core/base/time.h"
#include "server/gateways/saml/metadata.h"
#include "server/gateways/saml/provider.h"
#include "server/gateways/saml/richiesta.h"
#include "tests/support/risposte_saml.h"

#include <string>

namespace sdc::tests {

inline constexpr const char* kSpEntityId = "https://stanza.esempio.it/rovereto/spid/metadata";
inline constexpr const char* kAcs = "https://stanza.esempio.it/rovereto/spid/acs";
inline constexpr const char* kSlo = "https://stanza.esempio.it/rovereto/spid/slo";
inline constexpr const char* kIdpEntityId = "https://idp.esempio.it";
inline constexpr const char* kIdpSso = "https://idp.esempio.it/sso";
inline constexpr const char* kIdpSlo = "https://idp.esempio.it/slo";

inline Instant samlNow()
{
    return instantFromIso("2026-11-27T10:00:00Z").value();
}

inline gateways::saml::CoppiaChiave makeChiave(const std::string& entityId)
{
    return gateways::saml::makeCoppiaChiave({entityId, "Comune di Rovereto", "stanza.esempio.it", "Rovereto", "c_h612"},
                                            samlNow(), std::chrono::days{3650});
}

inline const gateways::saml::CoppiaChiave& chiaveSp()
{
    static const auto chiave = makeChiave(kSpEntityId);
    return chiave;
}

inline const gateways::saml::CoppiaChiave& chiaveIdp()
{
    static const auto chiave = makeChiave(kIdpEntityId);
    return chiave;
}

/// Nobody's whom we know.
inline const gateways::saml::CoppiaChiave& chiaveAltrui()
{
    static const auto chiave = makeChiave("https://altri.esempio.it");
    return chiave;
}

inline gateways::saml::ServiceProvider serviceProvider()
{
    gateways::saml::ServiceProvider sp{kSpEntityId, chiaveSp(), kAcs, kSlo, {}, {}};
    sp.insiemi = {{0, "Servizi del comune", {"fiscalNumber", "name", "familyName"}, {"email"}}};
    for (auto& insieme : gateways::saml::insiemiEidas())
        sp.insiemi.push_back(insieme);
    sp.ente = {"Comune di Rovereto",
               "Rovereto",
               "https://www.comune.rovereto.tn.it",
               "c_h612",
               "comune@esempio.it",
               "+390464452111",
               "H612",
               "TN"};
    return sp;
}

inline gateways::saml::ProviderSpid identityProvider()
{
    using gateways::saml::Binding;
    gateways::saml::ProviderSpid idp;
    idp.entityId = kIdpEntityId;
    idp.nome = "Gestore di prova";
    idp.accesso = {{Binding::Redirect, kIdpSso, ""}, {Binding::Post, kIdpSso, ""}};
    idp.uscita = {{Binding::Redirect, kIdpSlo, ""}, {Binding::Post, kIdpSlo, ""}};
    idp.certificati = {chiaveIdp().certificato};
    return idp;
}

}
