#pragma once

#include "server/context.h"
#include "server/http/message.h"

#include <optional>

namespace sdc::portale {

/// Puts what this browser parked back into its draft, where it is the citizen's and the draft did not go on without it;
/// `response` then leads there.
void giveBack(const http::Request& request, Context& context, http::Response& response);
/// The profile that this browser parked, as it was posted: nothing of it is saved before its citizen says so.
std::optional<http::Fields> parkedProfilo(const http::Request& request, Context& context);
/// That profile is saved now.
void forgetParkedProfilo(const http::Request& request, Context& context, http::Response& response);

}
