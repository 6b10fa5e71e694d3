#pragma once

#include "server/context.h"
#include "server/http/message.h"
#include "server/store/pratiche.h"

#include <string>
#include <vector>

namespace sdc::portale {

/// "Pratica in bozza": these drafts, and a button for another one of `another` where that is not empty.
http::Response showBozze(const http::Request& request, Context& context, const std::vector<store::VocePratica>& bozze,
                         const std::string& another);

}
