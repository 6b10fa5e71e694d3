#include "server/store/nuove_password.h"

#include "server/store/sql.h"

namespace sdc::store {

bool put(Transaction& transaction, const LinkPassword& link)
{
    return Sql(transaction, R"(INSERT INTO nuove_password (operatore, hash, creata, scade, usata)
                               VALUES (:operatore, :hash, :creata, :scade, 0)
                               ON CONFLICT (operatore) DO UPDATE
                                   SET hash = excluded.hash, creata = excluded.creata, scade = excluded.scade, usata = 0
                                   WHERE (nuove_password.hash <> excluded.hash
                                          AND nuove_password.creata <= excluded.creata)
                                       OR (nuove_password.hash = excluded.hash AND nuove_password.usata = 0))")
               .use("operatore", link.operatore)
               .use("hash", link.hash)
               .use("creata", link.creata)
               .use("scade", link.scade)
               .run() > 0;
}

std::optional<Id<Operatore>> titolareDelLink(Reader& reader, const std::string& hash, Instant now)
{
    Id<Operatore> id;
    Sql sql(reader, "SELECT operatore FROM nuove_password WHERE hash = :hash AND usata = 0 AND scade > :now");
    return sql.use("hash", hash).use("now", now).into(id).next() ? std::optional{id} : std::nullopt;
}

std::optional<Id<Operatore>> takeLink(Transaction& transaction, const std::string& hash, Instant now)
{
    Id<Operatore> id;
    Sql sql(transaction, R"(UPDATE nuove_password SET usata = 1 WHERE hash = :hash AND usata = 0 AND scade > :now
                            RETURNING operatore)");
    return sql.use("hash", hash).use("now", now).into(id).next() ? std::optional{id} : std::nullopt;
}

void voidLink(Transaction& transaction, const Id<Operatore>& operatore)
{
    Sql(transaction, "UPDATE nuove_password SET usata = 1 WHERE operatore = :operatore")
        .use("operatore", operatore)
        .run();
}

}
