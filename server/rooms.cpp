#include "server/rooms.h"

#include "server/log.h"
#include "server/store/enti.h"
#include "server/store/migrations.h"

namespace sdc {

store::Storage openStorage(const Config& config)
{
    if (config.database == TipoDatabase::Postgresql)
        return store::Storage::postgresql(config.postgresql, static_cast<std::size_t>(config.sessioniPostgresql));
    return store::Storage::sqlite(config.cartella);
}

Rooms::Rooms(const Config& config, std::function<Instant()> now)
    : config_(config),
      now_(std::move(now)),
      storage_(openStorage(config)),
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
    auto database = storage_.ente(ente.slug);
    store::migrateEnte(*database, now_());
    auto room = std::make_unique<Room>(
        Room{ente, std::move(database), store::Files{config_.cartella / "enti" / ente.slug / "allegati"}});
    const std::lock_guard lock(mutex_);
    return *rooms_.emplace(ente.slug, std::move(room)).first->second;
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

std::vector<Room*> Rooms::all()
{
    std::vector<Room*> rooms;
    for (const Ente& ente : store::enti(*catalogo_)) {
        try {
            rooms.push_back(&open(ente));
        } catch (const std::exception& error) {
            // One ente whose database does not open must not keep the others from working.
            log::error("ente non aperto", {{"ente", ente.slug}, {"causa", error.what()}});
        }
    }
    return rooms;
}

std::string Rooms::versione()
{
    const std::string listed = store::versioneEnti(*catalogo_);
    const std::lock_guard lock(mutex_);
    const std::string open = std::to_string(rooms_.size());
    return listed.starts_with(open + " ") ? listed : "";
}

std::vector<std::string> Rooms::slugs()
{
    std::vector<std::string> all;
    for (const Ente& ente : store::enti(*catalogo_))
        all.push_back(ente.slug);
    return all;
}

Room& Rooms::add(const Ente& ente)
{
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
