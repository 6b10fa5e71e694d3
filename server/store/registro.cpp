#include "server/store/registro.h"

#include "server/store/elenchi.h"
#include "server/store/sql.h"

#include <nlohmann/json.hpp>

namespace sdc::store {
namespace {

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

/// The last number of the year; the counter's row keeps others out until the transaction ends.
int nextNumber(Transaction& transaction, int anno)
{
    const std::string counter = "registro/" + std::to_string(anno);
    Sql(transaction, "INSERT INTO contatori (nome, valore) VALUES (:nome, 0) ON CONFLICT (nome) DO NOTHING")
        .use("nome", counter)
        .run();
    return static_cast<int>(nextValue(transaction, counter.c_str()));
}

}

NumeroProtocollo registra(Transaction& transaction, const Registrazione& registrazione, Instant now)
{
    if (auto known = given(transaction, registrazione.chiave))
        return *known;
    const int anno = romeYear(now);
    const int numero = nextNumber(transaction, anno);
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
    int anno = 0;
    long long count = 0;
    long long last = 0;
    Sql sql(reader, "SELECT anno, COUNT(*), MAX(numero) FROM registro GROUP BY anno ORDER BY anno");
    sql.into(anno).into(count).into(last);
    while (sql.next()) {
        if (count != last)
            faults.push_back("il registro " + std::to_string(anno) + " ha " + std::to_string(count) +
                             " numeri e l'ultimo è " + std::to_string(last));
    }
    return faults;
}

}
