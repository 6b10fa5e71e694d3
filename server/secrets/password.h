#pragma once

#include <string>

namespace sdc::secrets {

// At most two of these run at once, so that no flood of them takes the machine; each throws Busy where none came free.

/// Argon2id's own string, with its salt and cost in it.
std::string hashPassword(const std::string& password);

/// Whether the password is the one of this hash. An empty hash (no such account) takes as long, and is never right.
bool verifyPassword(const std::string& hash, const std::string& password);

}
