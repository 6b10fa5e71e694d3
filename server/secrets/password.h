#pragma once

#include <string>

namespace sdc::secrets {

/// Argon2id's own string, with its salt and cost in it.
std::string hashPassword(const std::string& password);

/// Whether the password is the one of this hash. An empty hash (no such account) takes as long, and is never right.
/// At most two run at once, so that a flood of logins does not take the machine.
bool verifyPassword(const std::string& hash, const std::string& password);

}
