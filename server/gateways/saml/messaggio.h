#pragma once

#include "server/gateways/saml/chiave.h"
#include "server/gateways/saml/provider.h"

#include <string>
#include <utility>
#include <vector>

namespace sdc::gateways::saml {

/// A message of ours, ready for the citizen's browser to carry.
struct Invio
{
    Binding binding = Binding::Post;
    /// Redirect: where to send the browser, the message in it. Post: where to post the fields.
    std::string indirizzo;
    std::vector<std::pair<std::string, std::string>> campi;
    /// The message, for the log. By Post it is signed in itself, by Redirect the address is what was signed.
    std::string xml;
};

/// A message that a browser brought.
struct Ricevuto
{
    Binding binding = Binding::Post;
    std::string messaggio;  ///< Post: the field SAMLRequest or SAMLResponse, as it came
    std::string relayState; ///< Post: the field beside it
    std::string query;      ///< Redirect: all behind the ?, as it came, for the signature is over these very letters
};

}
