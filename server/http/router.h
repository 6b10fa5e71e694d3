#pragma once

#include "server/context.h"
#include "server/http/message.h"

#include <optional>
#include <span>

namespace sdc::http {

/// Decides who passes: nothing lets the request through, a response turns it away. Puts into the context who asks.
using Door = std::optional<Response> (*)(const Request&, Context&);
using Handler = Response (*)(const Request&, Context&);

/// What a request of this route may carry. A Passo is Files, a Conferma a Form, that were typed with care: where their
/// citizen cannot go on, the fields are kept until that is mended. A Messaggio is a form that another site's page
/// sends, and proves itself by what is in it.
enum class Carries { Nothing, Form, Files, Passo, Conferma, Json, Messaggio };

struct Route
{
    const char* method;
    /// "/{ente}/pratiche/{pratica}": a {name} stands for one segment, a last {name*} for all that remain.
    const char* pattern;
    Carries carries;
    Door door;
    Handler handler;
    /// Whether its page is the same for all who are not logged in, as long as the table's version says so.
    bool kept = false;
};

/// How a fault is told to a person: as a page. Programs get problem+json.
using Fault = Response (*)(const Request&, Context&, int status, const std::string& message);

/// The same for programs: problem+json.
Response asProblem(const Request& request, Context& context, int status, const std::string& message);

/// Keeps what was posted by who was turned away, and puts into `response` what the browser needs to have it back, or
/// that it could not be kept.
using Park = void (*)(const Request&, Context&, Response& response);
/// Whether this browser has, or had, a session: more than fields is read of nobody else who is turned away.
using Remembers = bool (*)(const Request&, Context&);
/// Whether a form with this word was made for who asks, in another of their sessions.
using OwnsWord = bool (*)(const std::string& word, Context&);

/// The version of what the pages of the context's ente show, or the list of enti; empty: not to be kept.
using Version = std::string (*)(Context&);

struct Table
{
    std::span<const Route> routes;
    Fault page;
    Park park;
    Remembers remembers = [](const Request&, Context&) { return false; };
    OwnsWord ownsWord = [](const std::string&, Context&) { return false; };
    Version version = [](Context&) { return std::string{}; };
};

/// Thrown where a body is to be read that is not here yet: its sender has shown that it may come in, so let it come,
/// and ask again. It is no fault, and so no std::exception.
struct BodyAwaited
{
};

/// A body that may still be on its way: read only once the door is open.
class Body
{
public:
    virtual ~Body() = default;

    /// -1 where the client does not say.
    virtual std::int64_t length() const = 0;
    /// Reads it into the request's form, uploads or text. `csrf` is the word that must come before any file. Throws
    /// BodyAwaited.
    virtual void read(Request& request, Carries carries, const Context& context, const std::string& csrf) = 0;
};

/// A body already in the request, as tests have it.
class NoBody : public Body
{
public:
    std::int64_t length() const override { return 0; }
    void read(Request&, Carries, const Context&, const std::string&) override {}
};

/// What is said of a fault that nobody foresaw: the page of 500 says as much by itself.
inline constexpr const char* kImprevisto = "Si è verificato un errore imprevisto: riprova tra qualche minuto.";

/// Largest body of a request, in bytes.
std::int64_t largest(Carries carries);

/// Finds the route, opens its door, reads the body, runs the handler; a Refusal becomes the response it stands for.
/// Throws BodyAwaited before it has changed anything.
Response respond(const Table& table, Request& request, Context& context, Body& body);

}
