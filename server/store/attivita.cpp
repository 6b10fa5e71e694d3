#include "server/store/attivita.h"

namespace sdc::store {
namespace {

/// In the order of the columns.
std::array<std::string, kColonneAttivita.size()> valuesOf(const Attivita& a, Instant quando)
{
    return {toIso(quando), a.tipoAttore, a.attore, a.azione, a.oggetto, a.dettaglio};
}

}

std::string hashOf(long long numero, Instant quando, const Attivita& attivita, const std::string& precedente)
{
    return hashOf(numero, valuesOf(attivita, quando), precedente);
}

void log(Transaction& transaction, const Attivita& attivita, Instant now)
{
    append(transaction, kCatenaAttivita, valuesOf(attivita, now));
}

}
