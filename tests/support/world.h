#pragma once

#include "core/pratica/pratica.h"
#include "server/actions/file_inviato.h"
#include "server/gateways/registro_idp.h"
#include "server/http/templates.h"
#include "server/rooms.h"
#include "tests/support/scratch.h"

#include <atomic>
#include <chrono>

namespace sdc::tests {

/// A server without sockets: its enti, a clock that stands still until it is moved, and contexts for who asks.
class World
{
public:
    /// `database` as addDatabases names it. The ente "prova" is there, with the sample servizio.
    explicit World(const QString& database);

    Rooms& rooms() { return *rooms_; }
    Room& room() { return *room_; }
    store::Database& database() { return *room_->database; }
    Room& addEnte(const std::string& slug);
    Config& config() { return config_; }
    const Folder& folder() const { return folder_; }

    Instant now() const { return Instant{std::chrono::seconds{clock_.load()}}; }
    /// Time passes.
    void advance(std::chrono::seconds by)
    {
        clock_ += by.count();
        passed_ += by.count();
    }
    /// Somebody sets the clock: no time passes.
    void setClock(Instant instant) { clock_ = instant.time_since_epoch().count(); }

    /// Nobody asks.
    Context context();
    Context as(const Cittadino& cittadino);
    Context as(const Operatore& operatore);

    void addServizio(const std::string& json);
    Cittadino addCittadino(const Cittadino& cittadino);
    Operatore addOperatore(const Operatore& operatore, const std::string& password = "demo-stanza");

    /// A posted file, as http leaves it on disk.
    actions::FileInviato file(const std::string& name, const std::string& content);

    /// A draft of this citizen, every answer given.
    Id<Pratica> makeBozza(const Cittadino& cittadino, const std::string& servizio = "permesso-prova");
    /// The same, sent.
    Id<Pratica> makeInviata(const Cittadino& cittadino, const std::string& servizio = "permesso-prova");
    /// The same, with its number (as the jobs would give it, without the printing).
    Id<Pratica> makeProtocollata(const Cittadino& cittadino, const std::string& servizio = "permesso-prova");

private:
    Folder folder_;
    std::unique_ptr<PostgresqlDatabase> postgresql_;
    std::atomic<std::int64_t> clock_;
    std::atomic<std::int64_t> passed_ = 0;
    Config config_;
    std::unique_ptr<Rooms> rooms_;
    Room* room_ = nullptr;
    http::Templates templates_;
    gateways::Identificazione identita_;
};

}
