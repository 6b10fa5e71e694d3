#pragma once

#include "server/context.h"
#include "server/http/message.h"

#include <optional>
#include <span>

namespace sdc::http {

/// Decides who passes: nothing lets the request through, a response turns it away. Puts into the context who asks.
using Door = std::optional<Response> (*)(const Request&, Context&);
using Handler = Response (*)(const Request&, Context&);

/// What a request of this route may carry. A Passo is Files that are typed with care: where the session has ended
/// meanwhile, its fields are kept until the citizen is back.
enum class Carries { Nothing, Form, Files, Passo, Json };

struct Route
{
    const char* method;
    /// "/{ente}/pratiche/{pratica}": a {name} stands for one segment, a last {name*} for all that remain.
    const char* pattern;
    Carries carries;
    Door door;
    Handler handler;
};

/// How a fault is told to a person: as a page. Programs get problem+json.
using Fault = Response (*)(const Request&, Context&, int status, const std::string& message);

/// Keeps what was posted without a session, and gives the browser in `response` what it needs to have it back.
using Park = void (*)(const Request&, Context&, Response& response);

struct Table
{
    std::span<const Route> routes;
    Fault page;
    Park park;
};

/// A body still in the socket: read only once the door is open.
class Body
{
public:
    virtual ~Body() = default;

    /// -1 where the client does not say.
    virtual std::int64_t length() const = 0;
    /// Reads it into the request's form, uploads or text. `csrf` is the word that must come before any file.
    virtual void read(Request& request, Carries carries, const Context& context, const std::string& csrf) = 0;
};

/// A body already in the request, as tests have it.
class NoBody : public Body
{
public:
    std::int64_t length() const override { return 0; }
    void read(Request&, Carries, const Context&, const std::string&) override {}
};

/// Largest body of a request, in bytes.
std::int64_t largest(Carries carries);

/// Finds the route, opens its door, reads the body, runs the handler; a Refusal becomes the response it stands for.
Response respond(const Table& table, Request& request, Context& context, Body& body);

}
