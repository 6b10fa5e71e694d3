#include "server/rooms.h"

#include "server/copie/resto.h"
#include "server/store/enti.h"
#include "server/store/migrations.h"
#include "server/store/snapshot.h"
#include "server/unavailable.h"

#include <stdexcept>

namespace sdc {
namespace {

/// Who asks for an ente that does not open need not wait each time until that shows.
constexpr std::chrono::seconds kOpenAgainAfter{5};
const std::string kNonAperto = "ente non aperto";

}

store::Storage openStorage(const Config& config)
{
    if (config.database == TipoDatabase::Postgresql)
        return store::Storage::postgresql(config.postgresql, static_cast<std::size_t>(config.sessioniPostgresql));
    return store::Storage::sqlite(config.cartella);
}

Rooms::Rooms(const Config& config, std::function<Instant()> now, const Steady& steady)
    : config_(config),
      now_(std::move(now)),
      steady_(steady),
      misure_(steady),
      frequenze_(steady),
      conosciuti_(steady),
      storage_(openStorage(config)),
      cassaforte_(config.chiave()),
      catalogo_(storage_.catalogo())
{
    store::migrateCatalogo(*catalogo_, now_());
}

Room& Rooms::open(const Ente& ente)
{
    if (Room* room = known(ente.slug))
        return *room;
    // Whoever asks for an ente that is open does not wait for one that is being opened.
    const std::lock_guard opening(opening_);
    if (Room* room = known(ente.slug))
        return *room;
    const auto closed = chiusi_.find(ente.slug);
    if (closed != chiusi_.end() && steady_() < closed->second.until)
        throw Unavailable(closed->second.causa);
    try {
        auto room = make(ente);
        chiusi_.erase(ente.slug);
        const std::lock_guard lock(mutex_);
        return *rooms_.emplace(ente.slug, std::move(room)).first->second;
    } catch (const std::exception& error) {
        misure_.guasti.met(kNonAperto, ente.slug, error.what());
        chiusi_[ente.slug] = {steady_() + kOpenAgainAfter, "ente non aperto: " + std::string{error.what()}};
        throw;
    }
}

std::unique_ptr<Room> Rooms::make(const Ente& ente)
{
    copie::dropMark(config_, ente.slug);
    auto database = storage_.ente(ente.slug);
    store::migrateEnte(*database, now_());
    return std::make_unique<Room>(
        Room{ente, std::move(database), store::Files{config_.cartella / "enti" / ente.slug / "allegati"}, {}});
}

Room* Rooms::known(const std::string& slug)
{
    const std::lock_guard lock(mutex_);
    const auto found = rooms_.find(slug);
    return found == rooms_.end() ? nullptr : found->second.get();
}

Room* Rooms::find(const std::string& slug)
{
    if (Room* room = known(slug))
        return room;
    if (!isSlug(slug))
        return nullptr;
    const auto ente = store::findEnte(*catalogo_, slug);
    return ente ? &open(*ente) : nullptr;
}

Room& Rooms::need(const std::string& slug)
{
    Room* room = find(slug);
    if (room == nullptr)
        throw std::runtime_error("l'ente \"" + slug + "\" non esiste");
    return *room;
}

std::vector<Room*> Rooms::all()
{
    std::vector<Room*> rooms;
    for (const Ente& ente : store::enti(*catalogo_)) {
        try {
            rooms.push_back(&open(ente));
            misure_.guasti.over(kNonAperto, ente.slug);
        } catch (const std::exception&) {
            // One ente whose database does not open must not keep the others from working; open() has told of it.
            continue;
        }
    }
    return rooms;
}

std::vector<Room*> Rooms::opened()
{
    std::vector<Room*> rooms;
    const std::lock_guard lock(mutex_);
    for (const auto& [slug, room] : rooms_)
        rooms.push_back(room.get());
    return rooms;
}

std::string Rooms::versione()
{
    const std::string listed = store::versioneEnti(*catalogo_);
    const std::lock_guard lock(mutex_);
    const std::string open = std::to_string(rooms_.size());
    return listed.starts_with(open + " ") ? listed : "";
}

std::vector<std::string> Rooms::slugs(std::chrono::milliseconds patience)
{
    std::vector<std::string> all;
    store::Snapshot catalogo(*catalogo_, patience);
    for (const Ente& ente : store::enti(catalogo))
        all.push_back(ente.slug);
    return all;
}

Room& Rooms::add(const Ente& ente)
{
    if (!store::findEnte(*catalogo_, ente.slug))
        copie::requireNoResto(config_, storage_, ente.slug);
    store::Transaction transaction(*catalogo_);
    store::save(transaction, ente, now_());
    transaction.commit();
    return open(ente);
}

void Rooms::migrate()
{
    for (const Ente& ente : store::enti(*catalogo_))
        open(ente);
}

}
