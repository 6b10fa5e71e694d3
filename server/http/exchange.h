#pragma once

#include "server/http/events.h"
#include "server/http/outgoing.h"
#include "server/http/router.h"
#include "server/http/spool.h"
#include "server/http/statics.h"

#include <Poco/Net/HTTPRequest.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace sdc::http {

/// What every connection of a server works with.
struct Shop
{
    Context context;
    const Table& table;
    const Statics& statics;
    EventHub& events;
    SpoolRoom& spools;
    /// Null where the door speaks plainly.
    const Tls* tls = nullptr;
};

/// A head that cannot be read, with the status that says so.
class BadHead : public std::runtime_error
{
public:
    BadHead(int status, const std::string& message) : std::runtime_error(message), status_(status) {}

    int status() const { return status_; }

private:
    int status_;
};

/// One request whose head is here, and the making of its answer.
class Exchange
{
public:
    /// `head` ends with its empty line; `peer` is who sent it, with this certificate (DER), or none. Throws BadHead.
    Exchange(std::string_view head, std::string peer, std::string certificato = {}, bool cifrata = false);

    /// How long the body is, in bytes; -1 where the client does not say: of such a one nothing is ever read.
    std::int64_t length() const { return length_; }
    /// Whether the client would send another request on this connection.
    bool staysOpen() const;
    /// The network of who asks, where clients are counted.
    std::string network(const Config& config) const;
    bool asksForHead() const { return head_.getMethod() == Poco::Net::HTTPRequest::HTTP_HEAD; }
    /// Whether the client waits to be told that it may send the body (RFC 9110, 10.1.1).
    bool waitsToSend() const;
    /// Throws BodyAwaited where the answer depends on a body that is not here whole.
    Response answer(const Shop& shop, const Spool& body) const;
    /// What of an answer is sent: to HEAD, and with a 304 or 204, no body. `last`: the connection ends with it.
    Outgoing outgoing(Response&& answer, bool last, const Config& config) const;
    /// The head of an answer whose body goes on for ever.
    std::string endlessHead(const Response& answer, const Config& config) const;

private:
    Request takeOver(const Config& config) const;
    std::string client(const Config& config) const;

    Poco::Net::HTTPRequest head_;
    std::string peer_;
    std::string certificato_;
    bool cifrata_ = false;
    std::int64_t length_ = 0;
};

/// The answer to something that is no request; the connection ends with it.
Outgoing refusal(int status, const std::string& message, const Config& config);

}
