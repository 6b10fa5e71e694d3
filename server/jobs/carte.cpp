#include "server/jobs/carte.h"

#include "server/log.h"

#include <algorithm>

namespace sdc::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::chrono::milliseconds kPause{500};
constexpr seconds kLookEvery{15};
constexpr hours kRenewEvery{1};
constexpr minutes kAgain{10};
/// Between two rounds that citizens' cards ask for.
constexpr seconds kBetweenWishes{20};
const std::string kGuasto = "elenchi delle carte non aggiornati";
const std::string kGuastoLettura = "elenchi delle carte non letti";

}

gateways::carte::Rapporto refreshCarte(const MezziCarte& mezzi, Misure& misure)
{
    auto rapporto = gateways::carte::aggiorna(mezzi.config, mezzi.fiducia.archivio(), mezzi.scarica, mezzi.now());
    for (const std::string& guasto : rapporto.guasti)
        misure.guasti.met(kGuasto, "", guasto);
    if (rapporto.guasti.empty())
        misure.guasti.over(kGuasto, "");
    for (const std::string& novita : rapporto.novita)
        log::info("carte", {{"novita", novita}});
    if (mezzi.fiducia.reread())
        mezzi.renewed();
    return rapporto;
}

LavoroCarte::LavoroCarte(MezziCarte mezzi, Misure& misure)
    : mezzi_(std::move(mezzi)),
      misure_(misure),
      nextRenewal_(Steady::now() + kRenewEvery),
      thread_([this](const std::stop_token& stop) { run(stop); })
{
}

LavoroCarte::~LavoroCarte() = default;

bool LavoroCarte::isDue()
{
    const auto now = Steady::now();
    wished_ = mezzi_.fiducia.takeWish() || wished_;
    if (wished_ && now >= wishFrom_) {
        wished_ = false;
        wishFrom_ = now + kBetweenWishes;
        return true;
    }
    return now >= next_;
}

void LavoroCarte::refresh()
{
    next_ = Steady::now() + kAgain;
    const auto rapporto = refreshCarte(mezzi_, misure_);
    if (!rapporto.guasti.empty())
        return;
    seconds wait = hours{mezzi_.config.aggiornamentoOre};
    if (rapporto.prossima)
        wait = std::clamp<seconds>(*rapporto.prossima - mezzi_.now(), minutes{1}, wait);
    next_ = Steady::now() + wait;
}

void LavoroCarte::look()
{
    const auto now = Steady::now();
    nextLook_ = now + kLookEvery;
    const bool anew = mezzi_.fiducia.reread() || now >= nextRenewal_;
    if (!anew)
        return;
    nextRenewal_ = now + kRenewEvery;
    mezzi_.renewed();
}

void LavoroCarte::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        try {
            if (isDue())
                refresh();
            if (Steady::now() >= nextLook_)
                look();
            misure_.guasti.over(kGuastoLettura, "");
        } catch (const std::exception& error) {
            misure_.guasti.met(kGuastoLettura, "", error.what());
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kPause, [] { return false; });
    }
}

}
