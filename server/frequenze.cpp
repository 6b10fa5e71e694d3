#include "server/frequenze.h"

namespace sdc {

bool Frequenze::allows(const std::string& who, int limit)
{
    const auto now = now_();
    const std::lock_guard lock(mutex_);
    if (now - begun_ >= std::chrono::minutes{1}) {
        counts_.clear();
        begun_ = now;
    }
    const auto known = counts_.find(who);
    if (known != counts_.end())
        return ++known->second <= limit;
    if (counts_.size() < most_)
        counts_.emplace(who, 1);
    return limit >= 1;
}

std::size_t Frequenze::size() const
{
    const std::lock_guard lock(mutex_);
    return counts_.size();
}

}
