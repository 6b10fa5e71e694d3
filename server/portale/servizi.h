#pragma once

#include "server/http/templates.h"
#include "server/store/servizi.h"

#include <vector>

namespace sdc::portale {

/// One card for each service, in rounds of the section SERVIZIO.
void addCards(http::Page& page, const std::vector<store::VoceServizio>& servizi);

}
