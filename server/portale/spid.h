#pragma once

#include "server/context.h"
#include "server/gateways/saml/messaggio.h"
#include "server/gateways/saml/metadata.h"
#include "server/http/message.h"

#include <optional>
#include <string>

namespace sdc::portale {

/// The ente as identity providers know it; nothing where it was not made known to them.
std::optional<gateways::saml::ServiceProvider> serviceProviderOf(const Context& context);

/// Sends the browser on with a message: at once by the address, or by a page with a form. `chi` is whom it goes to.
http::Response carry(const http::Request& request, Context& context, const gateways::saml::Invio& invio,
                     const std::string& chi);

/// The session here has ended; ends the provider's, too, where it keeps one.
http::Response logoutAtProvider(const http::Request& request, Context& context, const store::SessioneIdp& presso);

}
