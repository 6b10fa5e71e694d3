#pragma once

#include "core/cittadino/cittadino.h"

#include <string>
#include <string_view>
#include <variant>

namespace sdc::gateways::carte {

/// Why a certificate lets nobody in.
enum class Motivo {
    NonLeggibile,
    NonRiconosciuta, ///< of no authority that is trusted, or not signed by the one that it names
    NonAncoraValida,
    Scaduta,
    Revocata,
    RevocaIgnota, ///< nobody can say now whether it was revoked
    NonAdatta,    ///< not made for proving to a server who one is
    NonServizi,   ///< of a trusted authority, but no CNS: another policy
    SenzaCodiceFiscale,
};
/// "scaduta"; for the log.
std::string_view name(Motivo motivo);

using Riconoscimento = std::variant<Identita, Motivo>;

/// Of a login with a card and its PIN: the highest of eIDAS.
inline constexpr int kLivello = 3;

/// Reads who the bearer of a card's certificate (DER) is: the codice fiscale before the "/" of its one common name
/// ("RSSMRA72H25H612H/1234567891123456.hash="), with name and surname. Only what the certificate is for is looked at;
/// whether its authority may be believed is Fiducia's to say.
Riconoscimento readCarta(const std::string& der);

}
