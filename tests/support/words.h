#pragma once

#include <QString>

#include <string_view>

namespace sdc::tests {

/// A text as QCOMPARE can show it.
inline QString q(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}
