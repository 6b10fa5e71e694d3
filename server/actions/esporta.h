#pragma once

#include "server/context.h"
#include "server/esportazione.h"

namespace sdc::actions {

/// Who exports: "operatore" and their id, or "sistema".
struct Richiedente
{
    std::string tipo;
    std::string id;
};

/// Writes the activities of a period; that it was done is logged first, so that no export is without its row.
void exportAttivita(Room& room, const secrets::Cassaforte& cassaforte, const Richiedente& richiedente,
                    const esportazione::Richiesta& richiesta, std::ostream& out);

}
