#pragma once

#include "server/http/connection.h"
#include "server/rooms.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace sdc::http {

/// How many clients are let in, and how many are served at a moment.
struct Capacity
{
    std::size_t connections = 4000;
    /// Of one address; those of `unlimited` addresses, trusted proxies, are those of all their clients.
    std::size_t perAddress = 500;
    std::vector<std::string> unlimited;
    int workers = 32;
};

/// Holds all connections: those that wait for their client cost no thread, whatever their number and however slow they
/// are. A worker gets one whenever its socket is ready, goes on with it as far as it can, and gives it back.
///
/// Where an address, or the whole server, has too many, room is made by those that wait: first one between two
/// requests, then one that has not sent its request for a second, then the slowest, then a new one; last who keeps a
/// fair pace.
class Reception
{
public:
    Reception(const Shop& shop, Capacity capacity, Descriptor listener);
    ~Reception();

    void start();
    /// Takes nobody new; those under way have a few seconds to end.
    void stop();
    std::size_t open() const;

private:
    struct Guest
    {
        Guest(std::uint64_t number, Descriptor socket, std::string peer, const Shop& shop)
            : id(number),
              network(networkOf(peer)),
              counted(shop.context.rooms.misure().connection()),
              connection(std::move(socket), std::move(peer), shop)
        {
        }

        std::uint64_t id;
        std::string network;
        std::shared_ptr<void> counted;
        Connection connection;
        /// A worker has it: nobody else touches its connection.
        bool taken = false;
    };
    using GuestPtr = std::shared_ptr<Guest>;

    using Guests = std::unordered_map<std::uint64_t, GuestPtr>;

    void work();
    void accept();
    /// False where nobody waits, or nobody can be let in.
    bool acceptOne();
    /// Makes room where the process may open nothing more; false where nobody can go.
    bool freeDescriptors();
    void admit(Descriptor socket, const std::string& peer);
    void attend(std::uint64_t id);
    void watch(const std::stop_token& stop);

    // With the lock:
    /// False where there is no room to be made for one more of this network.
    bool makeRoom(const std::string& network);
    /// Who waits and may go for somebody else; null: nobody.
    static GuestPtr dispensable(const Guests& among, Clock::time_point now);
    void removeOverdue(Clock::time_point now);
    void removeWaiting();
    void remove(const GuestPtr& guest);
    void sendAway(const GuestPtr& guest);
    void holdBack(Descriptor socket);
    void arm(int operation, const Guest& guest, Connection::Awaits what) const;

    const Shop& shop_;
    Capacity capacity_;
    Descriptor listener_;
    Descriptor epoll_;
    /// Readable once the workers are to go.
    Descriptor ending_;
    mutable std::mutex mutex_;
    std::condition_variable_any round_;
    Guests guests_;
    std::unordered_map<std::string, Guests> byNetwork_;
    /// Sockets of those whose place another one got, with the time at which they are closed: who comes back at once
    /// when it is cut would come ever again.
    std::deque<std::pair<Clock::time_point, Descriptor>> heldBack_;
    std::uint64_t lastId_;
    bool closing_ = false;
    std::vector<std::jthread> workers_;
    std::jthread watch_;
};

}
