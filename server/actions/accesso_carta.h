#pragma once

#include "server/actions/accesso_cittadino.h"
#include "server/context.h"

#include <optional>
#include <string>

namespace sdc::actions {

/// A login by card begins in a browser of which `browser` is known to nobody else, and is to lead to `ritorno`. The
/// token to bring to the card's door, for five minutes.
std::string beginCarta(Context& context, const std::string& browser, const std::string& ritorno);

/// Where a login that waits for its card is to lead; nothing where there is none such, or it has expired.
std::optional<std::string> ritornoCarta(const Context& context, const std::string& richiesta);

/// The card has said who its bearer is. The token with which the browser fetches that, within a minute; nothing where
/// the login no longer waits for it.
std::optional<std::string> recogniseCarta(Context& context, const std::string& richiesta, const Identita& identita);
/// The card lets nobody in: the login ends, and the log says why, not who; without `motivo` it says nothing.
void refuseCarta(Context& context, const std::string& richiesta, const std::optional<std::string>& motivo);

struct EntratoConCarta
{
    Entrato entrato;
    std::string ritorno;
};
/// The browser comes for what its card said: once, and only the browser that began. Nothing where that is not so.
std::optional<EntratoConCarta> loginCarta(Context& context, const std::string& gettone, const std::string& browser,
                                          const std::string& dispositivo);

}
