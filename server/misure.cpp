#include "server/misure.h"

#include "server/log.h"

#include <algorithm>

namespace sdc {
namespace {

constexpr std::size_t kMostMissing = 1000;

}

void Misure::answered(int status)
{
    ++answers_.at(static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1));
}

void Misure::failed(const std::string& ente, const std::string& genere, const std::string& causa)
{
    const std::lock_guard lock(mutex_);
    ++failures_[{ente, genere, causa}];
}

void Misure::missing(const std::string& ente, const std::string& file)
{
    const std::lock_guard lock(mutex_);
    std::set<std::string>& files = missing_[ente];
    // Who has lost more than these has lost a disk: the rest are neither remembered nor logged.
    if (files.size() < kMostMissing && files.insert(file).second)
        log::error("file mancante", {{"ente", ente}, {"file", file}});
}

void Misure::found(const std::string& ente, const std::string& file)
{
    const std::lock_guard lock(mutex_);
    const auto files = missing_.find(ente);
    if (files != missing_.end() && files->second.erase(file) > 0)
        log::info("file di nuovo presente", {{"ente", ente}, {"file", file}});
}

std::shared_ptr<void> Misure::counted(const Count& count)
{
    ++*count;
    return {nullptr, [count](void*) { --*count; }};
}

std::array<long long, 5> Misure::answers() const
{
    std::array<long long, 5> all{};
    std::copy(answers_.begin(), answers_.end(), all.begin());
    return all;
}

std::map<Misure::Etichette, long long> Misure::failures() const
{
    const std::lock_guard lock(mutex_);
    return failures_;
}

std::map<std::string, std::set<std::string>> Misure::missingFiles() const
{
    const std::lock_guard lock(mutex_);
    return missing_;
}

}
