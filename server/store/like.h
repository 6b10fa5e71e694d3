#pragma once

#include <string>

namespace sdc::store {

/// A LIKE pattern, with ESCAPE '\', for what holds `text` anywhere: no sign of it stands for others.
inline std::string holding(const std::string& text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

}
