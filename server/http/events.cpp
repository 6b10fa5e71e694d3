#include "server/http/events.h"

#include "server/log.h"

namespace sdc::http {
namespace {

constexpr std::chrono::milliseconds kRound{500};
constexpr std::chrono::seconds kHeartbeat{15};
constexpr std::size_t kMost = 2000;

std::string textOf(const std::vector<Event>& events)
{
    std::string text;
    for (const Event& event : events) {
        if (event.data.empty())
            continue;
        text += "id: " + std::to_string(event.number) + "\nevent: pratica\ndata: " + event.data + "\n\n";
    }
    return text;
}

}

EventHub::EventHub(ReadEvents read)
    : read_(std::move(read)),
      thread_([this](const std::stop_token& stop) { run(stop); })
{
}

EventHub::~EventHub() = default;

void EventHub::add(const Events& events, const Poco::Net::StreamSocket& socket)
{
    const std::lock_guard lock(mutex_);
    if (listeners_.size() >= kMost)
        return;
    listeners_.push_back({events, socket, {}, false});
    listeners_.back().socket.setBlocking(false);
}

std::size_t EventHub::listeners() const
{
    const std::lock_guard lock(mutex_);
    return listeners_.size();
}

void EventHub::send(Listener& listener, const std::string& text)
{
    try {
        // What does not fit into the socket's buffer belongs to a client that does not read: it starts again from its
        // last number.
        const int sent = listener.socket.sendBytes(text.data(), static_cast<int>(text.size()));
        listener.gone = sent != static_cast<int>(text.size());
        listener.lastSent = std::chrono::steady_clock::now();
    } catch (const Poco::Exception&) {
        listener.gone = true;
    }
}

void EventHub::feed(std::list<Listener>& listeners)
{
    for (Listener& listener : listeners) {
        const std::vector<Event> events = read_(listener.events);
        if (!events.empty()) {
            listener.events.from = events.back().number;
            if (const std::string text = textOf(events); !text.empty())
                send(listener, text);
        } else if (std::chrono::steady_clock::now() - listener.lastSent > kHeartbeat) {
            send(listener, ": battito\n\n");
        }
    }
}

void EventHub::run(const std::stop_token& stop)
{
    std::list<Listener> round;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, kRound, [] { return false; });
            round.splice(round.end(), listeners_);
        }
        try {
            feed(round);
        } catch (const std::exception& error) {
            log::error("eventi non letti", {{"causa", error.what()}});
        }
        round.remove_if([](const Listener& listener) { return listener.gone; });
        const std::lock_guard lock(mutex_);
        listeners_.splice(listeners_.end(), round);
    }
}

}
