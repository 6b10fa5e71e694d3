#pragma once

#include "core/cittadino/cittadino.h"
#include "server/gateways/luoghi.h"
#include "server/gateways/saml/metadata.h"
#include "server/gateways/saml/risposta.h"
#include "server/gateways/saml/uscita.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::gateways {

/// What the portal wants to know of a person, by the kind of provider.
std::vector<saml::InsiemeAttributi> insiemi();
int insiemeFor(const saml::ProviderSpid& idp);

/// Who came in; nothing where the provider tells no valid codice fiscale.
std::optional<Identita> identitaOf(const saml::Accesso& accesso, const Luoghi& luoghi);

/// Requests that wait, as they are stored.
std::string toText(const saml::Pendente& pendente);
saml::Pendente pendenteFromText(const std::string& text);
std::string toText(const saml::PendenteUscita& pendente);
saml::PendenteUscita pendenteUscitaFromText(const std::string& text);

}
