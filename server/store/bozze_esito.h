#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "server/store/database.h"

#include <optional>
#include <string>

namespace sdc {

struct Operatore;
class Pratica;

}

namespace sdc::store {

/// An outcome that an operator is still writing.
struct BozzaEsito
{
    /// "approva", "rigetta", or empty while nothing is chosen.
    std::string esito;
    std::string motivazione;
    /// The step where the operator was, from 1.
    int passo = 1;
    Instant salvata;
};

void save(Transaction& transaction, const Id<Pratica>& pratica, const Id<Operatore>& operatore,
          const BozzaEsito& bozza);
std::optional<BozzaEsito> bozzaEsito(Reader& reader, const Id<Pratica>& pratica, const Id<Operatore>& operatore);
void removeBozzaEsito(Transaction& transaction, const Id<Pratica>& pratica, const Id<Operatore>& operatore);
/// Whoever wrote them.
void removeBozzeEsito(Transaction& transaction, const Id<Pratica>& pratica);

}
