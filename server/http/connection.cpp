#include "server/http/connection.h"

#include "server/log.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <system_error>

namespace sdc::http {
namespace {

constexpr std::size_t kLongestHead = 16384;
/// How often one client is received from, and how many requests of it are answered, before others have their turn.
constexpr int kReceives = 16;
constexpr int kRequests = 16;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// The size of the head at the beginning of `in`, with its empty line; 0 where it is not here whole.
std::size_t headSize(std::string_view in)
{
    for (auto at = in.find('\n'); at != std::string_view::npos; at = in.find('\n', at + 1)) {
        const auto rest = in.substr(at + 1);
        if (rest.starts_with('\n'))
            return at + 2;
        if (rest.starts_with("\r\n"))
            return at + 3;
    }
    return 0;
}

}

std::int64_t queuedIn(int socket)
{
    int bytes = 0;
    return ::ioctl(socket, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

Connection::Connection(Descriptor socket, std::string peer, const Shop& shop)
    : line_(std::move(socket), shop.tls),
      peer_(std::move(peer)),
      shop_(shop)
{
}

Connection::Awaits Connection::advance()
{
    requests_ = 0;
    receives_ = 0;
    try {
        for (;;) {
            if (const Step step = next())
                return *step;
        }
    } catch (const std::exception& error) {
        log::error("connessione interrotta", {{"causa", error.what()}});
        return Awaits::Nothing;
    }
}

Connection::Step Connection::bodyFailed(const std::system_error& error)
{
    // Whether that is a fault depends on whether somebody wants to read it.
    spool_.fail(error.what());
    enter(Pace::Phase::Work);
    return std::nullopt;
}

Connection::Step Connection::next()
{
    switch (pace_.phase) {
    case Pace::Phase::Greeting:
        return greet();
    case Pace::Phase::Idle:
    case Pace::Phase::Head:
        return line_.isOpen() ? readHead() : greet();
    case Pace::Phase::Body:
        return readBody();
    case Pace::Phase::Work:
        return work();
    case Pace::Phase::Answer:
        return sendAnswer();
    case Pace::Phase::Farewell:
        return farewell();
    }
    return Awaits::Nothing;
}

void Connection::enter(Pace::Phase phase)
{
    pace_ = Pace{phase};
    // What earlier answers left in the socket is none of this one's pace.
    if (phase == Pace::Phase::Answer)
        pace_.queued = pace_.queuedBefore = queuedIn(line_.socket());
    if (phase == Pace::Phase::Idle)
        in_ = std::string{};
}

Connection::Step Connection::greet()
{
    const auto waits = line_.greet();
    if (!waits)
        enter(Pace::Phase::Head);
    else if (pace_.phase == Pace::Phase::Head && line_.isGreeting())
        enter(Pace::Phase::Greeting);
    return waits;
}

Connection::Step Connection::readHead()
{
    // An empty line before a request is none of it (RFC 9112, 2.2).
    in_.erase(0, std::min(in_.find_first_not_of("\r\n"), in_.size()));
    if (!in_.empty() && (in_[0] < 'A' || in_[0] > 'Z'))
        return refuse(400, "La richiesta non è leggibile.");
    if (const std::size_t size = headSize(in_); size > 0 && size <= kLongestHead)
        return begin(size);
    if (in_.size() > kLongestHead)
        return refuse(in_.find('\n') == std::string::npos ? 414 : 431,
                      "L'intestazione della richiesta è troppo lunga.");
    if (ending_ && in_.empty())
        return Awaits::Nothing;
    if (++receives_ > kReceives)
        return line_.holdsMore() ? Awaits::Output : Awaits::Input;
    const Line::Received received = line_.receive(kLongestHead);
    if (received.bytes.empty())
        return received.otherwise;
    if (pace_.phase == Pace::Phase::Idle)
        enter(Pace::Phase::Head);
    in_ += received.bytes;
    return std::nullopt;
}

Connection::Step Connection::begin(std::size_t size)
{
    // What it sent stays here until its next turn, and that comes at once.
    if (++requests_ > kRequests)
        return Awaits::Output;
    try {
        exchange_.emplace(std::string_view{in_}.substr(0, size), peer_, line_.certificato(), line_.isSealed());
    } catch (const BadHead& error) {
        return refuse(error.status(), error.what());
    }
    in_.erase(0, size);
    last_ = !exchange_->staysOpen();
    spool_ = Spool{};
    const auto length = exchange_->length();
    // A short body is on its way with its head, and waited for at once.
    if (length > 0 && length <= Spool::kInMemory && !exchange_->waitsToSend())
        return awaitBody();
    enter(Pace::Phase::Work);
    return std::nullopt;
}

Connection::Step Connection::awaitBody()
{
    const Config& config = shop_.context.config;
    spool_ = Spool(exchange_->length(), {config.cartella, shop_.spools, exchange_->network(config)});
    if (exchange_->waitsToSend() && !line_.sendAtOnce(kContinue))
        return Awaits::Nothing;
    enter(Pace::Phase::Body);
    return std::nullopt;
}

Connection::Step Connection::readBody()
{
    try {
        return receiveBody();
    } catch (const std::system_error& error) {
        return bodyFailed(error);
    }
}

Connection::Step Connection::receiveBody()
{
    const auto early = std::min<std::size_t>(in_.size(), static_cast<std::size_t>(spool_.missing()));
    take(std::string_view{in_}.substr(0, early));
    in_.erase(0, early);
    for (int i = 0; spool_.missing() > 0; ++i) {
        if (i == kReceives)
            return line_.holdsMore() ? Awaits::Output : Awaits::Input;
        const Line::Received received = line_.receive(spool_.missing());
        if (received.bytes.empty())
            return received.otherwise;
        take(received.bytes);
    }
    enter(Pace::Phase::Work);
    return std::nullopt;
}

void Connection::take(std::string_view bytes)
{
    spool_.append(bytes);
    pace_.moved += static_cast<std::int64_t>(bytes.size());
}

Connection::Step Connection::work()
{
    try {
        return deliver(exchange_->answer(shop_, spool_));
    } catch (const BodyAwaited&) {
        return awaitBody();
    }
}

Connection::Step Connection::deliver(Response&& answer)
{
    if (const auto* events = std::get_if<Events>(&answer.body)) {
        // The hub writes to sockets; no door with TLS has events so far.
        if (shop_.events.hasRoom() && !line_.isSealed())
            return beginEvents(answer, *events);
        answer = problem(503, "Troppi programmi collegati: riprova tra qualche minuto.");
    }
    // Of a length that is not announced nothing is read: what remains must not be taken for the next request.
    unread_ = exchange_->length() < 0 || exchange_->length() > spool_.size();
    // A browser shows a certificate once for each connection: who was not content with the page tries another one.
    const bool shown = line_.isSealed() && (answer.status >= 400 || line_.certificato().empty());
    last_ = last_ || unread_ || ending_ || shown;
    out_ = exchange_->outgoing(std::move(answer), last_, shop_.context.config);
    enter(Pace::Phase::Answer);
    return std::nullopt;
}

Connection::Step Connection::beginEvents(const Response& answer, const Events& events)
{
    if (line_.sendAtOnce(exchange_->endlessHead(answer, shop_.context.config)) && !exchange_->asksForHead())
        shop_.events.add(events, line_.release());
    return Awaits::Nothing;
}

Connection::Step Connection::sendAnswer()
{
    const std::int64_t before = out_.sent();
    const Outgoing::Progress progress = out_.send(line_);
    pace_.moved += out_.sent() - before;
    if (progress == Outgoing::Progress::Done)
        return ended();
    return progress == Outgoing::Progress::Waiting ? Awaits::Output : Awaits::Nothing;
}

Connection::Step Connection::ended()
{
    exchange_.reset();
    spool_ = Spool{};
    out_ = Outgoing{};
    if (!last_ && !ending_) {
        enter(in_.empty() ? Pace::Phase::Idle : Pace::Phase::Head);
        return std::nullopt;
    }
    if (!unread_ && in_.empty())
        return Awaits::Nothing;
    // Closing at once would reset the connection before a plain client has read the answer.
    line_.endSending();
    in_.clear();
    enter(Pace::Phase::Farewell);
    return std::nullopt;
}

Connection::Step Connection::farewell()
{
    for (int i = 0; i < kReceives; ++i) {
        const Line::Received received = line_.receive(kLongestHead * 4);
        if (received.bytes.empty())
            return received.otherwise;
        pace_.since = Clock::now();
    }
    return Awaits::Input;
}

Connection::Step Connection::refuse(int status, const std::string& message)
{
    out_ = refusal(status, message, shop_.context.config);
    last_ = true;
    unread_ = true;
    enter(Pace::Phase::Answer);
    return std::nullopt;
}

}
