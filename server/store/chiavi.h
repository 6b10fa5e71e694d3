#pragma once

#include "core/cittadino/cittadino.h"
#include "core/pratica/pratica.h"
#include "core/servizio/servizio.h"

#include <optional>
#include <string>

namespace sdc::store {

// What a row of pratiche sorts by and is found by.

/// "2026/0000123": the register's order as text; a partner's number as it is.
std::string sortKey(const std::optional<NumeroProtocollo>& numero);
/// A state as the lists sort it: all codes of one length.
std::string sortKey(Stato stato);

/// The words that a sent pratica is found by, before it has its number.
std::string wordsOf(const Servizio& servizio, const Cittadino& cittadino);
/// What a number is found by: "0000123/2026" also as 123.
std::string wordsOf(const std::optional<NumeroProtocollo>& numero);

}
