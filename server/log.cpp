#include "server/log.h"

#include <Poco/Logger.h>

namespace sdc::log {
namespace {

/// One line whatever the values hold.
std::string line(std::string_view event, Values values)
{
    std::string text{event};
    for (const auto& [name, value] : values) {
        text += ' ';
        text += name;
        text += "=\"";
        for (const char c : value)
            text += static_cast<unsigned char>(c) < 0x20 || c == '"' ? ' ' : c;
        text += '"';
    }
    return text;
}

}

void info(std::string_view event, Values values)
{
    Poco::Logger::get("stanza").information(line(event, values));
}

void error(std::string_view event, Values values)
{
    Poco::Logger::get("stanza").error(line(event, values));
}

}
