#pragma once

#include "server/http/events.h"
#include "server/http/router.h"
#include "server/http/statics.h"
#include "server/http/watchdog.h"

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponseImpl.h>
#include <Poco/Net/HTTPServerSession.h>
#include <Poco/Net/TCPServerConnection.h>

namespace sdc::http {

/// What every connection of a server works with.
struct Shop
{
    Context context;
    const Table& table;
    const Statics& statics;
    EventHub& events;
    Watchdog& watchdog;
    Poco::Net::HTTPServerParams::Ptr params;
};

/// One client's connection: reads requests, has them answered, and watches its pace.
class Connection : public Poco::Net::TCPServerConnection
{
public:
    Connection(const Poco::Net::StreamSocket& socket, Shop& shop);

    void run() override;

private:
    using PocoRequest = Poco::Net::HTTPServerRequestImpl;
    using PocoResponse = Poco::Net::HTTPServerResponseImpl;

    /// One request and its answer; false where the connection must end.
    bool serve(Poco::Net::HTTPServerSession& session, Watched& watched);
    bool answer(PocoRequest& request, PocoResponse& response, Watched& watched);
    bool deliver(PocoRequest& request, PocoResponse& response, Response& answer, Watched& watched, bool bodyRead);
    void beginEvents(PocoRequest& request, PocoResponse& response, const Events& events);
    void refuse(Poco::Net::HTTPServerSession& session);

    Shop& shop_;
};

}
