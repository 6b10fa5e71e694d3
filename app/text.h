#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace sdc::app {

using Qt::StringLiterals::operator""_s;
using Qt::StringLiterals::operator""_L1;

inline QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string fromQt(const QString& text)
{
    return text.toStdString();
}

}
