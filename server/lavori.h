#pragma once

#include "server/context.h"

#include <string>

namespace sdc::lavori {

/// The jobs of an ente that did not succeed so far, one a line: id, kind, state, pratica, tries, next try, cause. For
/// an administrator: no citizen is named.
std::string list(const Room& room);
/// Has one of them tried again at once; with `id` "tutti" all of them. How many; throws NotFound where there is none.
int retry(const Room& room, const std::string& id, Instant now);

}
