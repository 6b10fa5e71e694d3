#include "server/store/attivita.h"

#include "server/store/elenchi.h"
#include "server/store/files.h"
#include "server/store/sql.h"

namespace sdc::store {
namespace {

/// Each value with its length before it, so that no two rows give the same text.
std::string hashOf(long long numero, Instant quando, const Attivita& a, const std::string& precedente)
{
    std::string all;
    for (const std::string& value :
         {std::to_string(numero), toIso(quando), a.tipoAttore, a.attore, a.azione, a.oggetto, a.dettaglio, precedente})
        all += std::to_string(value.size()) + ":" + value + ";";
    return sha256OfText(all);
}

std::string lastHash(Transaction& transaction, long long numero)
{
    std::string hash;
    Sql sql(transaction, "SELECT hash FROM attivita WHERE numero = :numero");
    sql.use("numero", numero).into(hash).next();
    return hash;
}

}

void log(Transaction& transaction, const Attivita& attivita, Instant now)
{
    const long long numero = nextValue(transaction, "attivita");
    const std::string precedente = lastHash(transaction, numero - 1);
    Sql(transaction,
        R"(INSERT INTO attivita (numero, quando, tipo_attore, attore, azione, oggetto, dettaglio, precedente, hash)
                        VALUES (:numero, :quando, :tipo, :attore, :azione, :oggetto, :dettaglio, :precedente, :hash))")
        .use("numero", numero)
        .use("quando", now)
        .use("tipo", attivita.tipoAttore)
        .use("attore", attivita.attore)
        .use("azione", attivita.azione)
        .use("oggetto", attivita.oggetto)
        .use("dettaglio", attivita.dettaglio)
        .use("precedente", precedente)
        .use("hash", hashOf(numero, now, attivita, precedente))
        .run();
}

std::optional<long long> firstBreak(Reader& reader)
{
    long long numero = 0;
    Instant quando;
    Attivita a;
    std::string precedente;
    std::string hash;
    Sql sql(reader, R"(SELECT numero, quando, tipo_attore, attore, azione, oggetto, dettaglio, precedente, hash
                       FROM attivita ORDER BY numero)");
    sql.into(numero).into(quando).into(a.tipoAttore).into(a.attore).into(a.azione).into(a.oggetto).into(a.dettaglio);
    sql.into(precedente).into(hash);
    std::string before;
    for (long long expected = 1; sql.next(); ++expected) {
        if (numero != expected || precedente != before || hash != hashOf(numero, quando, a, precedente))
            return expected;
        before = hash;
    }
    return std::nullopt;
}

}
