#include "server/conosciuti.h"

#include "server/turn.h"

#include <utility>

namespace sdc {

Conosciuti::Fila::Fila(Conosciuti& conosciuti, const std::string& credenziali)
    : fila_(conosciuti.file_.at(std::hash<std::string>{}(credenziali) % conosciuti.file_.size())),
      credenziali_(credenziali),
      came_(fila_.turns)
{
    if (!fila_.mutex.try_lock_for(std::chrono::seconds{2}))
        throw Busy();
}

void Conosciuti::Fila::setWrong()
{
    fila_.wrong = credenziali_;
    fila_.wrongAt = ++fila_.turns;
}

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
    if (voci_.size() < most_ || voci_.contains(credenziali))
        voci_[credenziali] = {now + kKept, std::move(voce)};
}

}
