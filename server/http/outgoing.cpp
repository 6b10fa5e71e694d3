#include "server/http/outgoing.h"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
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

Outgoing::Progress Outgoing::send(Line& line)
{
    if (line.isSealed())
        return sendSealed(line);
    const Progress progress = sendText(line.socket());
    return progress == Progress::Done && content_.file ? sendFile(line.socket()) : progress;
}

/// The next bytes at a place of the whole, no more than one record of TLS holds; the same ones each time it is asked.
std::string_view Outgoing::partAt(std::int64_t place)
{
    constexpr std::size_t kRecord = 16384;
    thread_local std::array<char, kRecord> buffer;
    const auto at = static_cast<std::size_t>(place);
    if (at < head_.size())
        return std::string_view{head_}.substr(at, kRecord);
    if (!content_.file)
        return content_.words().substr(at - head_.size(), kRecord);
    const auto offset = static_cast<std::int64_t>(at - head_.size());
    const auto most = std::min<std::int64_t>(kRecord, content_.fileLength - offset);
    const ssize_t count = ::pread(content_.file.get(), buffer.data(), static_cast<std::size_t>(most), offset);
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

Outgoing::Progress Outgoing::sendSealed(Line& line)
{
    const std::int64_t whole = static_cast<std::int64_t>(head_.size()) + content_.length();
    const std::int64_t until = std::min(whole, sent_ + kTurn);
    while (sent_ < until) {
        const std::string_view part = partAt(sent_);
        // A file that is shorter than it was.
        if (part.empty())
            return Progress::Broken;
        const Line::Sent sent = line.sendSealed(part);
        if (sent.count == 0)
            return sent.otherwise == Awaits::Nothing ? Progress::Broken : Progress::Waiting;
        sent_ += static_cast<std::int64_t>(sent.count);
    }
    return sent_ == whole ? Progress::Done : Progress::Waiting;
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
