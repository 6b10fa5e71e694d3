#pragma once

#include "core/servizio/modulo.h"

#include <string>
#include <vector>

namespace sdc::portale {

/// A field's condition for site.js, as JSON: it names the fields that are on the page, by their posted name; what
/// depends on other answers is said already, as true or false.
std::string conditionJson(const Condizione& condizione, const std::vector<Campo>& onPage, const std::string& prefix,
                          const Risposte& risposte);

}
