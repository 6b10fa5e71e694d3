#pragma once

#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace sdc::http {

using Clock = std::chrono::steady_clock;

/// What a connection is doing, as the watchdog sees it.
struct Watched
{
    enum class Phase { Idle, Headers, Body, Work };

    explicit Watched(const Poco::Net::StreamSocket& s) : socket(s) {}

    void enter(Phase next)
    {
        received = 0;
        announced = 0;
        since = Clock::now().time_since_epoch().count();
        phase = next;
    }

    Poco::Net::StreamSocket socket;
    std::atomic<Phase> phase{Phase::Idle};
    std::atomic<Clock::rep> since{Clock::now().time_since_epoch().count()};
    /// Of the body: how much came, and how much is to come; once all is here its sender is not slow any more.
    std::atomic<std::int64_t> received{0};
    std::atomic<std::int64_t> announced{0};
};

/// Ends connections that are too slow: a socket's own timeout starts anew with every byte, so a client that sends one
/// byte a second would hold a thread for ever. Headers have 5 seconds; a body must come at 1 kB/s or more after 10.
/// Also counts the connections of each address.
class Watchdog
{
public:
    explicit Watchdog(int mostPerAddress);
    ~Watchdog();

    /// Whether one more connection of this address may be accepted.
    bool admits(const std::string& address) const;
    void add(Watched& watched, const std::string& address);
    void remove(Watched& watched, const std::string& address);
    /// How many connections are open.
    std::size_t open() const;

private:
    void run(const std::stop_token& stop);
    static bool tooSlow(const Watched& watched, Clock::time_point now);

    int mostPerAddress_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<Watched*, bool> watched_;
    std::map<std::string, int> perAddress_;
    std::jthread thread_;
};

}
