#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace sdc {

/// Faults that last: the log tells of each when it begins, every hour while it lasts, and when it is over. Whoever
/// meets it in between is only counted.
class Guasti
{
public:
    using Steady = std::chrono::steady_clock;

    explicit Guasti(std::function<Steady::time_point()> now = &Steady::now) : now_(std::move(now)) {}

    /// Somebody met the fault `what` ("ente non aperto") of this ente ("": of all).
    void met(const std::string& what, const std::string& ente, const std::string& causa);
    /// The same thing went well. A fault that was met within the last minute may only have paused; it is over when it
    /// is not met again until then.
    void over(const std::string& what, const std::string& ente);
    /// What lasts now: each fault and its ente. What nobody met for an hour may be over, and nobody tried; for five
    /// minutes, where it was met but once.
    std::vector<std::pair<std::string, std::string>> lasting();

private:
    struct Guasto
    {
        Steady::time_point begun;
        Steady::time_point told;
        Steady::time_point last;
        long long times = 0;
        /// It went well since then.
        bool well = false;
    };
    using Mappa = std::map<std::pair<std::string, std::string>, Guasto>;

    /// Says that it is over, and goes to the next.
    Mappa::iterator end(Mappa::iterator at);

    std::function<Steady::time_point()> now_;
    /// So that all going well costs no lock.
    std::atomic<std::size_t> count_ = 0;
    std::mutex mutex_;
    Mappa guasti_;
};

}
