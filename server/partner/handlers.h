#pragma once

#include "server/context.h"
#include "server/http/message.h"

/// The partners' API v1.0 (manual, 2.1; resources/openapi/partner.yaml).
namespace sdc::partner {

/// Whether the API is there.
http::Response status(const http::Request& request, Context& context);
/// The services that are active in the partner's ente (requisiti A6).
http::Response services(const http::Request& request, Context& context);

}
