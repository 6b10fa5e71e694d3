#include "core/ente/partner.h"

namespace sdc {

std::string_view name(RuoloPartner ruolo)
{
    return ruolo == RuoloPartner::Testi ? "testi" : "pratiche";
}

std::optional<RuoloPartner> ruoloPartnerFrom(std::string_view text)
{
    for (const RuoloPartner ruolo : {RuoloPartner::Pratiche, RuoloPartner::Testi}) {
        if (text == name(ruolo))
            return ruolo;
    }
    return std::nullopt;
}

}
