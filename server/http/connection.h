#pragma once

#include "server/http/exchange.h"
#include "server/http/line.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

namespace sdc::http {

using Clock = std::chrono::steady_clock;

/// What a connection is at, since when, and how many bytes moved meanwhile.
struct Pace
{
    /// Between two requests; the greetings of TLS, in which people look for their card; a head, then a body to come;
    /// ours to work; an answer to be taken; what is still sent to be read away.
    enum class Phase { Idle, Greeting, Head, Body, Work, Answer, Farewell };

    Phase phase = Phase::Head;
    Clock::time_point since = Clock::now();
    /// Of a body or an answer: where the stretch of time begins that is looked at, and what moved in it.
    Clock::time_point stretch = since;
    std::int64_t moved = 0;
    /// The stretch before: when it began, and what moved in it.
    Clock::time_point stretchBefore = since;
    std::int64_t movedBefore = 0;
    /// Of an answer: what lay in the socket, not taken by the client, when the stretch began, and the one before.
    std::int64_t queued = 0;
    std::int64_t queuedBefore = 0;
};

/// What lies in a socket, sent by us and not taken by the client, in bytes.
std::int64_t queuedIn(int socket);

/// One client's connection, taken a step further whenever its socket is ready: nothing here waits for the client.
/// One thread at a time may have it.
class Connection
{
public:
    using Awaits = http::Awaits;

    Connection(Descriptor socket, std::string peer, const Shop& shop);

    int socket() const { return line_.socket(); }
    /// Its socket, for somebody else to close.
    Descriptor release() { return line_.release(); }
    /// Receives, answers and sends as far as it goes without waiting.
    Awaits advance();
    /// No further request is taken after the one under way. Any thread may say so.
    void endSoon() { ending_ = true; }
    Pace& pace() { return pace_; }

private:
    /// Nothing: go on with the next phase at once.
    using Step = std::optional<Awaits>;

    Step next();
    Step greet();
    Step readHead();
    Step begin(std::size_t headSize);
    Step awaitBody();
    Step readBody();
    Step receiveBody();
    Step bodyFailed(const std::system_error& error);
    Step work();
    Step deliver(Response&& answer);
    Step beginEvents(const Response& answer, const Events& events);
    Step sendAnswer();
    Step ended();
    Step farewell();
    Step refuse(int status, const std::string& message);
    void enter(Pace::Phase phase);
    void take(std::string_view bytes);

    Line line_;
    std::string peer_;
    const Shop& shop_;
    Pace pace_;
    /// What came and was not used yet.
    std::string in_;
    std::optional<Exchange> exchange_;
    Spool spool_;
    Outgoing out_;
    /// The connection ends with this answer.
    bool last_ = false;
    /// Something of the request stays unread.
    bool unread_ = false;
    std::atomic<bool> ending_ = false;
    /// Of this turn: how many requests were begun, and how often a head was received for.
    int requests_ = 0;
    int receives_ = 0;
};

}
