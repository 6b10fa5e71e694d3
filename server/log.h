#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace sdc::log {

using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

/// One event, one line: an Italian noun phrase and what it is about, by ids. Never a name, a codice fiscale, an answer
/// or a token.
void info(std::string_view event, Values values = {});
void error(std::string_view event, Values values = {});

}
