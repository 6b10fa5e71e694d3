#pragma once

#include "core/base/time.h"
#include "core/pratica/pratica.h"
#include "server/store/database.h"
#include "server/store/ordini.h"

#include <array>
#include <string>

namespace sdc::store {

/// The fila of all pratiche that are no drafts, in the tables of counts only.
constexpr const char* kTutte = "tutte";

/// Where a pratica stands in the lists: what counts, ranges and the search know of it.
struct Posto
{
    long long numero = 0;
    /// The list that it is in, as column fila says it: "gestire:" and the operator's id, "assegnare", "concluse",
    /// "altre", or "" for a draft.
    std::string fila;
    std::string servizio;
    Instant creata;
    /// Its keys, by Ordine.
    std::array<std::string, kOrdini.size()> chiavi;
    /// The words that it is found by.
    std::string ricerca;
};

/// Throws NotFound.
Posto postoOf(Transaction& transaction, const Id<Pratica>& id);

/// The fila of a pratica as it is now.
std::string filaOf(const Pratica& pratica);
/// The fila of those that an operator has in hand.
std::string filaDi(const Id<Operatore>& operatore);

/// Moves one pratica from where it was counted to where it now belongs.
void recount(Transaction& transaction, const Posto& before, const Posto& after);

/// Makes counts, ranges and the search anew from the pratiche: what was there before goes.
void rebuildElenchi(Transaction& transaction);

}
