#include "server/copie/conservate.h"

#include "server/copie/disco.h"
#include "server/copie/manifesto.h"
#include "server/store/ids.h"

#include <algorithm>
#include <fstream>
#include <regex>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNota = "ultima-copia";

}

std::vector<fs::path> copieIn(const fs::path& folder, const std::optional<std::string>& ente)
{
    // The stamp sorts as time does; "-2" is the second one of its second.
    const std::regex name("stanza-" + (ente ? *ente + "-" : "") + R"((\d{8}T\d{6}Z)(?:-(\d{1,6}))?)");
    std::vector<std::tuple<std::string, int, fs::path>> found;
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(folder, absent)) {
        const std::string text = entry.path().filename().string();
        std::smatch parts;
        if (std::regex_match(text, parts, name) && entry.symlink_status().type() == fs::file_type::directory &&
            fs::exists(entry.path() / kManifesto))
            found.emplace_back(parts[1].str(), parts[2].matched ? std::stoi(parts[2].str()) : 1, entry.path());
    }
    std::sort(found.begin(), found.end());
    std::vector<fs::path> all;
    for (const auto& [stamp, number, path] : found)
        all.push_back(path);
    return all;
}

std::optional<fs::path> ultimaCopia(const fs::path& folder, const std::optional<std::string>& ente)
{
    auto all = copieIn(folder, ente);
    for (; !all.empty(); all.pop_back()) {
        try {
            readManifesto(all.back());
            return all.back();
        } catch (const std::exception&) {
            // The one before it may do: nothing but time is lost by it.
            continue;
        }
    }
    return std::nullopt;
}

void keepNewest(const fs::path& made, const std::optional<std::string>& ente, std::size_t most)
{
    auto others = copieIn(made.parent_path(), ente);
    std::erase(others, made);
    for (std::size_t i = 0; i + most <= others.size(); ++i) {
        const fs::path going = made.parent_path() / (kUnfinishedBackup + store::newId());
        fs::rename(others[i], going);
        fs::remove_all(going);
    }
}

void noteCopia(const Config& config, Instant when)
{
    const fs::path next = config.cartella / ("." + std::string{kNota} + "-" + store::newId());
    writeNew(next, toIso(when) + "\n");
    fs::rename(next, config.cartella / kNota);
}

std::optional<Instant> lastNoted(const Config& config)
{
    std::string text;
    std::ifstream(config.cartella / kNota) >> text;
    return instantFromIso(text);
}

}
