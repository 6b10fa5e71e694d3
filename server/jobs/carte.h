#pragma once

#include "core/base/time.h"
#include "server/config.h"
#include "server/gateways/carte/aggiornamento.h"
#include "server/gateways/carte/fiducia.h"
#include "server/misure.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace sdc::jobs {

/// What the job of the cards works with.
struct MezziCarte
{
    const ConfigCarte& config;
    gateways::carte::Fiducia& fiducia;
    gateways::carte::Scarica scarica;
    std::function<Instant()> now;
    /// Called when the authorities or revocations have changed, and once an hour: what hangs on them, and on the files
    /// of keys, is to be made anew.
    std::function<void()> renewed;
};

/// Fetches the trust list and the revocations once, tells of faults, and has them read. What there is to say.
gateways::carte::Rapporto refreshCarte(const MezziCarte& mezzi, Misure& misure);

/// The thread that keeps them fresh: every few hours, when the first of them runs out, at once when a card came of
/// whose revocations nothing is known, soon again where something failed. Also reads what another process has fetched.
class LavoroCarte
{
public:
    LavoroCarte(MezziCarte mezzi, Misure& misure);
    ~LavoroCarte();

private:
    using Steady = std::chrono::steady_clock;

    void run(const std::stop_token& stop);
    void refresh();
    void look();
    bool isDue();

    MezziCarte mezzi_;
    Misure& misure_;
    Steady::time_point next_{};
    Steady::time_point nextLook_{};
    Steady::time_point nextRenewal_{};
    /// A wish is not heard more often than this lets it.
    Steady::time_point wishFrom_{};
    bool wished_ = false;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}
