#include "server/doors/doors.h"

#include <array>
#include <string_view>

namespace sdc::doors {
namespace {

/// What a User-Agent has in it, and what people call that.
using Segno = std::pair<std::string_view, std::string_view>;

// The first that is found counts: Edge and Opera say that they are Chrome, and Chrome that it is Safari.
constexpr std::array<Segno, 10> kBrowser = {{
    {"Edg", "Edge"},
    {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"Firefox/", "Firefox"},
    {"FxiOS/", "Firefox"},
    {"CriOS/", "Chrome"},
    {"Chromium/", "Chromium"},
    {"Chrome/", "Chrome"},
    {"Version/", "Safari"},
    {"curl/", "curl"},
}};
constexpr std::array<Segno, 8> kSistemi = {{
    {"iPhone", "iPhone"},
    {"iPad", "iPad"},
    {"Android", "Android"},
    {"Windows", "Windows"},
    {"CrOS", "ChromeOS"},
    {"Macintosh", "Mac"},
    {"Linux", "Linux"},
    {"BSD", "BSD"},
}};

template <std::size_t size>
std::string_view find(const std::array<Segno, size>& signs, std::string_view agent)
{
    for (const auto& [sign, word] : signs) {
        if (agent.find(sign) != std::string_view::npos)
            return word;
    }
    return {};
}

}

std::string dispositivo(const http::Request& request)
{
    const std::string agent = request.header("user-agent");
    const std::string_view browser = find(kBrowser, agent);
    const std::string_view system = find(kSistemi, agent);
    if (browser.empty() || system.empty())
        return std::string{browser.empty() ? system : browser};
    return std::string{browser} + " su " + std::string{system};
}

}
