#pragma once

#include "server/http/message.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sdc::http {

/// What the head of an answer says beside the answer's own headers.
struct Reply
{
    const Response& answer;
    /// Whether people reach this server by https.
    bool https = false;
    std::optional<std::int64_t> length{};
    /// The Connection header; empty: none.
    std::string connection{};
};

/// Status line, Date, the headers that protect a page, the answer's own, and the empty line.
std::string headOf(const Reply& reply);

}
