#pragma once

#include "server/http/server.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sdc::tests {

/// More than any socket's buffers hold.
inline constexpr std::size_t kLargeFile = 32UL * 1024 * 1024;

/// What the server of these tests answers with.
namespace answers {

inline std::optional<http::Response> open(const http::Request&, Context&)
{
    return std::nullopt;
}

inline http::Response tell(const http::Request& request, Context&)
{
    std::string text = request.method + " " + request.path;
    for (const auto& [name, value] : request.form)
        text += " " + name + "=" + value;
    for (const auto& upload : request.uploads)
        text += " " + upload.fileName + ":" + std::to_string(upload.size) + ":" + upload.sha256;
    return http::html(text);
}

inline http::Response changesOf(const http::Request&, Context& context)
{
    http::Events events;
    events.ente = context.ente().slug;
    events.from = 7;
    events.concerns = [](const std::string& servizio) { return servizio == "mio"; };
    return {200, {}, events};
}

inline http::Response changesForNobody(const http::Request& request, Context& context)
{
    http::Response response = changesOf(request, context);
    auto& events = std::get<http::Events>(response.body);
    events.stillAllowed = [] { return false; };
    events.recheck = std::chrono::milliseconds{0};
    return response;
}

inline http::Response injecting(const http::Request& request, Context&)
{
    return http::html("x").header("X-Eco", request.queryField("eco"));
}

inline http::Response largeFile(const http::Request&, Context& context)
{
    return {200, {}, http::FileBody{context.config.cartella / "grande.bin"}};
}

/// Longer than a client may take for its head.
inline http::Response slowPage(const http::Request&, Context&)
{
    std::this_thread::sleep_for(std::chrono::seconds{7});
    return http::html("piano");
}

inline http::Response page(const http::Request&, Context&, int status, const std::string& message)
{
    return http::html(message, status);
}

inline void park(const http::Request&, Context&, http::Response&) {}

inline constexpr http::Route kRoutes[] = {
    {"GET", "/", http::Carries::Nothing, open, tell},
    {"POST", "/{ente}/form", http::Carries::Form, open, tell},
    {"POST", "/{ente}/file", http::Carries::Files, open, tell},
    {"GET", "/{ente}/eventi", http::Carries::Nothing, open, changesOf},
    {"GET", "/{ente}/eventi-di-nessuno", http::Carries::Nothing, open, changesForNobody},
    {"GET", "/eco", http::Carries::Nothing, open, injecting},
    {"GET", "/grande", http::Carries::Nothing, open, largeFile},
    {"GET", "/piano", http::Carries::Nothing, open, slowPage},
};
inline constexpr http::Table kTable{kRoutes, page, park};

}

/// A running server on a free port.
struct Running
{
    explicit Running(int perAddress = 500)
        : world("sqlite"),
          statics((world.config().connessioniPerIndirizzo = perAddress, world.folder().write("prova.txt", "statico"),
                   world.folder().path())),
          server(world.context(), answers::kTable, statics,
                 [this](const std::string& ente, long long from) { return read(ente, from); })
    {
        server.start();
    }

    void writeLargeFile() { world.folder().write("grande.bin", std::string(kLargeFile, 'z')); }

    std::vector<http::Event> read(const std::string& ente, long long from) const
    {
        if (!changed || ente != "prova" || from != 7)
            return {};
        return {{8, "altrui", R"({"pratica":"p-0"})"}, {9, "mio", R"({"pratica":"p-1"})"}};
    }

    std::atomic<bool> changed = false;
    World world;
    http::Statics statics;
    http::Server server;
};

/// A client that says exactly what it is told.
class Client
{
public:
    explicit Client(const Running& running)
        : socket_(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(running.server.port())))
    {
        socket_.setReceiveTimeout(Poco::Timespan(10, 0));
    }

    void send(const std::string& text)
    {
        for (std::size_t sent = 0; sent < text.size();)
            sent +=
                static_cast<std::size_t>(socket_.sendBytes(text.data() + sent, static_cast<int>(text.size() - sent)));
    }

    /// One answer: its head and the body that its Content-Length announces.
    QString answer()
    {
        while (got_.find("\r\n\r\n") == std::string::npos)
            receive();
        const auto head = got_.find("\r\n\r\n") + 4;
        const auto at = got_.find("Content-Length: ");
        const std::size_t length = at == std::string::npos || at > head ? 0 : std::stoul(got_.substr(at + 16));
        while (got_.size() < head + length)
            receive();
        QString text = q(got_.substr(0, head + length));
        got_.erase(0, head + length);
        return text;
    }

    /// Everything until the server closes; throws where the connection is reset.
    QString rest()
    {
        while (receiveSome()) {
        }
        return q(std::exchange(got_, {}));
    }

    bool receiveUntil(const std::string& word)
    {
        while (got_.find(word) == std::string::npos) {
            if (!receiveSome())
                return false;
        }
        return true;
    }

    Poco::Net::StreamSocket& socket() { return socket_; }

private:
    bool receiveSome()
    {
        char buffer[65536];
        const int size = socket_.receiveBytes(buffer, sizeof buffer);
        got_.append(buffer, static_cast<std::size_t>(std::max(size, 0)));
        return size > 0;
    }
    void receive()
    {
        if (!receiveSome())
            throw std::runtime_error("closed: " + got_);
    }

    Poco::Net::StreamSocket socket_;
    std::string got_;
};

inline QString ask(const Running& running, const std::string& text)
{
    Client client(running);
    client.send(text);
    return client.answer();
}

inline const std::string kPartHead =
    "--confine\r\nContent-Disposition: form-data; name=\"file\"; filename=\"grande.pdf\"\r\n"
    "Content-Type: application/pdf\r\n\r\n";
inline const std::string kPartTail = "\r\n--confine--\r\n";

inline std::string uploadHead(std::size_t length)
{
    return "POST /prova/file HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "
           "boundary=confine\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n";
}

}
