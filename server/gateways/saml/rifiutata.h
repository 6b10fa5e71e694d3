#pragma once

#include <optional>
#include <stdexcept>
#include <string>

namespace sdc::gateways::saml {

/// What was wrong with a message, in the order in which it is looked at.
enum class Motivo {
    Formato,      ///< no base64, no XML, too large, or with constructs that no provider needs
    Struttura,    ///< XML, but not what the protocol allows
    Sconosciuta,  ///< answers nothing that we asked, or something already answered
    Emittente,    ///< not from the provider that was asked
    Firma,        ///< not signed as it must be, or by somebody else
    Destinatario, ///< meant for somebody else
    Tempi,        ///< too old, or from the future
    Stato,        ///< the provider says no
    Livello,      ///< less, or other, than the level that was asked
    Attributi,    ///< what was asked about the person is missing, empty or told twice
    Ripetuta,     ///< this very assertion was already used
};

/// A message was refused; the text says why, in Italian, for an administrator.
class Rifiutata : public std::runtime_error
{
public:
    Rifiutata(Motivo motivo, const std::string& reason, std::optional<int> errore = std::nullopt)
        : std::runtime_error(reason),
          motivo_(motivo),
          errore_(errore)
    {
    }

    Motivo motivo() const { return motivo_; }
    /// The number of SPID's table of errors ("ErrorCode nr25"), where the provider told one.
    std::optional<int> errore() const { return errore_; }

private:
    Motivo motivo_;
    std::optional<int> errore_;
};

}
