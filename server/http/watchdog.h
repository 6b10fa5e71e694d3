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
#include <vector>

namespace sdc::http {

using Clock = std::chrono::steady_clock;

/// What a connection is doing, as the watchdog sees it.
struct Watched
{
    enum class Phase { Idle, Headers, Body, Work, Answer };

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
    /// Of the body or the answer: how long it is.
    std::atomic<std::int64_t> announced{0};
};

/// Ends connections that are too slow: a socket's own timeout starts anew with every byte, so a client that sends one
/// byte a second would hold a thread for ever. Headers have 5 seconds; a body must come at 1 kB/s or more after 10; an
/// answer must be taken at that pace or better after 30. Also counts the connections of each address.
class Watchdog
{
public:
    /// The connections of `unlimited` addresses, trusted proxies, are those of all their clients.
    Watchdog(int mostPerAddress, std::vector<std::string> unlimited);
    ~Watchdog();

    /// Watches a connection; false, and nothing done, where its address has too many already. Of IPv6 addresses those
    /// of one network (/64) are one.
    bool add(Watched& watched, const std::string& address);
    void remove(Watched& watched, const std::string& address);
    /// For the end of the server: nobody is waited for any longer than five seconds, then every connection is cut.
    void endAll();
    /// How many connections are open.
    std::size_t open() const;

private:
    void run(const std::stop_token& stop);
    static bool tooSlow(const Watched& watched, Clock::time_point now);

    int mostPerAddress_;
    std::vector<std::string> unlimited_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<Watched*, bool> watched_;
    std::map<std::string, int> perAddress_;
    std::jthread thread_;
};

}
