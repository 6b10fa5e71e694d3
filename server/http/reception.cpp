#include "server/http/reception.h"

#include "server/log.h"

#include <Poco/Net/SocketAddress.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <tuple>

namespace sdc::http {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kListener = 0;
constexpr std::uint64_t kEnding = 1;
constexpr int kAccepted = 64;
constexpr std::chrono::milliseconds kRound{250};
constexpr std::chrono::seconds kFarewell{5};
constexpr std::chrono::seconds kLongestFarewell{30};
constexpr std::chrono::seconds kHeldBack{1};
constexpr std::size_t kMostHeldBack = 1000;

/// How long a client may take: between requests longer than a proxy keeps its connections, so that none of its requests
/// meets one that is being closed.
constexpr std::chrono::seconds kIdle{20};
constexpr std::chrono::seconds kHead{5};
/// A browser may ask for the card and its PIN in the midst of the greetings.
constexpr std::chrono::seconds kGreeting{120};
/// At least 1 kB a second, looked at over so many seconds.
constexpr std::chrono::seconds kBodyStretch{10};
constexpr std::chrono::seconds kAnswerStretch{30};
constexpr std::int64_t kBytesPerSecond = 1000;
/// So long one is new: most send their request at once, and a pace shows only with time.
constexpr std::chrono::seconds kNewHead{1};
constexpr std::chrono::seconds kNewBody{3};
/// From here on a body or an answer is no slow one.
constexpr std::int64_t kFairBytesPerSecond = 20'000;

[[noreturn]] void failed(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

/// Whether something came that no worker has taken yet: whoever sent it waits for us.
bool hasSent(int socket)
{
    int bytes = 0;
    return ::ioctl(socket, FIONREAD, &bytes) == 0 && bytes > 0;
}

/// Begins a new stretch where one is over; false where too little moved in it.
bool keepsPace(Pace& pace, std::chrono::seconds length, std::int64_t queued, Clock::time_point now)
{
    if (now - pace.stretch < length)
        return true;
    const std::int64_t moved = pace.moved + pace.queued - queued;
    pace.stretchBefore = std::exchange(pace.stretch, now);
    pace.movedBefore = std::exchange(pace.moved, 0);
    pace.queuedBefore = std::exchange(pace.queued, queued);
    return moved >= length.count() * kBytesPerSecond;
}

bool isOverdue(Connection& connection, Clock::time_point now)
{
    Pace& pace = connection.pace();
    switch (pace.phase) {
    case Pace::Phase::Idle:
        return now - pace.since > kIdle && !hasSent(connection.socket());
    case Pace::Phase::Greeting:
        return now - pace.since > kGreeting;
    case Pace::Phase::Head:
        return now - pace.since > kHead && !hasSent(connection.socket());
    case Pace::Phase::Body:
        return !keepsPace(pace, kBodyStretch, 0, now) && !hasSent(connection.socket());
    case Pace::Phase::Answer:
        return !keepsPace(pace, kAnswerStretch, queuedIn(connection.socket()), now);
    case Pace::Phase::Farewell:
        return now - pace.since > kFarewell || now - pace.stretch > kLongestFarewell;
    case Pace::Phase::Work:
        return false;
    }
    return false;
}

bool isUnderWay(Pace::Phase phase)
{
    return phase == Pace::Phase::Body || phase == Pace::Phase::Work || phase == Pace::Phase::Answer;
}

/// What the client sent, or took: what still lies in the socket it did not.
std::int64_t bytesPerSecond(const Pace& pace, std::int64_t queued, Clock::time_point now)
{
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(now - pace.stretchBefore);
    return (pace.queuedBefore + pace.movedBefore + pace.moved - queued) * 1000 /
           std::max<std::int64_t>(time.count(), 1);
}

/// Who goes first where room is made: the smallest of the first kind there is, the longest there of those.
enum class Kind { Idle, Farewell, SlowHead, SlowBytes, NewHead, NewBytes, FairBytes };
using Rank = std::tuple<Kind, std::int64_t, Clock::time_point>;

Rank rankOf(Connection& connection, Clock::time_point now)
{
    const Pace& pace = connection.pace();
    const auto age = now - pace.since;
    if (pace.phase == Pace::Phase::Idle)
        return {Kind::Idle, 0, pace.since};
    if (pace.phase == Pace::Phase::Farewell)
        return {Kind::Farewell, 0, pace.since};
    if (pace.phase == Pace::Phase::Head || pace.phase == Pace::Phase::Greeting)
        return {age < kNewHead ? Kind::NewHead : Kind::SlowHead, 0, pace.since};
    const std::int64_t queued = pace.phase == Pace::Phase::Answer ? queuedIn(connection.socket()) : 0;
    const std::int64_t speed = bytesPerSecond(pace, queued, now);
    if (speed >= kFairBytesPerSecond)
        return {Kind::FairBytes, speed, pace.since};
    return {age < kNewBody ? Kind::NewBytes : Kind::SlowBytes, speed, pace.since};
}

}

Reception::Reception(const Shop& shop, Capacity capacity, Descriptor listener)
    : shop_(shop),
      capacity_(std::move(capacity)),
      listener_(std::move(listener)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      ending_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      lastId_(kEnding)
{
    epoll_event event{EPOLLIN, {.u64 = kEnding}};
    if (!epoll_ || !ending_ || ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, ending_.get(), &event) != 0)
        failed("epoll");
}

Reception::~Reception()
{
    stop();
}

void Reception::start()
{
    epoll_event event{EPOLLIN | EPOLLONESHOT, {.u64 = kListener}};
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, listener_.get(), &event) != 0)
        failed("epoll");
    for (int i = 0; i < capacity_.workers; ++i)
        workers_.emplace_back([this] { work(); });
    watch_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

void Reception::stop()
{
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(closing_, true))
            return;
        // Closed once no worker can be at it.
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
        ::shutdown(listener_.get(), SHUT_RD);
        for (const auto& [id, guest] : guests_)
            guest->connection.endSoon();
    }
    const auto until = Clock::now() + kFarewell;
    while (open() > 0 && Clock::now() < until) {
        {
            const std::lock_guard lock(mutex_);
            removeWaiting();
        }
        std::this_thread::sleep_for(20ms);
    }
    const std::uint64_t one = 1;
    if (::write(ending_.get(), &one, sizeof one) != sizeof one)
        log::error("fine delle connessioni non annunciata", {{"errno", std::to_string(errno)}});
    workers_.clear();
    watch_ = {};
    listener_ = Descriptor{};
    const std::lock_guard lock(mutex_);
    byNetwork_.clear();
    guests_.clear();
}

std::size_t Reception::open() const
{
    const std::lock_guard lock(mutex_);
    return guests_.size();
}

void Reception::work()
{
    for (;;) {
        epoll_event event{};
        const int ready = ::epoll_wait(epoll_.get(), &event, 1, -1);
        if (ready != 1)
            continue;
        if (event.data.u64 == kEnding)
            return;
        try {
            if (event.data.u64 == kListener)
                accept();
            else
                attend(event.data.u64);
        } catch (const std::exception& error) {
            log::error("connessione non seguita", {{"causa", error.what()}});
        }
    }
}

void Reception::accept()
{
    for (int i = 0; i < kAccepted && acceptOne(); ++i) {
    }
    const std::lock_guard lock(mutex_);
    epoll_event event{EPOLLIN | EPOLLONESHOT, {.u64 = kListener}};
    if (!closing_)
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, listener_.get(), &event);
}

bool Reception::acceptOne()
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    Descriptor socket{
        ::accept4(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!socket) {
        const int error = errno;
        if (error == EMFILE || error == ENFILE)
            return freeDescriptors();
        // Asked again at once it would say the same.
        else if (error != EAGAIN && error != ECONNABORTED && error != EINTR && error != EPROTO)
            std::this_thread::sleep_for(10ms);
        return false;
    }
    try {
        const int on = 1;
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        admit(std::move(socket),
              Poco::Net::SocketAddress(reinterpret_cast<sockaddr*>(&address), size).host().toString());
    } catch (const std::exception& error) {
        log::error("connessione non accolta", {{"causa", error.what()}});
    }
    return true;
}

bool Reception::freeDescriptors()
{
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    int freed = static_cast<int>(heldBack_.size());
    heldBack_.clear();
    for (; freed < kAccepted; ++freed) {
        const GuestPtr guest = dispensable(guests_, now);
        if (guest == nullptr)
            break;
        remove(guest);
    }
    return freed > 0;
}

void Reception::admit(Descriptor socket, const std::string& peer)
{
    const auto& unlimited = capacity_.unlimited;
    const bool limited = std::find(unlimited.begin(), unlimited.end(), peer) == unlimited.end();
    const std::lock_guard lock(mutex_);
    if (closing_ || !makeRoom(limited ? networkOf(peer) : ""))
        return holdBack(std::move(socket));
    const auto guest = std::make_shared<Guest>(++lastId_, std::move(socket), peer, shop_);
    guests_.emplace(guest->id, guest);
    byNetwork_[guest->network].emplace(guest->id, guest);
    arm(EPOLL_CTL_ADD, *guest, Connection::Awaits::Input);
}

void Reception::attend(std::uint64_t id)
{
    GuestPtr guest;
    {
        const std::lock_guard lock(mutex_);
        const auto found = guests_.find(id);
        // Sent away since.
        if (found == guests_.end())
            return;
        guest = found->second;
        guest->taken = true;
    }
    const Connection::Awaits what = guest->connection.advance();
    const std::lock_guard lock(mutex_);
    guest->taken = false;
    if (what == Connection::Awaits::Nothing)
        remove(guest);
    else
        arm(EPOLL_CTL_MOD, *guest, what);
}

void Reception::arm(int operation, const Guest& guest, Connection::Awaits what) const
{
    const std::uint32_t events = what == Connection::Awaits::Output ? EPOLLOUT : EPOLLIN;
    epoll_event event{events | EPOLLONESHOT, {.u64 = guest.id}};
    if (::epoll_ctl(epoll_.get(), operation, guest.connection.socket(), &event) != 0)
        log::error("connessione non seguita", {{"errno", std::to_string(errno)}});
}

void Reception::watch(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        round_.wait_for(lock, stop, kRound, [] { return false; });
        const auto now = Clock::now();
        removeOverdue(now);
        while (!heldBack_.empty() && heldBack_.front().first < now)
            heldBack_.pop_front();
    }
}

void Reception::removeOverdue(Clock::time_point now)
{
    std::vector<GuestPtr> overdue;
    for (const auto& [id, guest] : guests_) {
        if (!guest->taken && isOverdue(guest->connection, now))
            overdue.push_back(guest);
    }
    for (const GuestPtr& guest : overdue)
        remove(guest);
}

void Reception::removeWaiting()
{
    std::vector<GuestPtr> waiting;
    for (const auto& [id, guest] : guests_) {
        Connection& connection = guest->connection;
        if (!guest->taken && !isUnderWay(connection.pace().phase) && !hasSent(connection.socket()))
            waiting.push_back(guest);
    }
    for (const GuestPtr& guest : waiting)
        remove(guest);
}

void Reception::remove(const GuestPtr& guest)
{
    guests_.erase(guest->id);
    const auto network = byNetwork_.find(guest->network);
    if (network == byNetwork_.end())
        return;
    network->second.erase(guest->id);
    if (network->second.empty())
        byNetwork_.erase(network);
}

bool Reception::makeRoom(const std::string& network)
{
    const auto now = Clock::now();
    const auto own = byNetwork_.find(network);
    if (own != byNetwork_.end() && own->second.size() >= capacity_.perAddress) {
        const GuestPtr guest = dispensable(own->second, now);
        if (guest == nullptr)
            return false;
        sendAway(guest);
    }
    if (guests_.size() >= capacity_.connections) {
        const GuestPtr guest = dispensable(guests_, now);
        if (guest == nullptr)
            return false;
        sendAway(guest);
    }
    return true;
}

Reception::GuestPtr Reception::dispensable(const Guests& among, Clock::time_point now)
{
    GuestPtr first;
    std::optional<Rank> smallest;
    for (const auto& [id, guest] : among) {
        if (guest->taken)
            continue;
        const Rank rank = rankOf(guest->connection, now);
        if ((!smallest || rank < *smallest) && !hasSent(guest->connection.socket())) {
            smallest = rank;
            first = guest;
        }
    }
    return first;
}

void Reception::sendAway(const GuestPtr& guest)
{
    const bool betweenRequests = guest->connection.pace().phase == Pace::Phase::Idle;
    remove(guest);
    if (betweenRequests)
        return;
    Descriptor socket = guest->connection.release();
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, socket.get(), nullptr);
    holdBack(std::move(socket));
}

void Reception::holdBack(Descriptor socket)
{
    if (heldBack_.size() >= kMostHeldBack)
        heldBack_.pop_front();
    heldBack_.emplace_back(Clock::now() + kHeldBack, std::move(socket));
}

}
