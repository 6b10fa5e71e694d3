#pragma once

#include <string>
#include <string_view>

namespace sdc {

/// Upper case of well-formed UTF-8, the letters of western and central Europe included: "identità" is "IDENTITÀ".
std::string maiuscolo(std::string_view text);

}
