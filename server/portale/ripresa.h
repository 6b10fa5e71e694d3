#pragma once

#include "server/context.h"
#include "server/http/message.h"

namespace sdc::portale {

/// Puts what this browser parked back into its draft, where it is the citizen's and the draft did not go on without it;
/// `response` then leads there.
void giveBack(const http::Request& request, Context& context, http::Response& response);

}
