#include "server/store/accessi_carta.h"

#include "server/store/sql.h"

namespace sdc::store {

void insert(Transaction& transaction, const AccessoCarta& accesso)
{
    Sql(transaction, R"(INSERT INTO accessi_carta (richiesta, browser, ritorno, scade)
                        VALUES (:richiesta, :browser, :ritorno, :scade))")
        .use("richiesta", accesso.richiesta)
        .use("browser", accesso.browser)
        .use("ritorno", accesso.ritorno)
        .use("scade", accesso.scade)
        .run();
}

std::optional<AccessoCarta> findAccessoCarta(Reader& reader, const std::string& richiesta, Instant now)
{
    AccessoCarta accesso;
    Sql sql(reader, R"(SELECT richiesta, browser, ritorno, scade FROM accessi_carta
                       WHERE richiesta = :richiesta AND gettone IS NULL AND scade > :now)");
    sql.use("richiesta", richiesta).use("now", now);
    sql.into(accesso.richiesta).into(accesso.browser).into(accesso.ritorno).into(accesso.scade);
    return sql.next() ? std::optional{accesso} : std::nullopt;
}

bool recognise(Transaction& transaction, const Riconosciuto& riconosciuto, Instant now)
{
    return Sql(transaction, R"(UPDATE accessi_carta SET gettone = :gettone, identita = :identita, scade = :scade
                               WHERE richiesta = :richiesta AND gettone IS NULL AND scade > :now)")
               .use("gettone", riconosciuto.gettone)
               .use("identita", riconosciuto.identita)
               .use("scade", riconosciuto.scade)
               .use("richiesta", riconosciuto.richiesta)
               .use("now", now)
               .run() == 1;
}

std::optional<AccessoCarta> takeAccessoCarta(Transaction& transaction, const std::string& gettone, Instant now)
{
    AccessoCarta accesso;
    Sql sql(transaction, R"(DELETE FROM accessi_carta WHERE gettone = :gettone
                            RETURNING richiesta, browser, ritorno, scade, identita)");
    sql.use("gettone", gettone);
    sql.into(accesso.richiesta).into(accesso.browser).into(accesso.ritorno).into(accesso.scade).into(accesso.identita);
    const bool found = sql.next();
    return found && accesso.scade > now ? std::optional{accesso} : std::nullopt;
}

bool removeAccessoCarta(Transaction& transaction, const std::string& richiesta)
{
    return Sql(transaction, "DELETE FROM accessi_carta WHERE richiesta = :richiesta AND gettone IS NULL")
               .use("richiesta", richiesta)
               .run() == 1;
}

void removeExpiredAccessiCarta(Transaction& transaction, Instant now)
{
    Sql(transaction, "DELETE FROM accessi_carta WHERE scade < :ora").use("ora", now).run();
}

}
