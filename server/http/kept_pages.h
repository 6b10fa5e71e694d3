#pragma once

#include "server/http/ready.h"
#include "server/http/router.h"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace sdc::http {

/// Pages as everybody sees them who is not logged in, rendered, by their address and the version of what they show.
/// Those least asked for make room for new ones. Whoever asks with ever new words after the "?" pushes out only such.
class KeptPages
{
public:
    explicit KeptPages(std::size_t mostBytes = 64UL * 1024 * 1024, std::size_t mostBytesAsked = 8UL * 1024 * 1024);

    /// Nothing where the page is not kept, or shows another version.
    std::shared_ptr<const Ready> find(const std::string& target, const std::string& version);
    void keep(const std::string& target, const std::string& version, std::shared_ptr<const Ready> page);
    std::size_t bytes() const;

private:
    struct Entry
    {
        std::string target;
        std::string version;
        // Shared with the requests that are sending it when it is let go.
        std::shared_ptr<const Ready> page;

        std::size_t bytes() const;
    };
    /// Newest use first.
    struct Shelf
    {
        std::size_t most = 0;
        std::size_t bytes = 0;
        std::list<Entry> entries;
        std::unordered_map<std::string, std::list<Entry>::iterator> byTarget;

        void drop(std::list<Entry>::iterator entry);
    };
    Shelf& shelfOf(const std::string& target);

    mutable std::mutex mutex_;
    Shelf plain_;
    Shelf asked_;
};

/// The answer of a route whose page may be kept: the kept page, or the one that its handler makes now.
Response keptOrMade(const Table& table, const Route& route, const Request& request, Context& context);

}
