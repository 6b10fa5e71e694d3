#include "server/store/registro.h"

#include "server/store/contatori.h"
#include "server/store/sql.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace sdc::store {
namespace {

constexpr std::chrono::minutes kMostBack{5};

std::optional<NumeroProtocollo> given(Transaction& transaction, const std::string& chiave)
{
    int anno = 0;
    int numero = 0;
    Instant quando;
    Sql sql(transaction, "SELECT anno, numero, quando FROM registro WHERE chiave = :chiave");
    if (!sql.use("chiave", chiave).into(anno).into(numero).into(quando).next())
        return std::nullopt;
    return NumeroProtocollo{formatProtocollo(numero, anno), quando};
}

/// The next value of a counter that may be new; its row keeps others out until the transaction ends.
int nextOf(Transaction& transaction, const std::string& counter)
{
    Sql(transaction, "INSERT INTO contatori (nome, valore) VALUES (:nome, 0) ON CONFLICT (nome) DO NOTHING")
        .use("nome", counter)
        .run();
    return static_cast<int>(nextValue(transaction, counter.c_str()));
}

/// When the last number was given; only one registration at a time gets past here.
Instant lastGiven(Transaction& transaction, Instant otherwise)
{
    nextOf(transaction, "registro");
    Instant quando = otherwise;
    Sql sql(transaction, "SELECT quando FROM registro ORDER BY anno DESC, numero DESC LIMIT 1");
    sql.into(quando).next();
    return quando;
}

}

NumeroProtocollo registra(Transaction& transaction, const Registrazione& registrazione, Instant clock)
{
    if (auto known = given(transaction, registrazione.chiave))
        return *known;
    // Dates follow the numbers (DPR 445/2000, art. 53): a clock read too early, or set back, does not.
    const Instant now = std::max(clock, lastGiven(transaction, clock));
    if (now - clock > kMostBack)
        throw OrologioIndietro("l'orologio del server è indietro rispetto all'ultima registrazione del protocollo");
    const int anno = romeYear(now);
    const int numero = nextOf(transaction, "registro/" + std::to_string(anno));
    Sql(transaction,
        R"(INSERT INTO registro (anno, numero, chiave, quando, verso, pratica, corrispondente, oggetto, documenti)
                        VALUES (:anno, :numero, :chiave, :quando, :verso, :pratica, :corrispondente, :oggetto, :documenti))")
        .use("anno", anno)
        .use("numero", numero)
        .use("chiave", registrazione.chiave)
        .use("quando", now)
        .use("verso", registrazione.verso == Verso::Entrata ? "E" : "U")
        .use("pratica", registrazione.pratica)
        .use("corrispondente", registrazione.corrispondente)
        .use("oggetto", registrazione.oggetto)
        .use("documenti", nlohmann::json(registrazione.impronte).dump())
        .run();
    return {formatProtocollo(numero, anno), now};
}

std::vector<std::string> gaps(Reader& reader)
{
    std::vector<std::string> faults;
    std::string counter;
    long long given = 0;
    long long count = 0;
    long long first = 0;
    long long last = 0;
    Sql sql(reader, R"(SELECT c.nome, c.valore, COUNT(r.numero), COALESCE(MIN(r.numero), 0), COALESCE(MAX(r.numero), 0)
                       FROM contatori c LEFT JOIN registro r ON c.nome = 'registro/' || r.anno
                       WHERE c.nome LIKE 'registro/%' GROUP BY c.nome, c.valore ORDER BY c.nome)");
    sql.into(counter).into(given).into(count).into(first).into(last);
    while (sql.next()) {
        if (count != given || first != 1 || last != given)
            faults.push_back("il " + counter + " ha " + std::to_string(count) + " numeri, da " + std::to_string(first) +
                             " a " + std::to_string(last) + ", e ne sono stati dati " + std::to_string(given));
    }
    return faults;
}

}
