#pragma once

#include "core/servizio/servizio.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace sdc::store {

/// Definitions already read and parsed, by id. They never change, so one parse serves all requests.
class DefinizioniLette
{
public:
    std::shared_ptr<const Definizione> find(const std::string& id) const
    {
        const std::lock_guard lock(mutex_);
        const auto found = byId_.find(id);
        return found == byId_.end() ? nullptr : found->second;
    }

    void keep(const std::shared_ptr<const Definizione>& definizione)
    {
        const std::lock_guard lock(mutex_);
        if (byId_.size() >= kMost)
            byId_.clear();
        byId_.emplace(definizione->id.text(), definizione);
    }

private:
    static constexpr std::size_t kMost = 500;

    mutable std::mutex mutex_;
    // Shared by the requests that are using a version when the others are forgotten.
    std::map<std::string, std::shared_ptr<const Definizione>> byId_;
};

}
