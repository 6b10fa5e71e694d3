#include "server/guasti.h"

#include "server/log.h"

namespace sdc {
namespace {

constexpr std::chrono::hours kTellEvery{1};
constexpr std::chrono::minutes kPause{1};
/// Whatever is tried again is tried by then.
constexpr std::chrono::minutes kOnce{5};

std::string seconds(Guasti::Steady::duration duration)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

}

void Guasti::met(const std::string& what, const std::string& ente, const std::string& causa)
{
    const std::lock_guard lock(mutex_);
    const auto now = now_();
    const auto [found, isNew] = guasti_.try_emplace({what, ente}, Guasto{now, now, now, 0, false});
    Guasto& guasto = found->second;
    ++guasto.times;
    guasto.last = now;
    guasto.well = false;
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
    if (found == guasti_.end())
        return;
    found->second.well = true;
    if (now_() - found->second.last >= kPause)
        end(found);
}

Guasti::Mappa::iterator Guasti::end(Mappa::iterator at)
{
    const auto& [key, guasto] = *at;
    log::info(key.first + ": finito", {{"ente", key.second},
                                       {"volte", std::to_string(guasto.times)},
                                       {"durata_secondi", seconds(guasto.last - guasto.begun)}});
    const auto next = guasti_.erase(at);
    count_ = guasti_.size();
    return next;
}

std::vector<std::pair<std::string, std::string>> Guasti::lasting()
{
    std::vector<std::pair<std::string, std::string>> all;
    const std::lock_guard lock(mutex_);
    for (auto at = guasti_.begin(); at != guasti_.end();) {
        const Guasto& guasto = at->second;
        const auto since = now_() - guasto.last;
        if (guasto.well && since >= kPause) {
            at = end(at);
            continue;
        }
        if (since < kOnce || (guasto.times > 1 && since < kTellEvery))
            all.push_back(at->first);
        ++at;
    }
    return all;
}

}
