#include "server/http/server.h"

#include "server/http/connection.h"

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

namespace sdc::http {
namespace {

constexpr int kBacklog = 1024;

class Factory : public Poco::Net::TCPServerConnectionFactory
{
public:
    explicit Factory(Shop& shop) : shop_(shop) {}

    Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override
    {
        return new Connection(socket, shop_); // owned by the TCPServer's dispatcher
    }

private:
    Shop& shop_;
};

/// Poco's own constructor would share the port with another server of the same user (SO_REUSEPORT).
Poco::Net::ServerSocket listenOn(const Config& config)
{
    Poco::Net::ServerSocket socket;
    socket.bind({config.indirizzo, static_cast<Poco::UInt16>(config.porta)}, true, false);
    socket.listen(kBacklog);
    return socket;
}

Poco::Net::HTTPServerParams::Ptr paramsOf(const Config& config)
{
    Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
    params->setMaxThreads(config.connessioni);
    params->setMaxQueued(1000);
    params->setThreadIdleTime(Poco::Timespan(10, 0));
    params->setTimeout(Poco::Timespan(15, 0));
    params->setKeepAliveTimeout(Poco::Timespan(2, 0));
    params->setMaxKeepAliveRequests(0);
    return params;
}

}

struct Server::Parts
{
    Parts(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents)
        : watchdog(context.config.connessioniPerIndirizzo, context.config.proxyFidati),
          events(std::move(readEvents)),
          shop{context, table, statics, events, watchdog, paramsOf(context.config)},
          threads(4, context.config.connessioni + 2, 30),
          socket(listenOn(context.config)),
          server(new Factory(shop), threads, socket, shop.params)
    {
    }

    Watchdog watchdog;
    EventHub events;
    Shop shop;
    Poco::ThreadPool threads;
    Poco::Net::ServerSocket socket;
    Poco::Net::TCPServer server;
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
    parts_->server.start();
}

void Server::stop()
{
    parts_->server.stop();
    parts_->watchdog.endAll();
    parts_->threads.joinAll();
}

int Server::port() const
{
    return parts_->socket.address().port();
}

}
