#pragma once

#include "server/context.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sdc {

/// Where this server's databases are.
store::Storage openStorage(const Config& config);

/// The enti of this server, each in its own room. An ente added by another process is found when first asked for.
class Rooms
{
public:
    Rooms(const Config& config, std::function<Instant()> now);

    /// Nothing where there is no such ente.
    Room* find(const std::string& slug);
    /// All of the catalogue that can be opened, by name.
    std::vector<Room*> all();
    /// The version of what the list of all shows; empty as long as one of them is not open.
    std::string versione();
    /// The slugs of the catalogue, by the enti's names; whether each can be opened shows when it is.
    std::vector<std::string> slugs();
    /// Adds an ente, or updates its data, and makes its tables.
    Room& add(const Ente& ente);
    /// Brings every database to the newest tables; throws where one of them cannot be opened.
    void migrate();

private:
    Room* known(const std::string& slug);
    Room& open(const Ente& ente);

    const Config& config_;
    std::function<Instant()> now_;
    store::Storage storage_;
    std::unique_ptr<store::Database> catalogo_;
    std::mutex opening_;
    /// Guards the map alone: never held while a database is asked.
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Room>> rooms_;
};

}
