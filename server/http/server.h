#pragma once

#include "server/http/events.h"
#include "server/http/router.h"
#include "server/http/statics.h"

#include <memory>

namespace sdc::http {

/// The web server: sockets on one side, Request and Response on the other.
class Server
{
public:
    /// `context` is copied for each request.
    Server(const Context& context, const Table& table, const Statics& statics, ReadEvents readEvents);
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
