#pragma once

#include "server/context.h"
#include "server/http/message.h"

#include <functional>

namespace sdc::operatori {

http::Response noContent();

/// The answer to what was refused for its password or code: 429 with the time to wait, `status` with "serve_codice"
/// where the code is missing or "serve_conferma" where a confirmation is, `status` where something is wrong.
http::Response answerOrRefuse(int status, const std::function<http::Response()>& answer);

}
