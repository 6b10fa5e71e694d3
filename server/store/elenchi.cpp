#include "server/store/elenchi.h"

#include "server/store/conteggi.h"
#include "server/store/ricerche.h"
#include "server/store/sql.h"

namespace sdc::store {
namespace {

/// So many rows are left out as quickly as their ranges are counted.
constexpr std::size_t kNearby = 1000;

/// Narrower than all services: those that the operator is enabled for.
constexpr const char* kAbilitati = " AND servizio IN (SELECT servizio FROM abilitazioni WHERE operatore = :abilitato)";

/// The fila that a list shows; "" for all of them.
std::string filaOf(const Operatore& operatore, ElencoOperatore elenco)
{
    switch (elenco) {
    case ElencoOperatore::Gestire:
        return filaDi(operatore.id);
    case ElencoOperatore::Assegnare:
        return "assegnare";
    case ElencoOperatore::Concluse:
        return "concluse";
    case ElencoOperatore::Tutte:
        return {};
    }
    return {};
}

/// Where a window begins: a bound of the order's keys, and how many rows to leave out from there.
struct Inizio
{
    std::optional<std::pair<std::string, long long>> limite;
    /// Whether the row at the bound itself belongs to the window.
    bool compreso = false;
    std::size_t salta = 0;
};

/// Nothing where the search cannot find anything: no word in it, or no service for it.
std::optional<std::string> parole(Kind kind, const Operatore& operatore, const FiltroElenco& filtro)
{
    const Ricerca ricerca{paroleOf(filtro.cerca), filaOf(operatore, filtro.elenco), operatore.tuttiServizi,
                          operatore.servizi};
    if (ricerca.parole.empty() || (!operatore.tuttiServizi && ricerca.servizi.empty()))
        return std::nullopt;
    return interrogazione(kind, ricerca);
}

std::string condizioni(const Operatore& operatore, const FiltroElenco& filtro)
{
    std::string where = filtro.elenco == ElencoOperatore::Tutte ? "fila <> ''" : "fila = :fila";
    if (!operatore.tuttiServizi)
        where += kAbilitati;
    if (!filtro.cerca.empty())
        where += " AND pratiche.numero = r.trovata";
    return where;
}

void useFilter(Sql& sql, const Operatore& operatore, const FiltroElenco& filtro)
{
    if (filtro.elenco != ElencoOperatore::Tutte)
        sql.use("fila", filaOf(operatore, filtro.elenco));
    if (!operatore.tuttiServizi)
        sql.use("abilitato", operatore.id);
}

/// Binds what names a list among the ranges.
void useFila(Sql& sql, const Operatore& operatore, const FiltroElenco& filtro)
{
    sql.use("ordine", tenuto(filtro.ordine).nome);
    sql.use("fila", filtro.elenco == ElencoOperatore::Tutte ? kTutte : filaOf(operatore, filtro.elenco));
    if (!operatore.tuttiServizi)
        sql.use("abilitato", operatore.id);
}

std::string directionOf(const FiltroElenco& filtro)
{
    return filtro.decrescente ? " DESC" : "";
}

/// The range that the row to jump to is in: what lies before it is counted, not read.
Inizio jump(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    const std::string direction = directionOf(filtro);
    const std::string text = "SELECT chiave, blocco, CAST(SUM(numero) AS BIGINT) FROM fasce "
                             "WHERE ordine = :ordine AND fila = :fila" +
                             std::string{operatore.tuttiServizi ? "" : kAbilitati} +
                             " GROUP BY chiave, blocco ORDER BY chiave" + direction + ", blocco" + direction;
    std::string key;
    long long block = 0;
    long long number = 0;
    Sql sql(reader, text.c_str());
    useFila(sql, operatore, filtro);
    sql.into(key).into(block).into(number);
    Inizio inizio{{}, true, filtro.da};
    while (sql.next()) {
        // Upwards a range begins at its own bound; downwards, below that of the range that came before.
        if (!filtro.decrescente)
            inizio.limite = {key, block * kNumeriPerBlocco};
        if (inizio.salta < static_cast<std::size_t>(number))
            break;
        inizio.salta -= static_cast<std::size_t>(number);
        if (filtro.decrescente)
            inizio = {{{key, block * kNumeriPerBlocco}}, false, inizio.salta};
    }
    return inizio;
}

bool hasRanges(const FiltroElenco& filtro)
{
    return filtro.cerca.empty() && filtro.elenco != ElencoOperatore::Gestire;
}

/// Whether the operator's few services have keys of their own in this order: between them may lie most of the list.
bool isPatchy(const Operatore& operatore, const FiltroElenco& filtro)
{
    return !operatore.tuttiServizi && tenuto(filtro.ordine).delServizio && hasRanges(filtro);
}

Inizio inizioOf(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    if (filtro.dopo)
        return {filtro.dopo, false, 0};
    const bool far = filtro.da > kNearby || isPatchy(operatore, filtro);
    return far && hasRanges(filtro) ? jump(reader, operatore, filtro) : Inizio{{}, false, filtro.da};
}

/// The keys of the operator's services, in order, from where the window begins.
std::vector<std::string> chiaviDa(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro,
                                  const Inizio& inizio)
{
    const std::string text = "SELECT DISTINCT chiave FROM fasce WHERE ordine = :ordine AND fila = :fila "
                             "AND numero > 0" +
                             std::string{kAbilitati} + " ORDER BY chiave" + directionOf(filtro);
    std::vector<std::string> keys;
    std::string key;
    Sql sql(reader, text.c_str());
    useFila(sql, operatore, filtro);
    sql.into(key);
    while (sql.next()) {
        const bool before =
            inizio.limite && (filtro.decrescente ? key > inizio.limite->first : key < inizio.limite->first);
        if (!before)
            keys.push_back(key);
    }
    return keys;
}

/// Where a window begins and ends within the list.
std::string cut(const FiltroElenco& filtro, const Inizio& inizio, bool oneKey)
{
    const std::string column = tenuto(filtro.ordine).colonna;
    const std::string beyond = std::string{filtro.decrescente ? "<" : ">"} + (inizio.compreso ? "=" : "");
    std::string text = oneKey ? " AND " + column + " = :chiave" : "";
    if (inizio.limite)
        text += oneKey ? " AND pratiche.numero " + beyond + " :numero"
                       : " AND (" + column + ", pratiche.numero) " + beyond + " (:chiave, :numero)";
    text += oneKey ? " ORDER BY pratiche.numero" : " ORDER BY " + column + directionOf(filtro) + ", pratiche.numero";
    return text + directionOf(filtro) + " LIMIT :limite OFFSET :salta";
}

/// The statement for one window, or the part of it that has one key: the index alone tells which rows it has, and only
/// those are read.
std::string windowText(const Reader& reader, const Operatore& operatore, const FiltroElenco& filtro,
                       const Inizio& inizio, bool oneKey)
{
    const std::string column = std::string{"p."} + tenuto(filtro.ordine).colonna;
    // CROSS JOIN: SQLite would rather walk the list than look up what was found.
    const std::string from =
        filtro.cerca.empty() ? "pratiche" : "(" + std::string{ricercaSql(reader.kind())} + ") r CROSS JOIN pratiche";
    return "SELECT p.id, p.numero, p.protocollo, p.richiedente, p.servizio, p.servizio_nome, p.categoria, p.creata, "
           "p.stato, p.operatore, COALESCE(o.nome || ' ' || o.cognome, ''), " +
           column + " FROM (SELECT pratiche.numero FROM " + from + " WHERE " + condizioni(operatore, filtro) +
           cut(filtro, inizio, oneKey) +
           ") f JOIN pratiche p ON p.numero = f.numero LEFT JOIN operatori o ON o.id = p.operatore ORDER BY " + column +
           directionOf(filtro) + ", p.numero" + directionOf(filtro);
}

void readWindow(Sql& sql, std::vector<RigaElenco>& righe)
{
    RigaElenco riga;
    sql.into(riga.id).into(riga.numero).into(riga.protocollo).into(riga.richiedente).into(riga.servizio);
    sql.into(riga.servizioNome).into(riga.categoria).into(riga.creata).into(riga.stato).into(riga.operatore);
    sql.into(riga.operatoreNome).into(riga.chiave);
    while (sql.next())
        righe.push_back(riga);
}

/// Key after key of the operator's services, over what lies between them.
std::vector<RigaElenco> patchyElenco(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    const Inizio begun = inizioOf(reader, operatore, filtro);
    std::size_t skip = begun.salta;
    std::vector<RigaElenco> righe;
    for (const std::string& key : chiaviDa(reader, operatore, filtro, begun)) {
        if (righe.size() == filtro.limite)
            break;
        const Inizio inizio = begun.limite && begun.limite->first == key ? begun : Inizio{};
        const std::string text = windowText(reader, operatore, filtro, inizio, true);
        Sql sql(reader, text.c_str());
        useFilter(sql, operatore, filtro);
        sql.use("chiave", key);
        if (inizio.limite)
            sql.use("numero", inizio.limite->second);
        sql.use("limite", filtro.limite - righe.size()).use("salta", skip);
        readWindow(sql, righe);
        // The row to begin with was in the first key that had any.
        if (!righe.empty())
            skip = 0;
    }
    return righe;
}

}

std::vector<RigaElenco> elenco(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    if (isPatchy(operatore, filtro))
        return patchyElenco(reader, operatore, filtro);
    const auto words = parole(reader.kind(), operatore, filtro);
    if (!filtro.cerca.empty() && !words)
        return {};
    const Inizio inizio = inizioOf(reader, operatore, filtro);
    std::vector<RigaElenco> righe;
    const std::string text = windowText(reader, operatore, filtro, inizio, false);
    Sql sql(reader, text.c_str());
    useFilter(sql, operatore, filtro);
    if (words)
        sql.use("parole", *words).use("piu_recenti", kMostFound);
    if (inizio.limite)
        sql.use("chiave", inizio.limite->first).use("numero", inizio.limite->second);
    sql.use("limite", filtro.limite).use("salta", inizio.salta);
    readWindow(sql, righe);
    return righe;
}

long long trovate(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro)
{
    const auto words = parole(reader.kind(), operatore, filtro);
    long long count = 0;
    if (!words)
        return count;
    const std::string text = std::string{"SELECT COUNT(*) FROM ("} + ricercaSql(reader.kind()) + ") r";
    Sql sql(reader, text.c_str());
    sql.use("parole", *words).use("piu_recenti", kMostFound + 1).into(count).next();
    return count;
}

ConteggiOperatore conteggiOperatore(Reader& reader, const Operatore& operatore)
{
    ConteggiOperatore conteggi;
    std::string fila;
    long long number = 0;
    const std::string mine = filaDi(operatore.id);
    const std::string text = "SELECT fila, CAST(SUM(numero) AS BIGINT) FROM conteggi "
                             "WHERE fila IN (:mia, 'assegnare', 'concluse', 'tutte')" +
                             std::string{operatore.tuttiServizi ? "" : kAbilitati} + " GROUP BY fila";
    Sql sql(reader, text.c_str());
    sql.use("mia", mine);
    if (!operatore.tuttiServizi)
        sql.use("abilitato", operatore.id);
    sql.into(fila).into(number);
    while (sql.next()) {
        if (fila == mine)
            conteggi.gestire = number;
        else if (fila == "assegnare")
            conteggi.assegnare = number;
        else if (fila == "concluse")
            conteggi.concluse = number;
        else
            conteggi.tutte = number;
    }
    return conteggi;
}

std::vector<std::pair<int, long long>> pratichePerAnno(Reader& reader, const Operatore& operatore)
{
    std::vector<std::pair<int, long long>> anni;
    std::pair<int, long long> uno;
    const std::string text = "SELECT anno, CAST(SUM(numero) AS BIGINT) FROM pratiche_per_anno WHERE numero > 0" +
                             std::string{operatore.tuttiServizi ? "" : kAbilitati} +
                             " GROUP BY anno ORDER BY anno DESC";
    Sql sql(reader, text.c_str());
    if (!operatore.tuttiServizi)
        sql.use("abilitato", operatore.id);
    sql.into(uno.first).into(uno.second);
    while (sql.next())
        anni.push_back(uno);
    return anni;
}

}
