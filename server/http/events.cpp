#include "server/http/events.h"

#include "server/log.h"

#include <sys/socket.h>

#include <algorithm>
#include <map>
#include <utility>

namespace sdc::http {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{500};
constexpr std::chrono::seconds kHeartbeat{15};
constexpr std::size_t kMost = 2000;
/// Windows that one session may have open, and some that are gone without a word.
constexpr std::size_t kOfOne = 20;

std::string textOf(const Event& event)
{
    return "id: " + std::to_string(event.number) + "\nevent: pratica\ndata: " + event.data + "\n\n";
}

}

EventHub::EventHub(ReadEvents read)
    : read_(std::move(read)),
      thread_([this](const std::stop_token& stop) { run(stop); })
{
}

EventHub::~EventHub() = default;

void EventHub::add(const Events& events, Descriptor socket)
{
    ++count_;
    const std::lock_guard lock(mutex_);
    listeners_.push_back({events, std::move(socket), {}, std::chrono::steady_clock::now(), false});
}

bool EventHub::hasRoom() const
{
    return count_ < kMost;
}

void EventHub::send(Listener& listener, const std::string& text)
{
    // What does not fit into the socket's buffer belongs to a client that does not read: it starts again from its last
    // number.
    const ssize_t sent = ::send(listener.socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
    listener.gone = sent != static_cast<ssize_t>(text.size());
    listener.lastSent = std::chrono::steady_clock::now();
}

void EventHub::check(Listener& listener)
{
    const auto now = std::chrono::steady_clock::now();
    if (listener.gone || now - listener.lastChecked < listener.events.recheck)
        return;
    listener.lastChecked = now;
    listener.gone = !listener.events.stillAllowed();
}

void EventHub::endExcess(std::list<Listener>& listeners)
{
    std::map<std::pair<std::string, std::string>, std::size_t> ofEach;
    std::for_each(listeners.rbegin(), listeners.rend(), [&](Listener& listener) {
        listener.gone = ++ofEach[{listener.events.ente, listener.events.owner}] > kOfOne;
    });
}

void EventHub::feedOne(Listener& listener, const std::vector<Event>& news)
{
    std::string text;
    for (const Event& event : news) {
        if (event.number <= listener.events.from)
            continue;
        listener.events.from = event.number;
        if (listener.events.concerns(event.subject))
            text += textOf(event);
    }
    if (text.empty() && std::chrono::steady_clock::now() - listener.lastSent > kHeartbeat)
        text = ": battito\n\n";
    if (!text.empty())
        send(listener, text);
}

void EventHub::feed(std::list<Listener>& listeners)
{
    // Once for all who listen to an ente and know the same: after the first round that is nearly everybody.
    std::map<std::pair<std::string, long long>, std::vector<Event>> read;
    for (Listener& listener : listeners) {
        try {
            check(listener);
            if (listener.gone)
                continue;
            const auto place = std::pair{listener.events.ente, listener.events.from};
            auto known = read.find(place);
            if (known == read.end())
                known = read.emplace(place, read_(place.first, place.second)).first;
            feedOne(listener, known->second);
        } catch (const std::exception& error) {
            log::error("eventi non letti", {{"ente", listener.events.ente}, {"causa", error.what()}});
        }
    }
}

void EventHub::run(const std::stop_token& stop)
{
    std::list<Listener> round;
    std::size_t known = 0;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, kBetweenLooks, [] { return false; });
            round.splice(round.end(), listeners_);
        }
        if (round.size() > known)
            endExcess(round);
        feed(round);
        count_ -= round.remove_if([](const Listener& listener) { return listener.gone; });
        known = round.size();
        const std::lock_guard lock(mutex_);
        // Oldest first: who came meanwhile stands behind.
        listeners_.splice(listeners_.begin(), round);
    }
}

}
