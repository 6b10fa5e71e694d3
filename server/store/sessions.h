#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

enum class TipoSessione { Cittadino, Operatore };

struct Sessione
{
    /// SHA-256 of the token; the token itself is known to its bearer alone.
    std::string hash;
    TipoSessione tipo = TipoSessione::Cittadino;
    /// Id of the citizen or operator.
    std::string soggetto;
    Instant vista;
    Instant scade;
    /// When it began: what insert() is told, not what stands here.
    Instant creata{};
    /// Of citizens: how they came in (core's name of a MetodoAccesso), how strongly, and a few words on the browser.
    std::string metodo{};
    int livello = 0;
    std::string dispositivo{};
};

void insert(Transaction& transaction, const Sessione& sessione, Instant now);
/// A session that has not expired.
std::optional<Sessione> findSessione(Reader& reader, const std::string& hash, TipoSessione tipo, Instant now);
/// A session whether expired or not, as long as it is remembered.
std::optional<Sessione> findAnySessione(Reader& reader, const std::string& hash, TipoSessione tipo);
/// The hashes of all sessions of this citizen or operator that are remembered, ended ones too.
std::vector<std::string> sessioniOf(Reader& reader, const std::string& soggetto, TipoSessione tipo);
/// Those of this citizen or operator that have not ended, the last used first.
std::vector<Sessione> sessioniAperte(Reader& reader, const std::string& soggetto, TipoSessione tipo, Instant now);
/// Moves the end of a session as it was read; one that ended, or was moved, meanwhile stays as it is.
void extend(Transaction& transaction, const Sessione& read, Instant seen, Instant expires);
/// Ends a session now. It stays remembered for a while, so that what its pages still post can be told from forgeries.
void endSessione(Transaction& transaction, const std::string& hash, Instant now);
/// Ends all sessions of this citizen or operator now, but for `kept` (empty: none is kept); how many went.
long long endSessioni(Transaction& transaction, const std::string& soggetto, TipoSessione tipo, const std::string& kept,
                      Instant now);
/// Forgets sessions that ended, and attempts made, before `before`, and parked forms that nobody came for by now.
void removeExpired(Transaction& transaction, Instant before, Instant now);

/// Ends sessions of a clock that was ahead: they would last until it gets there again.
void endFutureSessions(Transaction& transaction, const Limiti& limiti, TipoSessione tipo, std::chrono::seconds lasts);
/// The same of attempts, which would keep people out, and of parked forms, which go when `parked` is over.
void pullBackAttempts(Transaction& transaction, const Limiti& limiti, std::chrono::seconds parked);

/// Notes an attempt under `chiave` ("accesso:mario") and says how many there were since `since`, this one included.
long long countAttempt(Transaction& transaction, const std::string& chiave, Instant now, Instant since);
long long attempts(Reader& reader, const std::string& chiave, Instant since);
void forgetAttempts(Transaction& transaction, const std::string& chiave);

/// A sealed form that waits for its citizen to log in again.
void park(Transaction& transaction, const std::string& id, const std::string& sealed, Instant expires);
std::optional<std::string> findParked(Reader& reader, const std::string& id, Instant now);
void removeParked(Transaction& transaction, const std::string& id);

}
