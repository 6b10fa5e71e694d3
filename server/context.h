#pragma once

#include "core/base/time.h"
#include "core/cittadino/cittadino.h"
#include "core/ente/ente.h"
#include "core/ente/operatore.h"
#include "core/ente/partner.h"
#include "server/config.h"
#include "server/store/database.h"
#include "server/store/files.h"
#include "server/store/jobs.h"

#include <cassert>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace sdc {

namespace http {
class Templates;
class KeptPages;
}
namespace gateways {
struct Identificazione;
namespace carte {
class Fiducia;
}
}

class Rooms;

/// What is one ente's alone.
struct Room
{
    Ente ente;
    std::unique_ptr<store::Database> database;
    store::Files files;
    /// How far the cleaning has looked through the jobs; only its thread touches it.
    store::PostoJob jobVisti;
};

/// The citizen's session of a request.
struct AccessoCittadino
{
    Cittadino cittadino;
    /// What every form of this session must carry.
    std::string csrf;
    /// The session's own name in the store: never the token.
    std::string hash;
    /// When it ends unless it is used before, and when it ends in any case.
    Instant scade{};
    Instant scadeComunque{};
    /// How strongly the citizen came in, from 1 to 3; 0 where it was not noted.
    int livello = 0;
};

/// What a handler may use. The router makes one for each request: the ente that the address names and who is asking
/// are already in it.
struct Context
{
    const Config& config;
    const http::Templates& templates;
    const gateways::Identificazione& identita;
    Rooms& rooms;
    std::function<Instant()> now;

    Room* room = nullptr;
    std::optional<AccessoCittadino> accesso;
    std::optional<Operatore> operatore;
    /// The operator's session, by its name in the store.
    std::string sessioneOperatore;
    /// Where public pages are kept rendered; null: nowhere.
    http::KeptPages* pagine = nullptr;
    /// Whose cards let people in; null: nobody's.
    gateways::carte::Fiducia* carte = nullptr;
    /// The partner whose program asks.
    std::optional<Partner> partner = {};

    const Ente& ente() const
    {
        assert(room != nullptr);
        return room->ente;
    }
    store::Database& database() const
    {
        assert(room != nullptr);
        return *room->database;
    }
    const store::Files& files() const
    {
        assert(room != nullptr);
        return room->files;
    }
    /// The citizen; the route's door has seen to it that there is one.
    const Cittadino& cittadino() const
    {
        assert(accesso.has_value());
        return accesso->cittadino;
    }
};

}
