#pragma once

#include "core/cittadino/cittadino.h"

#include <string>

namespace sdc::store {

/// A citizen's data as they are kept with a pratica.
std::string toJson(const Cittadino& cittadino);
Cittadino cittadinoFromJson(const std::string& text);

}
