#pragma once

#include "server/http/events.h"
#include "server/http/router.h"
#include "server/http/statics.h"
#include "server/http/tls.h"

#include <memory>
#include <string>

namespace sdc::http {

/// Where clients come in.
struct Ingresso
{
    std::string indirizzo;
    int porta = 0;
    std::size_t connessioni = 4000;
    std::size_t perIndirizzo = 500;
    int lavoranti = 32;
    /// Null: they come by plain HTTP.
    const Tls* tls = nullptr;
};
/// The portal's and the APIs', as the configuration has it.
Ingresso mainDoor(const Config& config);

/// The web server: sockets on one side, Request and Response on the other.
class Server
{
public:
    /// `context` is copied for each request.
    Server(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents);
    Server(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents,
           const Ingresso& ingresso);
    ~Server();

    void start();
    /// Answers no new request; those under way have a few seconds to end.
    void stop();
    int port() const;
    /// How many clients are connected, those who listen to events left out.
    std::size_t connections() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}
