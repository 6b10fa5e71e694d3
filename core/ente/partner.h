#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace sdc {

/// What a partner's programs may do: send pratiche and their changes, or sheets and texts of the services.
enum class RuoloPartner { Pratiche, Testi };
/// "pratiche", "testi": in the store, commands and seeds.
std::string_view name(RuoloPartner ruolo);
std::optional<RuoloPartner> ruoloPartnerFrom(std::string_view text);

/// Another body's system, or a supplier's, that works with this ente by the API v1.0 (manual, 2.1).
struct Partner
{
    Id<Partner> id;
    /// Its name in the addresses, too: "giscom".
    std::string username;
    std::string nome;
    RuoloPartner ruolo = RuoloPartner::Pratiche;
    bool attivo = true;
};

/// A certificate that a partner's programs show (TLS, by client authentication).
struct CertificatoPartner
{
    /// SHA-256 of its DER, lower-case hex.
    std::string impronta;
    /// Whom it names, to be read by people.
    std::string soggetto;
    Instant da;
    Instant scade;
};

}
