#include "server/store/controlli.h"

#include "server/store/attivita.h"
#include "server/store/registro.h"
#include "server/store/sql.h"
#include "server/store/tracce_spid.h"

#include <array>

namespace sdc::store {
namespace {

/// What one check tells at most: the first of them lead to the cause.
constexpr int kMost = 20;

/// Tells each text that the statement finds, after `before`; it must end in LIMIT :most.
void tellEach(Reader& reader, const std::string& text, const std::string& before, const Tell& tell)
{
    std::string what;
    int count = 0;
    Sql sql(reader, text.c_str());
    sql.use("most", kMost + 1).into(what);
    while (sql.next() && ++count <= kMost)
        tell(before + what);
    if (count > kMost)
        tell(before + "altre, oltre a queste " + std::to_string(kMost));
}

struct Riferimento
{
    const char* table;
    const char* column;
    const char* target;
};

// Those that no constraint of the tables keeps; the constraints of SQLite are checked below, PostgreSQL keeps its own.
constexpr std::array kRiferimenti = {
    Riferimento{"pratiche", "operatore", "operatori"},  Riferimento{"passaggi_autori", "pratica", "pratiche"},
    Riferimento{"bozze_uniche", "pratica", "pratiche"}, Riferimento{"registro", "pratica", "pratiche"},
    Riferimento{"jobs", "pratica", "pratiche"},         Riferimento{"cambiamenti", "pratica", "pratiche"},
};

}

void checkStructure(Reader& reader, const Tell& tell)
{
    if (reader.kind() == Kind::Postgresql)
        return;
    std::string what;
    Sql sql(reader, "SELECT integrity_check FROM pragma_integrity_check LIMIT :most");
    sql.use("most", kMost).into(what);
    while (sql.next()) {
        if (what != "ok")
            tell("il file della base dati è rovinato: " + what);
    }
}

namespace {

struct NomeCatena
{
    const Catena& catena;
    const char* nome;
};

constexpr std::array kCatene = {
    NomeCatena{kCatenaAttivita, "il registro delle attività"},
    NomeCatena{kCatenaTracce, "il registro degli accessi SPID e CIE"},
};

void checkCatena(Reader& reader, const NomeCatena& nome, const IsSigned& isSigned, const Tell& tell)
{
    const auto punto = puntoFermo(reader, nome.catena);
    if (punto && !isSigned(*punto))
        tell(std::string{nome.nome} + " comincia dalla riga " + std::to_string(punto->numero + 1) +
             ", ma il punto fermo non è firmato da questo server (chiave " + punto->chiave + ")");
    if (const auto broken = firstBreak(reader, nome.catena))
        tell(std::string{nome.nome} + " non torna dalla riga " + std::to_string(*broken));
}

}

void checkCatene(Reader& reader, const IsSigned& isSigned, const Tell& tell)
{
    for (const NomeCatena& nome : kCatene)
        checkCatena(reader, nome, isSigned, tell);
}

void checkRegistro(Reader& reader, const Tell& tell)
{
    for (const std::string& gap : gaps(reader))
        tell(gap);
    tellEach(reader, R"(SELECT DISTINCT CAST(anno AS TEXT) FROM registro r WHERE NOT EXISTS
                            (SELECT 1 FROM contatori c WHERE c.nome = 'registro/' || r.anno) LIMIT :most)",
             "il protocollo ha numeri senza contatore: anno ", tell);
    tellEach(reader, R"(SELECT numero || '/' || anno FROM
                            (SELECT anno, numero, quando, LAG(quando) OVER (ORDER BY anno, numero) AS prima
                             FROM registro) d
                        WHERE prima > quando LIMIT :most)",
             "una registrazione di protocollo è datata prima della precedente: ", tell);
    tellEach(reader, R"(SELECT r.numero || '/' || r.anno FROM registro r JOIN pratiche p ON p.id = r.pratica
                        WHERE (r.chiave = 'modulo:' || p.id
                               AND COALESCE(LTRIM(p.protocollo, '0'), '') <> r.numero || '/' || r.anno)
                           OR (r.chiave = 'risposta:' || p.id
                               AND COALESCE(LTRIM(p.protocollo_risposta, '0'), '') <> r.numero || '/' || r.anno)
                        LIMIT :most)",
             "il protocollo e la sua pratica dicono numeri diversi: ", tell);
    tellEach(reader, R"(SELECT r.numero || '/' || r.anno FROM documenti d JOIN registro r
                            ON r.chiave = CASE WHEN d.genere = 'modulo' THEN 'modulo:' ELSE 'risposta:' END || d.pratica
                        WHERE r.documenti NOT LIKE '%' || d.sha256 || '%' LIMIT :most)",
             "il documento non è quello registrato al protocollo: ", tell);
}

void checkConteggi(Reader& reader, const Tell& tell)
{
    tellEach(reader, R"(SELECT fila || ', ' || servizio || ': ne dice ' || CAST(SUM(detti) AS BIGINT) || ', sono '
                               || CAST(SUM(contati) AS BIGINT)
                        FROM (SELECT fila, servizio, numero AS detti, 0 AS contati FROM conteggi
                              UNION ALL
                              SELECT fila, servizio, 0, COUNT(*) FROM pratiche WHERE fila <> '' GROUP BY fila, servizio
                              UNION ALL
                              SELECT 'tutte', servizio, 0, COUNT(*) FROM pratiche WHERE fila <> '' GROUP BY servizio) c
                        GROUP BY fila, servizio HAVING SUM(detti) <> SUM(contati) LIMIT :most)",
             "un conteggio non torna: ", tell);
    // The year is Italy's: it begins an hour before that of Greenwich.
    tellEach(reader, R"(SELECT anno || ', ' || servizio || ': ne dice ' || CAST(SUM(detti) AS BIGINT) || ', sono '
                               || CAST(SUM(contati) AS BIGINT)
                        FROM (SELECT anno, servizio, numero AS detti, 0 AS contati FROM pratiche_per_anno
                              UNION ALL
                              SELECT CAST(SUBSTR(creata, 1, 4) AS BIGINT)
                                         + CASE WHEN SUBSTR(creata, 6, 8) = '12-31T23' THEN 1 ELSE 0 END,
                                     servizio, 0, 1
                              FROM pratiche WHERE fila <> '') c
                        GROUP BY anno, servizio HAVING SUM(detti) <> SUM(contati) LIMIT :most)",
             "il conteggio di un anno non torna: ", tell);
    tellEach(reader,
             R"(SELECT f.ordine || ', ' || f.fila || ', ' || f.servizio || ': ne dicono ' || f.somma || ', sono '
                               || COALESCE(c.contati, 0)
                        FROM (SELECT ordine, fila, servizio, CAST(SUM(numero) AS BIGINT) AS somma FROM fasce
                              GROUP BY ordine, fila, servizio) f
                        LEFT JOIN (SELECT fila, servizio, COUNT(*) AS contati FROM pratiche GROUP BY fila, servizio
                                   UNION ALL
                                   SELECT 'tutte', servizio, COUNT(*) FROM pratiche WHERE fila <> '' GROUP BY servizio) c
                               ON c.fila = f.fila AND c.servizio = f.servizio
                        WHERE f.somma <> COALESCE(c.contati, 0) LIMIT :most)",
             "le fasce di un elenco non tornano: ", tell);
}

void checkRicerca(Reader& reader, const Tell& tell)
{
    long long found = 0;
    long long there = 0;
    Sql(reader,
        reader.kind() == Kind::Sqlite ? "SELECT COUNT(*) FROM ricerche_docsize" : "SELECT COUNT(*) FROM ricerche")
        .into(found)
        .next();
    Sql(reader, "SELECT COUNT(*) FROM pratiche WHERE fila <> ''").into(there).next();
    if (found != there)
        tell("la ricerca conosce " + std::to_string(found) + " pratiche, ma sono " + std::to_string(there));
}

void checkRiferimenti(Reader& reader, const Tell& tell)
{
    for (const Riferimento& r : kRiferimenti) {
        const std::string table = r.table;
        const std::string column = r.column;
        const std::string target = r.target;
        tellEach(reader,
                 "SELECT t." + column + " FROM " + table + " t WHERE t." + column +
                     " <> '' AND NOT EXISTS (SELECT 1 FROM " + target + " o WHERE o.id = t." + column + ") LIMIT :most",
                 table + " nomina in " + target + " quel che non c'è: ", tell);
    }
    if (reader.kind() == Kind::Sqlite)
        tellEach(reader, R"(SELECT "table" || ', riga ' || COALESCE("rowid", 0) || ', verso ' || parent
                            FROM pragma_foreign_key_check LIMIT :most)",
                 "una riga nomina quel che non c'è: ", tell);
}

void checkPratiche(Reader& reader, const Tell& tell)
{
    tellEach(reader, R"(SELECT p.id FROM pratiche p
                        WHERE p.stato <> COALESCE((SELECT s.stato FROM passaggi s WHERE s.pratica = p.id
                                                   ORDER BY s.numero DESC LIMIT 1), -1)
                        LIMIT :most)",
             "l'iter non finisce nello stato della pratica ", tell);
    tellEach(reader, R"(SELECT p.id FROM pratiche p
                        WHERE p.stato NOT IN (1000, 1500)
                          AND (p.inviata IS NULL OR NOT EXISTS (SELECT 1 FROM richiedenti r WHERE r.pratica = p.id)
                               OR NOT EXISTS (SELECT 1 FROM risposte r WHERE r.pratica = p.id))
                        LIMIT :most)",
             "mancano risposte o richiedente della pratica inviata ", tell);
    tellEach(reader, R"(SELECT p.id FROM pratiche p
                        WHERE p.accettata IS NOT NULL AND NOT EXISTS (SELECT 1 FROM esiti e WHERE e.pratica = p.id)
                        LIMIT :most)",
             "manca l'esito della pratica decisa ", tell);
}

void checkLavori(Reader& reader, const Tell& tell)
{
    tellEach(reader, R"(SELECT p.id FROM pratiche p
                        WHERE p.stato IN (2000, 6000, 8000)
                          AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.pratica = p.id AND j.genere <> 'avvisa' AND j.stato <> 'fatto')
                        LIMIT :most)",
             "nessun lavoro porta avanti la pratica ", tell);
    tellEach(reader, R"(SELECT id FROM jobs WHERE stato NOT IN ('pronto', 'in_corso', 'fermo', 'fatto')
                           OR (stato = 'in_corso' AND preso_fino IS NULL) OR (stato = 'fatto' AND finito IS NULL)
                        LIMIT :most)",
             "lavoro in uno stato che non esiste: ", tell);
    tellEach(reader, R"(SELECT c.nome FROM contatori c
                        WHERE (c.nome = 'jobs' AND c.valore < (SELECT COALESCE(MAX(numero), 0) FROM jobs))
                           OR (c.nome = 'cambiamenti'
                               AND c.valore < (SELECT COALESCE(MAX(numero), 0) FROM cambiamenti))
                           OR (c.nome = 'pratiche' AND c.valore < (SELECT COALESCE(MAX(numero), 0) FROM pratiche))
                        LIMIT :most)",
             "contatore rimasto indietro: ", tell);
}

}
