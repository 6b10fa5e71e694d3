#include "server/store/termini.h"

#include "server/store/ids.h"
#include "server/store/sql.h"

namespace sdc::store {
namespace {

void intoTermine(Sql& sql, Termine& t)
{
    sql.into(t.id).into(t.chiave).into(t.versione).into(t.titolo).into(t.testo).into(t.obbligatorio);
}

std::vector<Termine> readAll(Sql& sql)
{
    std::vector<Termine> all;
    Termine termine;
    intoTermine(sql, termine);
    while (sql.next())
        all.push_back(termine);
    return all;
}

/// The newest version of a text; version 0 where there is none.
struct Ultima
{
    Termine termine;
    /// The text's place: a new version keeps it, a new text comes last.
    long long ordine = 0;
    std::optional<Instant> ritirato;
};

Ultima lastOf(Reader& reader, const std::string& chiave)
{
    Ultima last;
    last.termine.versione = 0;
    {
        Sql sql(reader, R"(SELECT id, chiave, versione, titolo, testo, obbligatorio, ordine, ritirato
                           FROM termini WHERE chiave = :chiave ORDER BY versione DESC LIMIT 1)");
        intoTermine(sql.use("chiave", chiave), last.termine);
        if (sql.into(last.ordine).into(last.ritirato).next())
            return last;
    }
    Sql count(reader, "SELECT COUNT(*) FROM termini");
    count.into(last.ordine).next();
    return last;
}

}

std::vector<Termine> currentTermini(Reader& reader)
{
    Sql sql(reader, R"(SELECT id, chiave, versione, titolo, testo, obbligatorio FROM termini t
                       WHERE versione = (SELECT MAX(versione) FROM termini u WHERE u.chiave = t.chiave)
                         AND ritirato IS NULL
                       ORDER BY ordine, chiave)");
    return readAll(sql);
}

std::vector<Termine> termineDaAccettare(Reader& reader, const Id<Cittadino>& cittadino)
{
    Sql sql(reader, R"(SELECT id, chiave, versione, titolo, testo, obbligatorio FROM termini t
                       WHERE versione = (SELECT MAX(versione) FROM termini u WHERE u.chiave = t.chiave)
                         AND obbligatorio <> 0 AND ritirato IS NULL
                         AND NOT EXISTS (SELECT 1 FROM accettazioni a WHERE a.termine = t.id AND a.cittadino = :cittadino)
                       ORDER BY ordine, chiave)");
    return readAll(sql.use("cittadino", cittadino));
}

std::vector<Termine> terminiFacoltativi(Reader& reader, const Id<Cittadino>& cittadino)
{
    Sql sql(reader, R"(SELECT id, chiave, versione, titolo, testo, obbligatorio FROM termini t
                       WHERE versione = (SELECT MAX(versione) FROM termini u WHERE u.chiave = t.chiave)
                         AND obbligatorio = 0 AND ritirato IS NULL
                         AND NOT EXISTS (SELECT 1 FROM accettazioni a WHERE a.termine = t.id AND a.cittadino = :cittadino
                                             AND a.revocata IS NULL)
                       ORDER BY ordine, chiave)");
    return readAll(sql.use("cittadino", cittadino));
}

std::vector<TermineAccettato> terminiAccettati(Reader& reader, const Id<Cittadino>& cittadino)
{
    std::vector<TermineAccettato> all;
    TermineAccettato one;
    Sql sql(reader, R"(SELECT t.id, t.chiave, t.versione, t.titolo, t.testo, t.obbligatorio, a.quando, a.revocata
                       FROM accettazioni a JOIN termini t ON t.id = a.termine
                       WHERE a.cittadino = :cittadino ORDER BY a.quando DESC, t.ordine, t.versione DESC)");
    intoTermine(sql.use("cittadino", cittadino), one.termine);
    sql.into(one.quando).into(one.revocata);
    while (sql.next())
        all.push_back(one);
    return all;
}

std::vector<VersioneTermine> versioniTermini(Reader& reader)
{
    std::vector<VersioneTermine> all;
    VersioneTermine one;
    Sql sql(reader, R"(SELECT t.id, t.chiave, t.versione, t.titolo, t.testo, t.obbligatorio, t.dal, t.ritirato,
                              (SELECT COUNT(*) FROM accettazioni a WHERE a.termine = t.id)
                       FROM termini t ORDER BY t.ordine, t.chiave, t.versione)");
    intoTermine(sql, one.termine);
    sql.into(one.dal).into(one.ritirato).into(one.accettazioni);
    while (sql.next())
        all.push_back(one);
    return all;
}

void accept(Transaction& transaction, const Id<Cittadino>& cittadino, const std::string& termine, Instant now)
{
    Sql(transaction, R"(INSERT INTO accettazioni (cittadino, termine, quando) VALUES (:cittadino, :termine, :quando)
                        ON CONFLICT (cittadino, termine) DO UPDATE SET quando = excluded.quando, revocata = NULL
                            WHERE accettazioni.revocata IS NOT NULL)")
        .use("cittadino", cittadino)
        .use("termine", termine)
        .use("quando", now)
        .run();
}

bool revoke(Transaction& transaction, const Id<Cittadino>& cittadino, const std::string& termine, Instant now)
{
    return Sql(transaction, R"(UPDATE accettazioni SET revocata = :now
                               WHERE cittadino = :cittadino AND termine = :termine AND revocata IS NULL
                                 AND EXISTS (SELECT 1 FROM termini t WHERE t.id = :termine AND t.obbligatorio = 0))")
               .use("now", now)
               .use("cittadino", cittadino)
               .use("termine", termine)
               .run() > 0;
}

bool importTermine(Transaction& transaction, const Termine& termine, Instant now)
{
    const Ultima last = lastOf(transaction, termine.chiave);
    const bool same = last.termine.titolo == termine.titolo && last.termine.testo == termine.testo &&
                      last.termine.obbligatorio == termine.obbligatorio && !last.ritirato;
    if (same && last.termine.versione > 0)
        return false;
    Sql(transaction, R"(INSERT INTO termini (id, chiave, versione, ordine, titolo, testo, obbligatorio, dal)
                        VALUES (:id, :chiave, :versione, :ordine, :titolo, :testo, :obbligatorio, :dal))")
        .use("id", newId())
        .use("chiave", termine.chiave)
        .use("versione", last.termine.versione + 1)
        .use("ordine", last.ordine)
        .use("titolo", termine.titolo)
        .use("testo", termine.testo)
        .use("obbligatorio", termine.obbligatorio)
        .use("dal", now)
        .run();
    return true;
}

bool withdrawTermine(Transaction& transaction, const std::string& chiave, Instant now)
{
    return Sql(transaction, R"(UPDATE termini SET ritirato = :now
                               WHERE chiave = :chiave AND ritirato IS NULL
                                 AND versione = (SELECT MAX(versione) FROM termini u WHERE u.chiave = :chiave))")
               .use("now", now)
               .use("chiave", chiave)
               .run() > 0;
}

}
