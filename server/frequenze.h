#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace sdc {

/// How often each one asked in the minute under way. For what is answered in less time than a row takes to be written:
/// it is counted in this process alone, and of N servers each grants its own.
class Frequenze
{
public:
    using Steady = std::function<std::chrono::steady_clock::time_point()>;

    explicit Frequenze(Steady now = &std::chrono::steady_clock::now, std::size_t most = kMost)
        : now_(std::move(now)),
          most_(most)
    {
    }

    /// Counts one more of this one; whether it is within the limit. Any thread may ask.
    bool allows(const std::string& who, int limit);
    std::size_t size() const;

private:
    /// Of those that are counted at once: 10 MB. Who comes beyond them is let in: so many have other limits.
    static constexpr std::size_t kMost = 50'000;

    Steady now_;
    std::size_t most_;
    mutable std::mutex mutex_;
    std::chrono::steady_clock::time_point begun_{};
    std::unordered_map<std::string, int> counts_;
};

}
