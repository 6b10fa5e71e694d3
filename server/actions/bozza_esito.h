#pragma once

#include "core/pratica/pratica.h"
#include "server/context.h"

#include <string>

namespace sdc::actions {

/// What an operator has written of an outcome so far; `esito` is "approva", "rigetta" or empty, `passo` is 1 or 2.
struct BozzaEsitoScritta
{
    std::string esito;
    std::string motivazione;
    int passo = 1;
};

/// Keeps it for who has the pratica in charge, and for nobody else; the pratica itself does not change. Throws Invalid,
/// and where the outcome could not be decided Conflict or Forbidden.
void keepBozzaEsito(Context& context, const Id<Pratica>& id, const BozzaEsitoScritta& scritta);
/// The operator has nothing written any more.
void dropBozzaEsito(Context& context, const Id<Pratica>& id);

}
