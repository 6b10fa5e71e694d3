#pragma once

#include "core/ente/operatore.h"

#include <string>

namespace sdc {

/// Why this password is not good enough for this operator, as an Italian sentence; empty where it is (NIST SP 800-63B,
/// 5.1.1.2: length and what is guessed first, no rules of composition).
std::string passwordFault(const std::string& password, const Operatore& operatore);

/// Whether it is one that everybody tries first, whatever its capitals.
bool isCommonPassword(const std::string& password);

}
