#include "server/store/conferme.h"

#include "server/store/sql.h"

namespace sdc::store {
namespace {

std::optional<ConfermaEmail> readConferma(Sql& sql)
{
    ConfermaEmail c;
    sql.into(c.cittadino).into(c.hash).into(c.email).into(c.creata).into(c.scade).into(c.respinta);
    return sql.next() ? std::optional{c} : std::nullopt;
}

}

std::optional<EmailConfermata> emailConfermata(Reader& reader, const Id<Cittadino>& cittadino)
{
    EmailConfermata confermata;
    Sql sql(reader, "SELECT email, quando FROM email_confermate WHERE cittadino = :cittadino");
    sql.use("cittadino", cittadino).into(confermata.email).into(confermata.quando);
    return sql.next() ? std::optional{confermata} : std::nullopt;
}

void confirmEmail(Transaction& transaction, const Id<Cittadino>& cittadino, const EmailConfermata& confermata)
{
    Sql(transaction, R"(INSERT INTO email_confermate (cittadino, email, quando) VALUES (:cittadino, :email, :quando)
                        ON CONFLICT (cittadino) DO UPDATE SET email = excluded.email, quando = excluded.quando)")
        .use("cittadino", cittadino)
        .use("email", confermata.email)
        .use("quando", confermata.quando)
        .run();
}

std::optional<ConfermaEmail> findConferma(Reader& reader, const Id<Cittadino>& cittadino)
{
    Sql sql(reader, R"(SELECT cittadino, hash, email, creata, scade, respinta FROM conferme_email
                       WHERE cittadino = :cittadino)");
    return readConferma(sql.use("cittadino", cittadino));
}

std::optional<ConfermaEmail> findConfermaByHash(Reader& reader, const std::string& hash, Instant now)
{
    Sql sql(reader, R"(SELECT cittadino, hash, email, creata, scade, respinta FROM conferme_email
                       WHERE hash = :hash AND scade > :now)");
    return readConferma(sql.use("hash", hash).use("now", now));
}

void save(Transaction& transaction, const ConfermaEmail& conferma)
{
    Sql(transaction, R"(INSERT INTO conferme_email (cittadino, hash, email, creata, scade, respinta)
                        VALUES (:cittadino, :hash, :email, :creata, :scade, :respinta)
                        ON CONFLICT (cittadino) DO UPDATE SET hash = excluded.hash, email = excluded.email,
                            creata = excluded.creata, scade = excluded.scade, respinta = excluded.respinta)")
        .use("cittadino", conferma.cittadino)
        .use("hash", conferma.hash)
        .use("email", conferma.email)
        .use("creata", conferma.creata)
        .use("scade", conferma.scade)
        .use("respinta", conferma.respinta)
        .run();
}

bool removeConferma(Transaction& transaction, const std::string& hash)
{
    return Sql(transaction, "DELETE FROM conferme_email WHERE hash = :hash").use("hash", hash).run() > 0;
}

void removeConferme(Transaction& transaction, const Id<Cittadino>& cittadino)
{
    Sql(transaction, "DELETE FROM conferme_email WHERE cittadino = :cittadino").use("cittadino", cittadino).run();
}

void markRespinta(Transaction& transaction, const std::string& hash)
{
    Sql(transaction, "UPDATE conferme_email SET respinta = 1 WHERE hash = :hash").use("hash", hash).run();
}

void forgetConferme(Transaction& transaction, Instant now)
{
    Sql(transaction, "DELETE FROM conferme_email WHERE scade < :now").use("now", now).run();
}

}
