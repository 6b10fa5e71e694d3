#include "server/http/outgoing.h"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>

namespace sdc::http {
namespace {

/// The most that one client gets before others have their turn.
constexpr std::int64_t kTurn = 1024 * 1024;

bool mustWait()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

}

Outgoing::Progress Outgoing::send(int socket)
{
    const Progress progress = sendText(socket);
    return progress == Progress::Done && content_.file ? sendFile(socket) : progress;
}

Outgoing::Progress Outgoing::sendText(int socket)
{
    const std::string_view body = content_.words();
    const auto whole = static_cast<std::int64_t>(head_.size() + body.size());
    const int more = content_.file ? MSG_MORE : 0;
    while (sent_ < whole) {
        const std::size_t ofHead = std::min<std::size_t>(static_cast<std::size_t>(sent_), head_.size());
        const std::size_t ofBody = static_cast<std::size_t>(sent_) - ofHead;
        // sendmsg() does not change what it sends, though its type would let it.
        std::array<iovec, 2> parts{iovec{head_.data() + ofHead, head_.size() - ofHead},
                                   iovec{const_cast<char*>(body.data()) + ofBody, body.size() - ofBody}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t count = ::sendmsg(socket, &message, MSG_NOSIGNAL | more);
        if (count < 0 && errno != EINTR)
            return mustWait() ? Progress::Waiting : Progress::Broken;
        sent_ += std::max<ssize_t>(count, 0);
    }
    return Progress::Done;
}

Outgoing::Progress Outgoing::sendFile(int socket)
{
    const auto head = static_cast<std::int64_t>(head_.size());
    const std::int64_t until = std::min(head + content_.fileLength, sent_ + kTurn);
    while (sent_ < until) {
        off_t offset = sent_ - head;
        const ssize_t count = ::sendfile(socket, content_.file.get(), &offset, static_cast<std::size_t>(until - sent_));
        if (count < 0 && errno != EINTR)
            return mustWait() ? Progress::Waiting : Progress::Broken;
        // Shorter than it was: what was announced cannot be sent any more.
        if (count == 0)
            return Progress::Broken;
        sent_ += std::max<ssize_t>(count, 0);
    }
    return sent_ == head + content_.fileLength ? Progress::Done : Progress::Waiting;
}

}
