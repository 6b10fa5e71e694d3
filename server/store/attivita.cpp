#include "server/store/attivita.h"

#include "server/store/sql.h"

#include <algorithm>

namespace sdc::store {
namespace {

/// In the order of the columns.
std::array<std::string, kColonneAttivita.size()> valuesOf(const Attivita& a, Instant quando)
{
    return {toIso(quando), a.tipoAttore, a.attore, a.azione, a.oggetto, a.dettaglio};
}

constexpr long long kAtOnce = 1000;
/// Behind every date that there is.
const char* const kEnd = "9";

}

std::string hashOf(long long numero, Instant quando, const Attivita& attivita, const std::string& precedente)
{
    return hashOf(numero, valuesOf(attivita, quando), precedente);
}

void eachAttivita(Database& database, const Periodo& periodo, const std::function<void(const RigaCatena&)>& take)
{
    long long primo = 0;
    long long ultimo = 0;
    Sql(database, R"(SELECT COALESCE(MIN(numero), 0), COALESCE(MAX(numero), 0) FROM attivita
                     WHERE quando >= :da AND quando < :prima)")
        .use("da", periodo.da ? toIso(*periodo.da) : "")
        .use("prima", periodo.prima ? toIso(*periodo.prima) : kEnd)
        .into(primo)
        .into(ultimo)
        .next();
    for (long long dopo = primo - 1; primo > 0 && dopo < ultimo;) {
        const long long before = dopo;
        std::vector<RigaCatena> page;
        eachAfter(database, kCatenaAttivita, dopo, std::min(kAtOnce, ultimo - dopo), [&](const RigaCatena& riga) {
            page.push_back(riga);
            dopo = riga.numero;
            return true;
        });
        std::for_each(page.begin(), page.end(), take);
        // Rows that were taken out behind the last one.
        if (dopo == before)
            return;
    }
}

void log(Transaction& transaction, const Attivita& attivita, Instant now)
{
    append(transaction, kCatenaAttivita, valuesOf(attivita, now));
}

}
