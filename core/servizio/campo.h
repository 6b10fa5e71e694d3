#pragma once

#include "core/servizio/modulo.h"

namespace sdc {

/// The form in which one posted text is kept: trimmed, codes in capitals without spaces, dates as ISO where they can be
/// read (else as typed, so that the citizen sees it again).
std::string normalizeValue(const Campo& campo, const std::string& posted);

/// What is wrong with one text answer, in Italian, or nothing. An empty answer is never wrong here.
std::optional<std::string> faultOf(const Campo& campo, const std::string& value, Date today);

/// One answer as people read it; `value` has the shape of the field's kind.
std::string display(const Campo& campo, const Risposte& value, Forma forma);

}
