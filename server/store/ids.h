#pragma once

#include <string>

namespace sdc::store {

/// A new random UUID (RFC 4122, version 4).
std::string newId();

}
