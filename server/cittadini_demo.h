#pragma once

#include "core/cittadino/cittadino.h"

#include <vector>

namespace sdc {

/// The invented citizens of the demonstration, as an identity provider knows them: two bring a complete profile, two
/// bring less.
std::vector<Identita> cittadiniDemo();
bool isComplete(const Identita& identita);

}
