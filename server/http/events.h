#pragma once

#include "server/descriptor.h"
#include "server/http/message.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sdc::http {

/// One event, with the number from which a listener goes on, and the servizio that decides whom it concerns.
struct Event
{
    long long number = 0;
    std::string subject;
    std::string data;
};

/// The changes of an ente after a number.
using ReadEvents = std::function<std::vector<Event>(const std::string& ente, long long from)>;

/// Feeds all event streams from one thread: a listener holds a socket, no thread.
class EventHub
{
public:
    explicit EventHub(ReadEvents read);
    ~EventHub();

    /// Takes over a socket whose response headers were sent.
    void add(const Events& events, Descriptor socket);
    bool hasRoom() const;
    std::size_t listeners() const { return count_; }

private:
    struct Listener
    {
        Events events;
        Descriptor socket;
        std::chrono::steady_clock::time_point lastSent;
        std::chrono::steady_clock::time_point lastChecked;
        bool gone = false;
    };

    void run(const std::stop_token& stop);
    void feed(std::list<Listener>& listeners);
    static void endExcess(std::list<Listener>& listeners);
    static void check(Listener& listener);
    static void feedOne(Listener& listener, const std::vector<Event>& news);
    static void send(Listener& listener, const std::string& text);

    ReadEvents read_;
    std::atomic<std::size_t> count_ = 0;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::list<Listener> listeners_;
    std::jthread thread_;
};

}
