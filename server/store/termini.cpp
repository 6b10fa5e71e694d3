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

}

std::vector<Termine> currentTermini(Reader& reader)
{
    Sql sql(reader, R"(SELECT id, chiave, versione, titolo, testo, obbligatorio FROM termini t
                       WHERE versione = (SELECT MAX(versione) FROM termini u WHERE u.chiave = t.chiave)
                       ORDER BY ordine, chiave)");
    return readAll(sql);
}

std::vector<Termine> termineDaAccettare(Reader& reader, const Id<Cittadino>& cittadino)
{
    Sql sql(reader, R"(SELECT id, chiave, versione, titolo, testo, obbligatorio FROM termini t
                       WHERE versione = (SELECT MAX(versione) FROM termini u WHERE u.chiave = t.chiave)
                         AND obbligatorio <> 0
                         AND NOT EXISTS (SELECT 1 FROM accettazioni a WHERE a.termine = t.id AND a.cittadino = :cittadino)
                       ORDER BY ordine, chiave)");
    return readAll(sql.use("cittadino", cittadino));
}

std::vector<TermineAccettato> terminiAccettati(Reader& reader, const Id<Cittadino>& cittadino)
{
    std::vector<TermineAccettato> all;
    TermineAccettato one;
    Sql sql(reader, R"(SELECT t.id, t.chiave, t.versione, t.titolo, t.testo, t.obbligatorio, a.quando
                       FROM accettazioni a JOIN termini t ON t.id = a.termine
                       WHERE a.cittadino = :cittadino ORDER BY a.quando DESC, t.ordine)");
    intoTermine(sql.use("cittadino", cittadino), one.termine);
    sql.into(one.quando);
    while (sql.next())
        all.push_back(one);
    return all;
}

void accept(Transaction& transaction, const Id<Cittadino>& cittadino, const std::string& termine, Instant now)
{
    Sql(transaction, R"(INSERT INTO accettazioni (cittadino, termine, quando) VALUES (:cittadino, :termine, :quando)
                        ON CONFLICT (cittadino, termine) DO NOTHING)")
        .use("cittadino", cittadino)
        .use("termine", termine)
        .use("quando", now)
        .run();
}

void importTermine(Transaction& transaction, const Termine& termine, Instant now)
{
    int versione = 0;
    std::string titolo;
    std::string testo;
    {
        Sql sql(transaction,
                "SELECT versione, titolo, testo FROM termini WHERE chiave = :chiave ORDER BY versione DESC LIMIT 1");
        sql.use("chiave", termine.chiave).into(versione).into(titolo).into(testo).next();
    }
    if (titolo == termine.titolo && testo == termine.testo)
        return;
    Sql(transaction, R"(INSERT INTO termini (id, chiave, versione, ordine, titolo, testo, obbligatorio, dal)
                        VALUES (:id, :chiave, :versione, (SELECT COUNT(*) FROM termini), :titolo, :testo, :obbligatorio, :dal))")
        .use("id", newId())
        .use("chiave", termine.chiave)
        .use("versione", versione + 1)
        .use("titolo", termine.titolo)
        .use("testo", termine.testo)
        .use("obbligatorio", termine.obbligatorio)
        .use("dal", now)
        .run();
}

}
