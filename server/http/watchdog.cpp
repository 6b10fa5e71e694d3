#include "server/http/watchdog.h"

#include "server/http/message.h"

#include <algorithm>

namespace sdc::http {
namespace {

constexpr std::chrono::seconds kHeaders{5};
constexpr std::chrono::seconds kBodyGrace{10};
constexpr std::chrono::seconds kAnswerGrace{30};
constexpr std::int64_t kBytesPerSecond = 1000;
constexpr std::chrono::seconds kFarewell{5};

std::int64_t wholeSeconds(Clock::duration elapsed)
{
    return std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
}

void cut(Watched& watched)
{
    try {
        watched.socket.shutdown();
    } catch (const Poco::Exception&) {
        // Gone already: that is what was wanted.
        return;
    }
}

}

Watchdog::Watchdog(int mostPerAddress, std::vector<std::string> unlimited)
    : mostPerAddress_(mostPerAddress),
      unlimited_(std::move(unlimited)),
      thread_([this](const std::stop_token& stop) { run(stop); })
{
}

Watchdog::~Watchdog() = default;

bool Watchdog::add(Watched& watched, const std::string& address)
{
    const bool limited = std::find(unlimited_.begin(), unlimited_.end(), address) == unlimited_.end();
    const std::lock_guard lock(mutex_);
    int& connections = perAddress_[networkOf(address)];
    if (limited && connections >= mostPerAddress_)
        return false;
    watched_.emplace(&watched, true);
    ++connections;
    return true;
}

void Watchdog::remove(Watched& watched, const std::string& address)
{
    const std::lock_guard lock(mutex_);
    watched_.erase(&watched);
    const std::string network = networkOf(address);
    if (--perAddress_[network] <= 0)
        perAddress_.erase(network);
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
    if (watched.phase == Watched::Phase::Answer)
        return elapsed > kAnswerGrace && wholeSeconds(elapsed) * kBytesPerSecond > watched.announced;
    if (watched.phase != Watched::Phase::Body || elapsed < kBodyGrace || watched.received >= watched.announced)
        return false;
    return watched.received < wholeSeconds(elapsed) * kBytesPerSecond;
}

void Watchdog::endAll()
{
    const auto until = Clock::now() + kFarewell;
    while (open() > 0 && Clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    const std::lock_guard lock(mutex_);
    for (auto& [watched, alive] : watched_)
        cut(*watched);
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
            cut(*watched);
        }
    }
}

}
