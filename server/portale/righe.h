#pragma once

#include "core/servizio/modulo.h"

#include <cstddef>
#include <string>

namespace sdc::portale {

/// The posted fields with one more empty row of a group.
Posted withRow(const Campo& gruppo, Posted fields);
/// Without row `index` of a group; the rows after it move up.
Posted withoutRow(const Campo& gruppo, const Posted& fields, std::size_t index);
/// Without the rows in which nothing was written.
Posted withoutEmptyRows(const Campo& gruppo, Posted fields);

}
