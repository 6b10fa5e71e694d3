#pragma once

#include "server/http/line.h"
#include "server/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sdc::http {

/// The bytes of an answer on their way: a head, then a text or a file, sent as fast as the client takes them.
class Outgoing
{
public:
    /// A text of its own, or one that it shares, or a file: the others stay empty.
    struct Content
    {
        std::string text;
        SharedText shared;
        Descriptor file;
        std::int64_t fileLength = 0;

        std::string_view words() const { return shared ? std::string_view{*shared} : text; }
        std::int64_t length() const { return file ? fileLength : static_cast<std::int64_t>(words().size()); }
    };

    Outgoing() = default;
    explicit Outgoing(std::string head) : head_(std::move(head)) {}
    Outgoing(std::string head, Content content) : head_(std::move(head)), content_(std::move(content)) {}

    enum class Progress { Done, Waiting, Broken };
    /// Sends what the socket takes without waiting.
    Progress send(Line& line);
    /// How many bytes went into the socket so far.
    std::int64_t sent() const { return sent_; }

private:
    Progress sendText(int socket);
    Progress sendFile(int socket);
    Progress sendSealed(Line& line);
    std::string_view partAt(std::int64_t place);

    std::string head_;
    Content content_;
    std::int64_t sent_ = 0;
};

}
