#include "server/portale/testi.h"

#include <sstream>

namespace sdc::portale {
namespace {

std::string named(std::string text, const std::string& ente)
{
    constexpr std::string_view kEnte = "{ente}";
    for (auto at = text.find(kEnte); at != std::string::npos; at = text.find(kEnte, at + ente.size()))
        text.replace(at, kEnte.size(), ente);
    return text;
}

}

void includeTesto(http::Page& page, const std::string& name, const Capoversi& testo, const std::string& ente)
{
    http::Page& part = page.include(name, "parts/testo.html");
    for (const Capoverso& capoverso : testo) {
        http::Page& one = part.add("CAPOVERSO");
        if (capoverso.voci.empty()) {
            one.add("PARAGRAFO").set("TESTO", named(capoverso.text, ente));
            continue;
        }
        http::Page& list = one.add("ELENCO");
        for (const std::string& voce : capoverso.voci)
            list.add("VOCE").set("TESTO", named(voce, ente));
    }
}

Capoversi linesOf(const std::string& text)
{
    Capoversi paragraphs;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty())
            paragraphs.push_back({line, {}});
    }
    return paragraphs;
}

}
