#include "server/rooms.h"

#include "server/store/enti.h"
#include "server/store/migrations.h"

namespace sdc {
namespace {

store::Storage openStorage(const Config& config)
{
    if (config.database == TipoDatabase::Postgresql)
        return store::Storage::postgresql(config.postgresql, static_cast<std::size_t>(config.sessioniPostgresql));
    return store::Storage::sqlite(config.cartella);
}

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
    const auto known = rooms_.find(ente.slug);
    if (known != rooms_.end())
        return *known->second;
    auto database = storage_.ente(ente.slug);
    store::migrateEnte(*database, now_());
    auto room = std::make_unique<Room>(
        Room{ente, std::move(database), store::Files{config_.cartella / "enti" / ente.slug / "allegati"}});
    return *rooms_.emplace(ente.slug, std::move(room)).first->second;
}

Room* Rooms::find(const std::string& slug)
{
    const std::lock_guard lock(mutex_);
    if (const auto known = rooms_.find(slug); known != rooms_.end())
        return known->second.get();
    if (!isSlug(slug))
        return nullptr;
    const auto ente = store::findEnte(*catalogo_, slug);
    return ente ? &open(*ente) : nullptr;
}

std::vector<Room*> Rooms::all()
{
    const std::lock_guard lock(mutex_);
    std::vector<Room*> rooms;
    for (const Ente& ente : store::enti(*catalogo_))
        rooms.push_back(&open(ente));
    return rooms;
}

Room& Rooms::add(const Ente& ente)
{
    const std::lock_guard lock(mutex_);
    store::Transaction transaction(*catalogo_);
    store::save(transaction, ente, now_());
    transaction.commit();
    return open(ente);
}

void Rooms::migrate()
{
    all();
}

}
