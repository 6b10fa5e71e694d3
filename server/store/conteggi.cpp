#include "server/store/conteggi.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/store/ricerche.h"
#include "server/store/sql.h"

#include <map>
#include <tuple>

namespace sdc::store {
namespace {

constexpr std::string_view kGestire = "gestire:";

std::string_view elencoOf(const Pratica& pratica)
{
    const Stato stato = pratica.stato();
    if (stato == Stato::Bozza || stato == Stato::InAttesaDiPagamento)
        return "";
    if (isDecided(stato))
        return "concluse";
    if (isFinal(stato))
        return "altre";
    return pratica.fields().operatore.empty() ? std::string_view{"assegnare"} : kGestire;
}

/// What an operator has in hand is short: a jump in it needs no ranges.
bool hasRanges(const std::string& fila)
{
    return fila == "assegnare" || fila == "concluse";
}

/// Order, fila, key, block and service of a range.
using Fascia = std::tuple<std::string, std::string, std::string, long long, std::string>;

void note(std::map<Fascia, int>& changes, const std::string& fila, const Posto& posto, int by)
{
    for (const OrdineTenuto& ordine : kOrdini) {
        const std::string& key = posto.chiavi.at(static_cast<std::size_t>(ordine.ordine));
        changes[{ordine.nome, fila, ordine.caratteri == 0 ? key : firstCodePoints(key, ordine.caratteri),
                 ordine.caratteri == 0 ? posto.numero / kNumeriPerBlocco : 0, posto.servizio}] += by;
    }
}

void note(std::map<Fascia, int>& changes, const Posto& posto, int by)
{
    if (posto.fila.empty())
        return;
    note(changes, kTutte, posto, by);
    if (hasRanges(posto.fila))
        note(changes, posto.fila, posto, by);
}

/// In one statement, for each would be a trip to the database; in the order of their keys, so that two transactions do
/// not wait for each other.
void moveRanges(Transaction& transaction, const Posto& before, const Posto& after)
{
    std::map<Fascia, int> changes;
    note(changes, before, -1);
    note(changes, after, 1);
    std::erase_if(changes, [](const auto& change) { return change.second == 0; });
    if (changes.empty())
        return;
    std::string rows;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::string n = std::to_string(i);
        rows += (i == 0 ? "(:o" : ", (:o") + n + ", :f" + n + ", :k" + n + ", :b" + n + ", :s" + n + ", :n" + n + ")";
    }
    const std::string text = "INSERT INTO fasce (ordine, fila, chiave, blocco, servizio, numero) VALUES " + rows +
                             " ON CONFLICT (ordine, fila, chiave, blocco, servizio) "
                             "DO UPDATE SET numero = fasce.numero + excluded.numero";
    Sql sql(transaction, text.c_str());
    std::size_t i = 0;
    for (const auto& [fascia, by] : changes) {
        const std::string n = std::to_string(i++);
        const auto& [ordine, fila, chiave, blocco, servizio] = fascia;
        sql.use(("o" + n).c_str(), ordine).use(("f" + n).c_str(), fila).use(("k" + n).c_str(), chiave);
        sql.use(("b" + n).c_str(), blocco).use(("s" + n).c_str(), servizio).use(("n" + n).c_str(), by);
    }
    sql.run();
}

void count(Transaction& transaction, const std::string& fila, const std::string& servizio, int by)
{
    Sql(transaction, R"(INSERT INTO conteggi (fila, servizio, numero) VALUES (:fila, :servizio, :numero)
                        ON CONFLICT (fila, servizio) DO UPDATE SET numero = conteggi.numero + excluded.numero)")
        .use("fila", fila)
        .use("servizio", servizio)
        .use("numero", by)
        .run();
}

void countYear(Transaction& transaction, const Posto& posto, int by)
{
    Sql(transaction, R"(INSERT INTO pratiche_per_anno (anno, servizio, numero) VALUES (:anno, :servizio, :numero)
                        ON CONFLICT (anno, servizio)
                        DO UPDATE SET numero = pratiche_per_anno.numero + excluded.numero)")
        .use("anno", romeYear(posto.creata))
        .use("servizio", posto.servizio)
        .use("numero", by)
        .run();
}

void rebuildConteggi(Transaction& transaction)
{
    for (const char* statement :
         {"DELETE FROM conteggi", "DELETE FROM pratiche_per_anno",
          "INSERT INTO conteggi (fila, servizio, numero) "
          "SELECT fila, servizio, COUNT(*) FROM pratiche WHERE fila <> '' GROUP BY fila, servizio",
          "INSERT INTO conteggi (fila, servizio, numero) "
          "SELECT 'tutte', servizio, COUNT(*) FROM pratiche WHERE fila <> '' GROUP BY servizio",
          // The Italian year begins at 23 of the last day in UTC, always in winter.
          "INSERT INTO pratiche_per_anno (anno, servizio, numero) "
          "SELECT CAST(SUBSTR(creata, 1, 4) AS BIGINT) + CASE WHEN SUBSTR(creata, 6, 8) = '12-31T23' THEN 1 ELSE 0 END,"
          "       servizio, COUNT(*) FROM pratiche WHERE fila <> '' GROUP BY 1, 2"})
        Sql(transaction, statement).run();
}

void rebuildFasce(Transaction& transaction)
{
    Sql(transaction, "DELETE FROM fasce").run();
    for (const OrdineTenuto& ordine : kOrdini) {
        const std::string column = ordine.colonna;
        const std::string key =
            ordine.caratteri == 0 ? column : "SUBSTR(" + column + ", 1, " + std::to_string(ordine.caratteri) + ")";
        const std::string block = ordine.caratteri == 0 ? "numero / " + std::to_string(kNumeriPerBlocco) : "0";
        for (const std::string fila : {"'tutte'", "fila"}) {
            const std::string text = "INSERT INTO fasce (ordine, fila, chiave, blocco, servizio, numero) SELECT '" +
                                     std::string{ordine.nome} + "', " + fila + ", " + key + ", " + block +
                                     ", servizio, COUNT(*) FROM pratiche WHERE fila " +
                                     (fila == "fila" ? "IN ('assegnare', 'concluse')" : "<> ''") +
                                     " GROUP BY 2, 3, 4, 5";
            Sql(transaction, text.c_str()).run();
        }
    }
}

}

Posto postoOf(Transaction& transaction, const Id<Pratica>& id)
{
    Posto posto;
    auto& [data, protocollo, richiedente, servizio, categoria, stato] = posto.chiavi;
    Sql sql(transaction, R"(SELECT numero, fila, servizio, creata, creata, chiave_protocollo, chiave_richiedente,
                                   chiave_servizio, chiave_categoria, chiave_stato, ricerca
                            FROM pratiche WHERE id = :id)");
    sql.use("id", id).into(posto.numero).into(posto.fila).into(posto.servizio).into(posto.creata);
    sql.into(data).into(protocollo).into(richiedente).into(servizio).into(categoria).into(stato).into(posto.ricerca);
    if (!sql.next())
        throw NotFound();
    return posto;
}

std::string filaOf(const Pratica& pratica)
{
    const std::string_view elenco = elencoOf(pratica);
    return elenco == kGestire ? filaDi(pratica.fields().operatore) : std::string{elenco};
}

std::string filaDi(const Id<Operatore>& operatore)
{
    return std::string{kGestire} + operatore.text();
}

void recount(Transaction& transaction, const Posto& before, const Posto& after)
{
    moveRanges(transaction, before, after);
    reindex(transaction, before, after);
    if (before.fila == after.fila)
        return;
    for (const auto& [posto, by] : {std::pair{&before, -1}, std::pair{&after, 1}}) {
        if (!posto->fila.empty())
            count(transaction, posto->fila, posto->servizio, by);
    }
    const int all = static_cast<int>(!after.fila.empty()) - static_cast<int>(!before.fila.empty());
    if (all == 0)
        return;
    count(transaction, kTutte, after.servizio, all);
    countYear(transaction, after, all);
}

void rebuildElenchi(Transaction& transaction)
{
    rebuildConteggi(transaction);
    rebuildFasce(transaction);
    rebuildRicerche(transaction);
}

}
