#include "server/http/kept_pages.h"

#include <algorithm>

namespace sdc::http {
namespace {

/// The page depends on the cookie: who logs in gets their own at the same address. Nothing of it is ever public: a
/// browser asks each time whether it still holds.
constexpr Keeping kKeeping{"private, no-cache", "Accept-Encoding, Cookie"};
/// What an entry costs beside its texts, about.
constexpr std::size_t kEntry = 512;
constexpr int kEffort = 9;
/// A page that was asked for with words of one's own is perhaps never asked for again.
constexpr int kLittleEffort = 1;

bool hasQuery(const std::string& target)
{
    return target.find('?') != std::string::npos;
}

/// A notice tells one person of what they have just done.
bool showsNotice(const Request& request)
{
    return std::any_of(request.query.begin(), request.query.end(), [](const auto& f) { return f.first == "avviso"; });
}

/// Whether a handler's answer is a page, and nothing but a page.
bool isPage(const Response& response)
{
    return response.status == 200 && std::holds_alternative<std::string>(response.body) &&
           response.headers.size() == 1 && response.headers.front().first == "Content-Type";
}

}

KeptPages::KeptPages(std::size_t mostBytes, std::size_t mostBytesAsked)
{
    plain_.most = mostBytes;
    asked_.most = mostBytesAsked;
}

std::size_t KeptPages::Entry::bytes() const
{
    return kEntry + 2 * target.size() + page->bytes();
}

void KeptPages::Shelf::drop(std::list<Entry>::iterator entry)
{
    bytes -= entry->bytes();
    byTarget.erase(entry->target);
    entries.erase(entry);
}

KeptPages::Shelf& KeptPages::shelfOf(const std::string& target)
{
    return hasQuery(target) ? asked_ : plain_;
}

std::shared_ptr<const Ready> KeptPages::find(const std::string& target, const std::string& version)
{
    const std::lock_guard lock(mutex_);
    Shelf& shelf = shelfOf(target);
    const auto found = shelf.byTarget.find(target);
    if (found == shelf.byTarget.end() || found->second->version != version)
        return nullptr;
    shelf.entries.splice(shelf.entries.begin(), shelf.entries, found->second);
    return found->second->page;
}

void KeptPages::keep(const std::string& target, const std::string& version, std::shared_ptr<const Ready> page)
{
    const std::lock_guard lock(mutex_);
    Shelf& shelf = shelfOf(target);
    if (const auto old = shelf.byTarget.find(target); old != shelf.byTarget.end())
        shelf.drop(old->second);
    shelf.entries.push_front({target, version, std::move(page)});
    shelf.byTarget.emplace(target, shelf.entries.begin());
    shelf.bytes += shelf.entries.front().bytes();
    while (shelf.bytes > shelf.most)
        shelf.drop(std::prev(shelf.entries.end()));
}

std::size_t KeptPages::bytes() const
{
    const std::lock_guard lock(mutex_);
    return plain_.bytes + asked_.bytes;
}

Response keptOrMade(const Table& table, const Route& route, const Request& request, Context& context)
{
    const bool anonymous = !context.accesso && !context.operatore;
    if (context.pagine == nullptr || !anonymous || showsNotice(request))
        return route.handler(request, context);
    // Read before the page: what is made from here on is at least as new.
    const std::string version = table.version(context);
    const std::string target = request.target();
    if (const auto page = context.pagine->find(target, version))
        return answerWith(request, *page, kKeeping);
    Response made = route.handler(request, context);
    if (version.empty() || !isPage(made))
        return made;
    const auto page = std::make_shared<const Ready>(makeReady(made.headers.front().second,
                                                              std::move(std::get<std::string>(made.body)),
                                                              hasQuery(target) ? kLittleEffort : kEffort));
    context.pagine->keep(target, version, page);
    return answerWith(request, *page, kKeeping);
}

}
