#pragma once

#include "core/base/time.h"
#include "server/store/catena.h"

#include <optional>
#include <string>

namespace sdc::store {

/// Who did what; never form contents, codici fiscali or tokens.
struct Attivita
{
    /// "cittadino", "operatore", "sistema".
    std::string tipoAttore;
    std::string attore;
    /// "accesso", "pratica inviata".
    std::string azione;
    /// What it was done to: "pratica:ID".
    std::string oggetto;
    std::string dettaglio;
};

inline constexpr std::array kColonneAttivita = {"quando", "tipo_attore", "attore", "azione", "oggetto", "dettaglio"};
inline constexpr Catena kCatenaAttivita{"attivita", kColonneAttivita};

/// The hash of a row of this number after one with the hash `precedente`.
std::string hashOf(long long numero, Instant quando, const Attivita& attivita, const std::string& precedente);

/// From a moment on, and before another; nothing: without an end.
struct Periodo
{
    std::optional<Instant> da;
    std::optional<Instant> prima;
};

/// Hands over the rows from the first to the last one of a period, those between them included, whatever their dates:
/// a page at a time, and no session is held meanwhile.
void eachAttivita(Database& database, const Periodo& periodo, const std::function<void(const RigaCatena&)>& take);

/// Appends a row that carries the hash of the row before.
void log(Transaction& transaction, const Attivita& attivita, Instant now);

}
