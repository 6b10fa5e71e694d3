#include "server/options.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sdc::commands {

Options options(const Words& words, std::size_t from)
{
    Options found;
    for (std::size_t i = from; i < words.size(); i += 2) {
        if (!words[i].starts_with("--") || i + 1 == words.size())
            throw std::runtime_error("opzione non riconosciuta: " + words[i]);
        found[words[i].substr(2)] = words[i + 1];
    }
    return found;
}

Options options(const Words& words, const std::vector<std::string>& known, const char* usage)
{
    Options found;
    try {
        found = options(words, 1);
        for (const auto& [name, value] : found) {
            if (std::find(known.begin(), known.end(), name) == known.end())
                throw std::runtime_error("opzione non riconosciuta: --" + name);
            if (value.empty())
                throw std::runtime_error("l'opzione --" + name + " è vuota");
        }
        need(found, known.front());
    } catch (const std::exception& error) {
        throw std::runtime_error(std::string{error.what()} + "\nuso: stanza-server --config FILE " + usage);
    }
    return found;
}

const std::string& need(const Options& options, const std::string& name)
{
    const auto found = options.find(name);
    if (found == options.end())
        throw std::runtime_error("manca l'opzione --" + name);
    return found->second;
}

std::optional<std::string> optional(const Options& options, const char* name)
{
    const auto found = options.find(name);
    return found == options.end() ? std::nullopt : std::optional{found->second};
}

std::string readFile(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw std::runtime_error("il file \"" + file.string() + "\" non si può leggere");
    return {std::istreambuf_iterator<char>(stream), {}};
}

bool takeFlag(Words& words, const std::string& flag)
{
    return std::erase(words, flag) > 0;
}

Words takeAll(Words& words, const std::string& option)
{
    Words values;
    for (auto at = std::find(words.begin(), words.end(), option); at != words.end() && at + 1 != words.end();
         at = std::find(words.begin(), words.end(), option))
    {
        values.push_back(*(at + 1));
        words.erase(at, at + 2);
    }
    return values;
}

}
