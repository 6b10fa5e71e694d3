#include "server/http/watchdog.h"

namespace sdc::http {
namespace {

constexpr std::chrono::seconds kHeaders{5};
constexpr std::chrono::seconds kBodyGrace{10};
constexpr std::int64_t kBytesPerSecond = 1000;

}

Watchdog::Watchdog(int mostPerAddress)
    : mostPerAddress_(mostPerAddress),
      thread_([this](const std::stop_token& stop) { run(stop); })
{
}

Watchdog::~Watchdog() = default;

bool Watchdog::admits(const std::string& address) const
{
    const std::lock_guard lock(mutex_);
    const auto found = perAddress_.find(address);
    return found == perAddress_.end() || found->second < mostPerAddress_;
}

void Watchdog::add(Watched& watched, const std::string& address)
{
    const std::lock_guard lock(mutex_);
    watched_.emplace(&watched, true);
    ++perAddress_[address];
}

void Watchdog::remove(Watched& watched, const std::string& address)
{
    const std::lock_guard lock(mutex_);
    watched_.erase(&watched);
    if (--perAddress_[address] <= 0)
        perAddress_.erase(address);
}

std::size_t Watchdog::open() const
{
    const std::lock_guard lock(mutex_);
    return watched_.size();
}

bool Watchdog::tooSlow(const Watched& watched, Clock::time_point now)
{
    const auto elapsed = now - Clock::time_point{Clock::duration{watched.since.load()}};
    if (watched.phase == Watched::Phase::Headers)
        return elapsed > kHeaders;
    if (watched.phase != Watched::Phase::Body || elapsed < kBodyGrace || watched.received >= watched.announced)
        return false;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
    return watched.received < seconds * kBytesPerSecond;
}

void Watchdog::run(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        changed_.wait_for(lock, stop, std::chrono::milliseconds{500}, [] { return false; });
        const auto now = Clock::now();
        for (auto& [watched, alive] : watched_) {
            if (!alive || !tooSlow(*watched, now))
                continue;
            alive = false;
            try {
                watched->socket.shutdown();
            } catch (const Poco::Exception&) {
                // Gone already: that is what was wanted.
                continue;
            }
        }
    }
}

}
