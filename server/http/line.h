#pragma once

#include "server/descriptor.h"
#include "server/http/tls.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdc::http {

/// What a client's line is waited for; Nothing: it has ended.
enum class Awaits { Input, Output, Nothing };

/// One client's line: a socket, with TLS on it where its door has that. Nothing here waits.
class Line
{
public:
    Line(Descriptor socket, const Tls* tls);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line();

    int socket() const { return socket_.get(); }
    /// Its socket, for somebody else to close.
    Descriptor release() { return std::move(socket_); }
    bool isSealed() const { return tls_ != nullptr; }
    /// Whether the two sides have greeted each other: only then can anything come or go.
    bool isOpen() const { return open_; }
    /// Goes on with the greeting; nothing: it is done.
    std::optional<Awaits> greet();
    /// Whether the client has begun to greet: it may now ask its owner for a card and a PIN.
    bool isGreeting() const;
    /// DER of the certificate whose key the client has; empty where it showed none.
    const std::string& certificato() const { return certificato_; }

    /// What came; without any, what to do instead.
    struct Received
    {
        std::string_view bytes;
        Awaits otherwise = Awaits::Input;
    };
    Received receive(std::int64_t most);
    /// Whether something that came has not been received yet, though its socket has nothing more.
    bool holdsMore() const;

    /// Through TLS: how many bytes it took; without any, what to do instead.
    struct Sent
    {
        std::size_t count = 0;
        Awaits otherwise = Awaits::Output;
    };
    Sent sendSealed(std::string_view bytes);
    /// For texts that fit into any socket's buffer.
    bool sendAtOnce(std::string_view text);
    /// Says that nothing more will be sent.
    void endSending();

private:
    Awaits afterFailure(int result);

    Descriptor socket_;
    TlsLine tls_;
    bool open_;
    /// After a failure of TLS nothing more may be said by it.
    bool broken_ = false;
    std::string certificato_;
};

}
