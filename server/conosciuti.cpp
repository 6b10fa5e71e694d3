#include "server/conosciuti.h"

#include <utility>

namespace sdc {

std::optional<Conosciuti::Voce> Conosciuti::find(const std::string& credenziali) const
{
    const std::lock_guard lock(mutex_);
    const auto found = voci_.find(credenziali);
    if (found == voci_.end() || found->second.fine <= now_())
        return std::nullopt;
    return found->second.voce;
}

void Conosciuti::remember(const std::string& credenziali, Voce voce)
{
    const std::lock_guard lock(mutex_);
    const auto now = now_();
    if (voci_.size() >= most_)
        std::erase_if(voci_, [&](const auto& one) { return one.second.fine <= now; });
    if (voci_.size() < most_)
        voci_[credenziali] = {now + kKept, std::move(voce)};
}

}
