#pragma once

#include <soci/soci.h>

namespace sdc::store {

/// Throws what an error of a database means to us: Duplicate, Conflict where another transaction was first, Unavailable
/// where it cannot work now, or std::runtime_error. `connected` says whether the line to it still stands.
[[noreturn]] void throwFault(const soci::soci_error& error, bool connected);

}
