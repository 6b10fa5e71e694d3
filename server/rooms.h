#pragma once

#include "server/conosciuti.h"
#include "server/context.h"
#include "server/frequenze.h"
#include "server/misure.h"
#include "server/secrets/cassaforte.h"

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
    using Steady = std::function<std::chrono::steady_clock::time_point()>;

    /// `steady` measures what must not depend on a clock that people set.
    Rooms(const Config& config, std::function<Instant()> now, const Steady& steady = &std::chrono::steady_clock::now);

    /// Nothing where there is no such ente. Throws Unavailable where its database does not open: it is tried again
    /// every few seconds, whoever asks meanwhile.
    Room* find(const std::string& slug);
    /// The same for who works at the terminal: throws std::runtime_error where there is none.
    Room& need(const std::string& slug);
    /// All of the catalogue that can be opened, by name.
    std::vector<Room*> all();
    /// The version of what the list of all shows; empty as long as one of them is not open.
    std::string versione();
    /// The slugs of the catalogue, by the enti's names; whether each can be opened shows when it is.
    std::vector<std::string> slugs(std::chrono::milliseconds patience = store::kLongestWait);
    /// Adds an ente, or updates its data, and makes its tables; not over what a restore left.
    Room& add(const Ente& ente);
    /// Those that are open, without asking any database.
    std::vector<Room*> opened();
    Instant now() const { return now_(); }
    /// How the sessions of PostgreSQL are used.
    std::optional<store::Occupazione> occupazione() const { return storage_.occupazione(); }
    Misure& misure() { return misure_; }
    Frequenze& frequenze() { return frequenze_; }
    Conosciuti& conosciuti() { return conosciuti_; }
    const secrets::Cassaforte& cassaforte() const { return cassaforte_; }
    /// Brings every database to the newest tables; throws where one of them cannot be opened.
    void migrate();

    /// The ente's room where it is open already.
    Room* known(const std::string& slug);

private:
    Room& open(const Ente& ente);
    std::unique_ptr<Room> make(const Ente& ente);

    /// An ente that did not open.
    struct Chiuso
    {
        std::chrono::steady_clock::time_point until;
        std::string causa;
    };

    const Config& config_;
    std::function<Instant()> now_;
    Steady steady_;
    Misure misure_;
    Frequenze frequenze_;
    Conosciuti conosciuti_;
    store::Storage storage_;
    secrets::Cassaforte cassaforte_;
    std::unique_ptr<store::Database> catalogo_;
    std::mutex opening_;
    std::map<std::string, Chiuso> chiusi_;
    /// Guards the map alone: never held while a database is asked.
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Room>> rooms_;
};

}
