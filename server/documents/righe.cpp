#include "server/documents/righe.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace sdc::documents {

std::optional<Riga> Righe::next()
{
    bool tooLong = false;
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = pending_.find('\n', searched);
        if (end != std::string::npos) {
            Riga riga{tooLong || end > mostBytes_ ? std::string() : pending_.substr(0, end),
                      tooLong || end > mostBytes_};
            pending_.erase(0, end + 1);
            return riga;
        }
        if (pending_.size() > mostBytes_) {
            tooLong = true;
            pending_.clear();
        }
        searched = pending_.size();
        if (!fill())
            return std::nullopt;
    }
}

bool Righe::fill()
{
    char buffer[65536];
    ssize_t count = 0;
    do {
        count = ::read(descriptor_, buffer, sizeof buffer);
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        return false;
    pending_.append(buffer, static_cast<std::size_t>(count));
    return true;
}

}
