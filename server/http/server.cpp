#include "server/http/server.h"

#include "server/http/reception.h"

#include <Poco/Net/ServerSocket.h>

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <system_error>

namespace sdc::http {
namespace {

/// Whoever finds the queue full tries again after a second: as long as the system lets it be.
constexpr int kBacklog = 4096;

/// Poco's own constructor would share the port with another server of the same user (SO_REUSEPORT).
Poco::Net::ServerSocket listenOn(const Ingresso& ingresso)
{
    Poco::Net::ServerSocket socket;
    socket.bind({ingresso.indirizzo, static_cast<Poco::UInt16>(ingresso.porta)}, true, false);
    socket.listen(kBacklog);
    socket.setBlocking(false);
    return socket;
}

Descriptor descriptorOf(const Poco::Net::ServerSocket& socket)
{
    Descriptor own{::fcntl(socket.impl()->sockfd(), F_DUPFD_CLOEXEC, 0)};
    if (!own)
        throw std::system_error(errno, std::generic_category(), "socket");
    return own;
}

/// So many connections that each may have a file beside its socket, and streams, sockets held back and databases
/// theirs.
std::size_t connectionsWithin(std::size_t descriptors)
{
    constexpr std::size_t kOthers = 4000;
    return (descriptors - std::min(kOthers, descriptors / 2)) / 2;
}

Capacity capacityOf(const Config& config, const Ingresso& ingresso)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    Capacity capacity;
    capacity.connections = std::min(ingresso.connessioni, connectionsWithin(limit.rlim_cur));
    capacity.perAddress = ingresso.perIndirizzo;
    capacity.workers = ingresso.lavoranti;
    capacity.unlimited = config.proxyFidati;
    return capacity;
}

}

Ingresso mainDoor(const Config& config)
{
    return {config.indirizzo, config.porta, static_cast<std::size_t>(config.connessioni),
            static_cast<std::size_t>(config.connessioniPerIndirizzo)};
}

struct Server::Parts
{
    Parts(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents,
          const Ingresso& ingresso)
        : events(std::move(readEvents)),
          shop{context, table, statics, events, spools, ingresso.tls}
    {
        Poco::Net::ServerSocket socket = listenOn(ingresso);
        port = socket.address().port();
        reception = std::make_unique<Reception>(shop, capacityOf(context.config, ingresso), descriptorOf(socket));
    }

    EventHub events;
    SpoolRoom spools;
    Shop shop;
    int port = 0;
    std::unique_ptr<Reception> reception;
};

Server::Server(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents)
    : Server(context, table, statics, std::move(readEvents), mainDoor(context.config))
{
}

Server::Server(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents,
               const Ingresso& ingresso)
    : parts_(std::make_unique<Parts>(context, table, statics, std::move(readEvents), ingresso))
{
}

Server::~Server()
{
    stop();
}

void Server::start()
{
    parts_->reception->start();
}

void Server::stop()
{
    parts_->reception->stop();
}

int Server::port() const
{
    return parts_->port;
}

std::size_t Server::connections() const
{
    return parts_->reception->open();
}

}
