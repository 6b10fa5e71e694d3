#include "tests/prova/server_smtp.h"

#include "core/base/text.h"

#include <Poco/Exception.h>
#include <Poco/Net/TCPServerConnection.h>

#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace sdc::prova {

namespace {

using namespace std::chrono_literals;

// RFC 5321, 4.5.3.1: a command line and a text line, with their CRLF.
constexpr std::size_t kMostCommand = 512;
constexpr std::size_t kMostTextLine = 1000;
constexpr std::size_t kMostMessage = 30U * 1024 * 1024;
constexpr std::size_t kMostRecipients = 100;
constexpr auto kSlowness = 5s;

/// Reads lines that end with CRLF; of one over the limit only its length is known.
class Righe
{
public:
    struct Riga
    {
        std::string text;
        bool tooLong = false;
    };

    explicit Righe(Poco::Net::StreamSocket& socket) : socket_(socket) {}

    std::optional<Riga> next(std::size_t most)
    {
        bool tooLong = false;
        for (;;) {
            const std::size_t end = pending_.find("\r\n");
            if (end != std::string::npos) {
                Riga riga{pending_.substr(0, end), tooLong || end + 2 > most};
                pending_.erase(0, end + 2);
                return riga;
            }
            if (pending_.size() > most) {
                tooLong = true;
                pending_.erase(0, pending_.size() - 1);
            }
            std::array<char, 8192> buffer{};
            const int count = socket_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
            if (count <= 0)
                return std::nullopt;
            pending_.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }

private:
    Poco::Net::StreamSocket& socket_;
    std::string pending_;
};

/// The path of `FROM:<a@b> SIZE=10`, or nothing when it has not that form.
std::optional<std::string> pathAfter(const std::string& argument, std::string_view keyword)
{
    if (!asciiUpper(argument).starts_with(keyword))
        return std::nullopt;
    const std::string rest = trim(argument.substr(keyword.size()));
    const std::size_t end = rest.find('>');
    if (!rest.starts_with('<') || end == std::string::npos)
        return std::nullopt;
    return rest.substr(1, end - 1);
}

std::size_t declaredSize(const std::string& argument)
{
    const std::size_t at = asciiUpper(argument).find(" SIZE=");
    std::size_t size = 0;
    if (at != std::string::npos)
        std::from_chars(argument.data() + at + 6, argument.data() + argument.size(), size);
    return size;
}

class ConnessioneSmtp : public Poco::Net::TCPServerConnection
{
public:
    ConnessioneSmtp(const Poco::Net::StreamSocket& socket, CassettaPostale& cassetta)
        : TCPServerConnection(socket),
          cassetta_(cassetta),
          righe_(this->socket())
    {
    }

    void run() override
    {
        try {
            socket().setReceiveTimeout(Poco::Timespan(300, 0));
            reply("220 stanza-prova ESMTP");
            while (const auto riga = righe_.next(kMostCommand)) {
                if (riga->tooLong)
                    reply("500 5.5.2 Line too long");
                else if (!answer(riga->text))
                    return;
            }
        } catch (const Poco::Exception&) {
            // The other side went away: there is nobody left to tell.
        }
    }

private:
    void reply(const std::string& text)
    {
        const std::string line = text + "\r\n";
        for (std::size_t sent = 0; sent < line.size();)
            sent +=
                static_cast<std::size_t>(socket().sendBytes(line.data() + sent, static_cast<int>(line.size() - sent)));
    }

    bool answer(const std::string& line)
    {
        const std::size_t space = line.find(' ');
        const std::string command = asciiUpper(line.substr(0, space));
        const std::string argument = space == std::string::npos ? std::string() : trim(line.substr(space + 1));
        if (command == "QUIT") {
            reply("221 2.0.0 Bye");
            return false;
        }
        if (command == "EHLO" || command == "HELO")
            greet(command == "EHLO", argument);
        else if (command == "MAIL")
            begin(argument);
        else if (command == "RCPT")
            addRecipient(argument);
        else if (command == "DATA")
            receive();
        else if (command == "RSET")
            reset("250 2.0.0 OK");
        else if (command == "NOOP")
            reply("250 2.0.0 OK");
        else
            reply("502 5.5.1 Command not implemented");
        return true;
    }

    void reset(const std::string& text)
    {
        from_.reset();
        recipients_.clear();
        reply(text);
    }

    void greet(bool extended, const std::string& name)
    {
        if (name.empty())
            return reply("501 5.5.4 Domain required");
        greeted_ = true;
        if (extended)
            reset("250-stanza-prova\r\n250-SIZE " + std::to_string(kMostMessage) + "\r\n250 8BITMIME");
        else
            reset("250 stanza-prova");
    }

    void begin(const std::string& argument)
    {
        const auto path = pathAfter(argument, "FROM:");
        if (!greeted_ || from_)
            return reply("503 5.5.1 Bad sequence of commands");
        if (!path)
            return reply("501 5.5.4 Syntax: MAIL FROM:<address>");
        if (declaredSize(argument) > kMostMessage)
            return reply("552 5.3.4 Message too big");
        from_ = *path;
        reply("250 2.1.0 OK");
    }

    void addRecipient(const std::string& argument)
    {
        const auto path = pathAfter(argument, "TO:");
        const Guasto guasto = cassetta_.guasto();
        if (guasto == Guasto::Lento)
            std::this_thread::sleep_for(kSlowness);
        if (!from_)
            return reply("503 5.5.1 Bad sequence of commands");
        if (!path || path->empty())
            return reply("501 5.5.4 Syntax: RCPT TO:<address>");
        if (guasto == Guasto::Rifiuta)
            return reply("550 5.1.1 Mailbox unavailable");
        if (guasto == Guasto::Inoltro)
            return reply("554 5.7.1 <" + *path + ">: Relay access denied");
        if (guasto == Guasto::Temporaneo)
            return reply("451 4.3.0 Try again later");
        if (recipients_.size() >= kMostRecipients)
            return reply("452 4.5.3 Too many recipients");
        recipients_.push_back(*path);
        reply("250 2.1.5 OK");
    }

    void receive()
    {
        if (recipients_.empty())
            return reply("503 5.5.1 Bad sequence of commands");
        reply("354 End data with <CR><LF>.<CR><LF>");
        std::string message;
        bool lineTooLong = false;
        bool tooBig = false;
        for (;;) {
            const auto riga = righe_.next(kMostTextLine);
            if (!riga)
                return;
            if (riga->text == "." && !riga->tooLong)
                break;
            lineTooLong = lineTooLong || riga->tooLong;
            tooBig = tooBig || message.size() + riga->text.size() > kMostMessage;
            if (lineTooLong || tooBig)
                continue;
            message += riga->text.starts_with('.') ? riga->text.substr(1) : riga->text;
            message += "\r\n";
        }
        if (tooBig)
            return reset("552 5.3.4 Message too big");
        if (lineTooLong)
            return reset("500 5.5.2 Line too long");
        cassetta_.put(*from_, recipients_, message);
        if (cassetta_.guasto() == Guasto::Muto)
            return socket().shutdown();
        reset("250 2.0.0 OK");
    }

    CassettaPostale& cassetta_;
    Righe righe_;
    bool greeted_ = false;
    std::optional<std::string> from_;
    std::vector<std::string> recipients_;
};

}

Poco::Net::TCPServerConnection* ConnessioniSmtp::createConnection(const Poco::Net::StreamSocket& socket)
{
    return new ConnessioneSmtp(socket, cassetta_);
}

}
