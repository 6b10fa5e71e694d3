#include "server/store/elenchi.h"

#include "core/base/text.h"
#include "server/store/like.h"
#include "server/store/sql.h"

#include <array>

namespace sdc::store {
namespace {

struct TestoOrdine
{
    Ordine ordine;
    const char* colonna;
};

// Closed lists of our own words: no text of a request ever becomes part of a statement.
constexpr std::array kOrdini = {
    TestoOrdine{Ordine::Data, "p.creata"},
    TestoOrdine{Ordine::Protocollo, "p.chiave_protocollo"},
    TestoOrdine{Ordine::Richiedente, "p.chiave_richiedente"},
    TestoOrdine{Ordine::Servizio, "p.chiave_servizio"},
    TestoOrdine{Ordine::Categoria, "p.chiave_categoria"},
    TestoOrdine{Ordine::Stato, "p.stato"},
};

std::string colonna(Ordine ordine)
{
    for (const TestoOrdine& testo : kOrdini) {
        if (testo.ordine == ordine)
            return testo.colonna;
    }
    return "p.creata";
}

std::string condizioneElenco(ElencoOperatore elenco)
{
    switch (elenco) {
    case ElencoOperatore::Gestire:
        return "p.operatore = :me AND p.elenco = 'gestire'";
    case ElencoOperatore::Assegnare:
        return "p.elenco = 'assegnare'";
    case ElencoOperatore::Concluse:
        return "p.elenco = 'concluse'";
    case ElencoOperatore::Tutte:
        return "p.elenco <> ''";
    }
    return {};
}

std::string condizioni(const Operatore& operatore, const FiltroElenco& filtro)
{
    std::string where = condizioneElenco(filtro.elenco);
    if (!operatore.tuttiServizi)
        where += " AND p.servizio IN (SELECT servizio FROM abilitazioni WHERE operatore = :abilitato)";
    if (!filtro.cerca.empty())
        where += " AND p.ricerca LIKE :cerca ESCAPE '\\'";
    return where;
}

void useFilter(Sql& sql, const Operatore& operatore, const FiltroElenco& filtro)
{
    if (filtro.elenco == ElencoOperatore::Gestire)
        sql.use("me", operatore.id);
    if (!operatore.tuttiServizi)
        sql.use("abilitato", operatore.id);
    if (!filtro.cerca.empty())
        sql.use("cerca", holding(fold(filtro.cerca)));
}

/// The statement for one window; the order and direction decide its text, the values are always bound.
std::string windowText(const Operatore& operatore, const FiltroElenco& filtro)
{
    const std::string column = colonna(filtro.ordine);
    const std::string direction = filtro.decrescente ? " DESC" : "";
    // A state is a number and its key a text: the cast is on the bound value, the index stays usable.
    const std::string key = filtro.ordine == Ordine::Stato ? "CAST(:chiave AS BIGINT)" : ":chiave";
    std::string text =
        "SELECT p.id, p.protocollo, p.richiedente, p.servizio, p.servizio_nome, p.categoria, p.creata, p.stato, "
        "p.operatore, COALESCE(o.nome || ' ' || o.cognome, ''), CAST(" +
        column +
        " AS TEXT) "
        "FROM pratiche p LEFT JOIN operatori o ON o.id = p.operatore WHERE " +
        condizioni(operatore, filtro);
    if (filtro.dopo)
        text += " AND (" + column + ", p.id) " + (filtro.decrescente ? "<" : ">") + " (" + key + ", :id)";
    text += " ORDER BY " + column + direction + ", p.id" + direction + " LIMIT :limite";
    return filtro.dopo ? text : text + " OFFSET :da";
}

void count(Transaction& transaction, const Posto& posto, int by)
{
    if (posto.elenco.empty())
        return;
    Sql(transaction, R"(INSERT INTO conteggi (elenco, operatore, servizio, anno, numero)
                        VALUES (:elenco, :operatore, :servizio, :anno, :numero)
                        ON CONFLICT (elenco, operatore, servizio, anno)
                        DO UPDATE SET numero = conteggi.numero + excluded.numero)")
        .use("elenco", posto.elenco)
        .use("operatore", posto.operatore)
        .use("servizio", posto.servizio)
        .use("anno", romeYear(posto.creata))
        .use("numero", by)
        .run();
}

}

std::vector<RigaElenco> elenco(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    std::vector<RigaElenco> righe;
    RigaElenco riga;
    Sql sql(reader, windowText(operatore, filtro).c_str());
    useFilter(sql, operatore, filtro);
    if (filtro.dopo)
        sql.use("chiave", filtro.dopo->first).use("id", filtro.dopo->second);
    else
        sql.use("da", filtro.da);
    sql.use("limite", filtro.limite);
    sql.into(riga.id).into(riga.protocollo).into(riga.richiedente).into(riga.servizio).into(riga.servizioNome);
    sql.into(riga.categoria).into(riga.creata).into(riga.stato).into(riga.operatore).into(riga.operatoreNome);
    sql.into(riga.chiave);
    while (sql.next())
        righe.push_back(riga);
    return righe;
}

long long totale(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    long long count = 0;
    const std::string text = "SELECT COUNT(*) FROM pratiche p WHERE " + condizioni(operatore, filtro);
    Sql sql(reader, text.c_str());
    useFilter(sql, operatore, filtro);
    sql.into(count).next();
    return count;
}

ConteggiOperatore conteggiOperatore(Reader& reader, const Operatore& operatore)
{
    ConteggiOperatore conteggi;
    std::string elenco;
    long long mine = 0;
    long long all = 0;
    Sql sql(reader, R"(SELECT elenco, CAST(SUM(CASE WHEN operatore = :me THEN numero ELSE 0 END) AS BIGINT),
                              CAST(SUM(numero) AS BIGINT)
                       FROM conteggi
                       WHERE :tutti = 1 OR servizio IN (SELECT servizio FROM abilitazioni WHERE operatore = :me)
                       GROUP BY elenco)");
    sql.use("me", operatore.id).use("tutti", operatore.tuttiServizi).into(elenco).into(mine).into(all);
    while (sql.next()) {
        conteggi.tutte += all;
        if (elenco == "gestire")
            conteggi.gestire = mine;
        else if (elenco == "assegnare")
            conteggi.assegnare = all;
        else if (elenco == "concluse")
            conteggi.concluse = all;
    }
    return conteggi;
}

std::vector<std::pair<int, long long>> pratichePerAnno(Reader& reader, const Operatore& operatore)
{
    std::vector<std::pair<int, long long>> anni;
    std::pair<int, long long> uno;
    Sql sql(reader, R"(SELECT anno, CAST(SUM(numero) AS BIGINT) FROM conteggi
                       WHERE :tutti = 1 OR servizio IN (SELECT servizio FROM abilitazioni WHERE operatore = :me)
                       GROUP BY anno ORDER BY anno DESC)");
    sql.use("me", operatore.id).use("tutti", operatore.tuttiServizi).into(uno.first).into(uno.second);
    while (sql.next())
        anni.push_back(uno);
    return anni;
}

std::string_view elencoOperatore(const Pratica& pratica)
{
    const Stato stato = pratica.stato();
    if (stato == Stato::Bozza || stato == Stato::InAttesaDiPagamento)
        return "";
    if (isDecided(stato))
        return "concluse";
    if (isFinal(stato))
        return "altre";
    return pratica.fields().operatore.empty() ? "assegnare" : "gestire";
}

void recount(Transaction& transaction, const Posto& before, const Posto& after)
{
    if (before.elenco == after.elenco && before.operatore == after.operatore)
        return;
    count(transaction, before, -1);
    count(transaction, after, 1);
}

long long nextValue(Transaction& transaction, const char* counter)
{
    long long value = 0;
    Sql sql(transaction, "UPDATE contatori SET valore = valore + 1 WHERE nome = :nome RETURNING valore");
    sql.use("nome", counter).into(value);
    if (!sql.next())
        throw std::runtime_error("contatore sconosciuto");
    return value;
}

}
