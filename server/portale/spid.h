#pragma once

#include "server/context.h"
#include "server/gateways/saml/messaggio.h"
#include "server/gateways/saml/metadata.h"
#include "server/http/message.h"
#include "server/store/identita.h"

#include <optional>
#include <string>

namespace sdc::portale {

/// The ente as identity providers know it; nothing where it was not made known to them.
std::optional<gateways::saml::ServiceProvider> serviceProviderOf(const Context& context);

/// How long a person may take at the identity provider.
inline constexpr std::chrono::minutes kAttesa{15};
/// The word of the browser that asks; empty where it has none.
std::string browserWord(const http::Request& request, const Context& context);
void rememberBrowser(http::Response& response, const Context& context, const std::string& word);

/// The ente is not known to identity providers yet.
http::Response notKnown(const http::Request& request, Context& context);
/// What a page says of why nobody came in, or out, and what to do.
struct Cortesia
{
    std::string text;
    /// For the helpdesk.
    std::string detail;
    /// Where the next try leads, and the level that it must have; 0: the usual one.
    std::string ritorno = {};
    int livello = 0;
};
http::Response courtesy(const http::Request& request, Context& context, const Cortesia& cortesia);

/// Sends the browser on with a message: at once by the address, or by a page with a form. `chi` is whom it goes to.
http::Response carry(const http::Request& request, Context& context, const gateways::saml::Invio& invio,
                     const std::string& chi);

/// The session here has ended; ends the provider's, too, where it keeps one.
http::Response logoutAtProvider(const http::Request& request, Context& context, const store::SessioneIdp& presso);

}
