#include "server/gateways/luoghi.h"

#include <fstream>
#include <stdexcept>

namespace sdc::gateways {

Luoghi::Luoghi(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    if (!stream)
        throw std::runtime_error("il file dei luoghi di nascita " + file.string() + " non si può leggere");
    for (std::string line; std::getline(stream, line);) {
        const auto tab = line.find('\t');
        if (tab != std::string::npos)
            nomi_.emplace(line.substr(0, tab), line.substr(tab + 1));
    }
}

std::string Luoghi::nameOf(const std::string& codice) const
{
    const auto found = nomi_.find(codice);
    return found == nomi_.end() ? std::string{} : found->second;
}

}
