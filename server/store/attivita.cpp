#include "server/store/attivita.h"

#include "server/store/contatori.h"
#include "server/store/files.h"
#include "server/store/sql.h"

#include <algorithm>

namespace sdc::store {
namespace {

std::string lastHash(Transaction& transaction, long long numero)
{
    std::string hash;
    Sql sql(transaction, "SELECT hash FROM attivita WHERE numero = :numero");
    sql.use("numero", numero).into(hash).next();
    return hash;
}

}

// Each value with its length before it, so that no two rows give the same text.
std::string hashOf(long long numero, Instant quando, const Attivita& a, const std::string& precedente)
{
    std::string all;
    for (const std::string& value :
         {std::to_string(numero), toIso(quando), a.tipoAttore, a.attore, a.azione, a.oggetto, a.dettaglio, precedente})
        all += std::to_string(value.size()) + ":" + value + ";";
    return sha256OfText(all);
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

namespace {

constexpr long long kPage = 1000;

/// Checks the rows after `dopo`, as many as fit a page, and moves on over those that are right.
bool checkPage(Reader& reader, long long& dopo, std::string& before)
{
    long long numero = 0;
    Instant quando;
    Attivita a;
    std::string precedente;
    std::string hash;
    Sql sql(reader, R"(SELECT numero, quando, tipo_attore, attore, azione, oggetto, dettaglio, precedente, hash
                       FROM attivita WHERE numero > :dopo ORDER BY numero LIMIT :limite)");
    sql.into(numero).into(quando).into(a.tipoAttore).into(a.attore).into(a.azione).into(a.oggetto).into(a.dettaglio);
    sql.into(precedente).into(hash);
    sql.use("dopo", dopo).use("limite", kPage);
    while (sql.next()) {
        if (numero != dopo + 1 || precedente != before || hash != hashOf(numero, quando, a, precedente))
            return false;
        dopo = numero;
        before = hash;
    }
    return true;
}

long long lastGiven(Reader& reader)
{
    long long numero = 0;
    Sql sql(reader, "SELECT valore FROM contatori WHERE nome = 'attivita'");
    sql.into(numero).next();
    return numero;
}

}

std::optional<long long> firstBreak(Reader& reader)
{
    const long long last = lastGiven(reader);
    long long checked = 0;
    std::string before;
    for (long long from = -1; from != checked;) {
        from = checked;
        if (!checkPage(reader, checked, before))
            return checked + 1;
    }
    return checked == last ? std::nullopt : std::optional{std::min(checked, last) + 1};
}

}
