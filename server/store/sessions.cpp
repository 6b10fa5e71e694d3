#include "server/store/sessions.h"

#include "server/store/sql.h"

namespace sdc::store {
namespace {

const char* name(TipoSessione tipo)
{
    return tipo == TipoSessione::Cittadino ? "cittadino" : "operatore";
}

void intoSessione(Sql& sql, Sessione& s)
{
    sql.into(s.hash).into(s.soggetto).into(s.vista).into(s.scade).into(s.creata);
    sql.into(s.metodo).into(s.livello).into(s.dispositivo);
}

std::optional<Sessione> read(Sql& sql, TipoSessione tipo)
{
    Sessione sessione;
    sessione.tipo = tipo;
    intoSessione(sql, sessione);
    return sql.next() ? std::optional{sessione} : std::nullopt;
}

}

void insert(Transaction& transaction, const Sessione& sessione, Instant now)
{
    Sql(transaction,
        R"(INSERT INTO sessioni (hash, tipo, soggetto, creata, vista, scade, metodo, livello, dispositivo)
                        VALUES (:hash, :tipo, :soggetto, :creata, :vista, :scade, :metodo, :livello, :dispositivo))")
        .use("hash", sessione.hash)
        .use("tipo", name(sessione.tipo))
        .use("soggetto", sessione.soggetto)
        .use("creata", now)
        .use("vista", sessione.vista)
        .use("scade", sessione.scade)
        .use("metodo", sessione.metodo)
        .use("livello", sessione.livello)
        .use("dispositivo", sessione.dispositivo)
        .run();
}

std::optional<Sessione> findSessione(Reader& reader, const std::string& hash, TipoSessione tipo, Instant now)
{
    Sql sql(reader, R"(SELECT hash, soggetto, vista, scade, creata, metodo, livello, dispositivo
                       FROM sessioni WHERE hash = :hash AND tipo = :tipo AND scade > :now)");
    return read(sql.use("hash", hash).use("tipo", name(tipo)).use("now", now), tipo);
}

std::optional<Sessione> findAnySessione(Reader& reader, const std::string& hash, TipoSessione tipo)
{
    Sql sql(reader, R"(SELECT hash, soggetto, vista, scade, creata, metodo, livello, dispositivo
                       FROM sessioni WHERE hash = :hash AND tipo = :tipo)");
    return read(sql.use("hash", hash).use("tipo", name(tipo)), tipo);
}

std::vector<std::string> sessioniOf(Reader& reader, const std::string& soggetto, TipoSessione tipo)
{
    std::vector<std::string> hashes;
    std::string hash;
    Sql sql(reader, "SELECT hash FROM sessioni WHERE soggetto = :soggetto AND tipo = :tipo ORDER BY creata, hash");
    sql.use("soggetto", soggetto).use("tipo", name(tipo)).into(hash);
    while (sql.next())
        hashes.push_back(hash);
    return hashes;
}

std::vector<Sessione> sessioniAperte(Reader& reader, const std::string& soggetto, TipoSessione tipo, Instant now)
{
    std::vector<Sessione> all;
    Sessione one;
    one.tipo = tipo;
    Sql sql(reader, R"(SELECT hash, soggetto, vista, scade, creata, metodo, livello, dispositivo
                       FROM sessioni WHERE soggetto = :soggetto AND tipo = :tipo AND scade > :now
                       ORDER BY vista DESC, creata DESC, hash)");
    intoSessione(sql.use("soggetto", soggetto).use("tipo", name(tipo)).use("now", now), one);
    while (sql.next())
        all.push_back(one);
    return all;
}

void extend(Transaction& transaction, const Sessione& read, Instant seen, Instant expires)
{
    Sql(transaction, "UPDATE sessioni SET vista = :vista, scade = :scade WHERE hash = :hash AND scade = :letta")
        .use("vista", seen)
        .use("scade", expires)
        .use("hash", read.hash)
        .use("letta", read.scade)
        .run();
}

void endSessione(Transaction& transaction, const std::string& hash, Instant now)
{
    Sql(transaction, "UPDATE sessioni SET scade = :now WHERE hash = :hash AND scade > :now")
        .use("now", now)
        .use("hash", hash)
        .run();
}

long long endSessioni(Transaction& transaction, const std::string& soggetto, TipoSessione tipo, const std::string& kept,
                      Instant now)
{
    return Sql(transaction, R"(UPDATE sessioni SET scade = :now
                               WHERE soggetto = :soggetto AND tipo = :tipo AND scade > :now AND hash <> :tranne)")
        .use("now", now)
        .use("soggetto", soggetto)
        .use("tipo", name(tipo))
        .use("tranne", kept)
        .run();
}

void removeExpired(Transaction& transaction, Instant before, Instant now)
{
    Sql(transaction, "DELETE FROM sessioni WHERE scade < :prima").use("prima", before).run();
    Sql(transaction, "DELETE FROM parcheggi WHERE scade < :ora").use("ora", now).run();
    Sql(transaction, "DELETE FROM tentativi WHERE quando < :prima").use("prima", before).run();
}

void endFutureSessions(Transaction& transaction, const Limiti& limiti, TipoSessione tipo, std::chrono::seconds lasts)
{
    Sql(transaction, R"(UPDATE sessioni SET scade = :now
                        WHERE tipo = :tipo AND scade > :now AND (vista > :presente OR scade > :limite))")
        .use("now", limiti.now)
        .use("tipo", name(tipo))
        .use("presente", limiti.after(std::chrono::seconds{0}))
        .use("limite", limiti.after(lasts))
        .run();
}

void pullBackAttempts(Transaction& transaction, const Limiti& limiti, std::chrono::seconds parked)
{
    Sql(transaction, "DELETE FROM tentativi WHERE quando > :presente")
        .use("presente", limiti.after(std::chrono::seconds{0}))
        .run();
    Sql(transaction, "UPDATE parcheggi SET scade = :fino WHERE scade > :limite")
        .use("fino", limiti.now + parked)
        .use("limite", limiti.after(parked))
        .run();
}

long long countAttempt(Transaction& transaction, const std::string& chiave, Instant now, Instant since)
{
    Sql(transaction, "INSERT INTO tentativi (chiave, quando) VALUES (:chiave, :quando)")
        .use("chiave", chiave)
        .use("quando", now)
        .run();
    return attempts(transaction, chiave, since);
}

long long attempts(Reader& reader, const std::string& chiave, Instant since)
{
    long long count = 0;
    Sql sql(reader, "SELECT COUNT(*) FROM tentativi WHERE chiave = :chiave AND quando > :dopo");
    sql.use("chiave", chiave).use("dopo", since).into(count).next();
    return count;
}

void forgetAttempts(Transaction& transaction, const std::string& chiave)
{
    Sql(transaction, "DELETE FROM tentativi WHERE chiave = :chiave").use("chiave", chiave).run();
}

void park(Transaction& transaction, const std::string& id, const std::string& sealed, Instant expires)
{
    Sql(transaction, "INSERT INTO parcheggi (id, sigillo, scade) VALUES (:id, :sigillo, :scade)")
        .use("id", id)
        .use("sigillo", sealed)
        .use("scade", expires)
        .run();
}

std::optional<std::string> findParked(Reader& reader, const std::string& id, Instant now)
{
    std::string sealed;
    Sql sql(reader, "SELECT sigillo FROM parcheggi WHERE id = :id AND scade > :now");
    return sql.use("id", id).use("now", now).into(sealed).next() ? std::optional{sealed} : std::nullopt;
}

void removeParked(Transaction& transaction, const std::string& id)
{
    Sql(transaction, "DELETE FROM parcheggi WHERE id = :id").use("id", id).run();
}

}
