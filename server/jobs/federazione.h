#pragma once

#include "core/base/time.h"
#include "server/config.h"
#include "server/gateways/registro_idp.h"
#include "server/misure.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace sdc::jobs {

/// Fetches what is at an address, of so many bytes at most; throws std::runtime_error.
using Scarica = std::function<std::string(const std::string& url, std::size_t largest)>;

/// Where the last good copy of the federation's file is.
std::filesystem::path fileFederazione(const Config& config);

/// Fetches the federation's list of identity providers and keeps it in place of the copy before, where it is signed by
/// who may sign it, has not run out and names some provider. How many it names; throws std::runtime_error, and leaves
/// the copy as it is, where not.
std::size_t fetchFederazione(const Config& config, const std::vector<std::string>& fidati, const Scarica& scarica,
                             Instant now);

/// The thread that keeps the identity providers fresh: the federation's list once a day, sooner where that failed, and
/// whatever else an administrator or another server changes in the files, within a minute. Never during a login.
class LavoroFederazione
{
public:
    struct Mezzi
    {
        const Config& config;
        gateways::RegistroIdp& registro;
        Scarica scarica;
        std::function<Instant()> now;
    };

    LavoroFederazione(Mezzi mezzi, Misure& misure);

private:
    using Steady = std::chrono::steady_clock;

    void run(const std::stop_token& stop);
    void refresh();
    void reread();

    Mezzi mezzi_;
    Misure& misure_;
    Steady::time_point next_{};
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}
