#pragma once

#include "server/context.h"
#include "server/http/message.h"

namespace sdc::http {

/// Whether the server works, for who watches over it.
Response stato(const Request& request, Context& context);
/// Figures in Prometheus' text form.
Response metriche(const Request& request, Context& context);
/// The descriptions of the two APIs.
Response openapiOperatori(const Request& request, Context& context);
Response openapiPartner(const Request& request, Context& context);

}
