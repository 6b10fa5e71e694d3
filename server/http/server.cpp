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
Poco::Net::ServerSocket listenOn(const Config& config)
{
    Poco::Net::ServerSocket socket;
    socket.bind({config.indirizzo, static_cast<Poco::UInt16>(config.porta)}, true, false);
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

Capacity capacityOf(const Config& config)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    Capacity capacity;
    capacity.connections = std::min(static_cast<std::size_t>(config.connessioni), connectionsWithin(limit.rlim_cur));
    capacity.perAddress = static_cast<std::size_t>(config.connessioniPerIndirizzo);
    capacity.unlimited = config.proxyFidati;
    return capacity;
}

}

struct Server::Parts
{
    Parts(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents)
        : events(std::move(readEvents)),
          shop{context, table, statics, events, spools}
    {
        Poco::Net::ServerSocket socket = listenOn(context.config);
        port = socket.address().port();
        reception = std::make_unique<Reception>(shop, capacityOf(context.config), descriptorOf(socket));
    }

    EventHub events;
    SpoolRoom spools;
    Shop shop;
    int port = 0;
    std::unique_ptr<Reception> reception;
};

Server::Server(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents)
    : parts_(std::make_unique<Parts>(context, table, statics, std::move(readEvents)))
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
