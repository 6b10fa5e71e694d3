#include "server/guasti.h"

#include "server/log.h"

namespace sdc {
namespace {

constexpr std::chrono::hours kTellEvery{1};
constexpr std::chrono::minutes kPause{1};

std::string seconds(Guasti::Steady::duration duration)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

}

void Guasti::met(const std::string& what, const std::string& ente, const std::string& causa)
{
    const std::lock_guard lock(mutex_);
    const auto now = now_();
    const auto [found, isNew] = guasti_.try_emplace({what, ente}, Guasto{now, now, now, 0});
    Guasto& guasto = found->second;
    ++guasto.times;
    guasto.last = now;
    count_ = guasti_.size();
    if (isNew)
        return log::error(what, {{"ente", ente}, {"causa", causa}});
    if (now - guasto.told < kTellEvery)
        return;
    guasto.told = now;
    log::error(what, {{"ente", ente},
                      {"causa", causa},
                      {"volte", std::to_string(guasto.times)},
                      {"da_secondi", seconds(now - guasto.begun)}});
}

void Guasti::over(const std::string& what, const std::string& ente)
{
    if (count_ == 0)
        return;
    const std::lock_guard lock(mutex_);
    const auto found = guasti_.find({what, ente});
    if (found == guasti_.end() || now_() - found->second.last < kPause)
        return;
    const Guasto& guasto = found->second;
    log::info(what + ": finito", {{"ente", ente},
                                  {"volte", std::to_string(guasto.times)},
                                  {"durata_secondi", seconds(guasto.last - guasto.begun)}});
    guasti_.erase(found);
    count_ = guasti_.size();
}

std::vector<std::pair<std::string, std::string>> Guasti::lasting() const
{
    std::vector<std::pair<std::string, std::string>> all;
    const std::lock_guard lock(mutex_);
    for (const auto& [key, guasto] : guasti_) {
        if (now_() - guasto.last < kTellEvery)
            all.push_back(key);
    }
    return all;
}

}
