#include "server/store/operatori.h"

#include "core/cittadino/cittadino.h"
#include "server/store/sql.h"

namespace sdc::store {
namespace {

std::vector<std::string> abilitazioni(Reader& reader, const Id<Operatore>& id)
{
    std::vector<std::string> servizi;
    std::string servizio;
    Sql sql(reader, "SELECT servizio FROM abilitazioni WHERE operatore = :id ORDER BY servizio");
    sql.use("id", id).into(servizio);
    while (sql.next())
        servizi.push_back(servizio);
    return servizi;
}

void intoOperatore(Sql& sql, Operatore& o, bool& amministratore)
{
    sql.into(o.id).into(o.username).into(o.nome).into(o.cognome).into(o.email);
    sql.into(amministratore).into(o.attivo).into(o.tuttiServizi);
}

void insertAbilitazioni(Transaction& transaction, const Operatore& operatore)
{
    for (const std::string& servizio : operatore.servizi) {
        Sql(transaction, "INSERT INTO abilitazioni (operatore, servizio) VALUES (:operatore, :servizio)")
            .use("operatore", operatore.id)
            .use("servizio", servizio)
            .run();
    }
}

}

std::optional<Operatore> findOperatore(Reader& reader, const Id<Operatore>& id)
{
    Operatore operatore;
    bool amministratore = false;
    {
        Sql sql(reader, R"(SELECT id, username, nome, cognome, email, amministratore, attivo, tutti_servizi
                           FROM operatori WHERE id = :id)");
        intoOperatore(sql.use("id", id), operatore, amministratore);
        if (!sql.next())
            return std::nullopt;
    }
    operatore.ruolo = amministratore ? Ruolo::Amministratore : Ruolo::Operatore;
    if (!operatore.tuttiServizi)
        operatore.servizi = abilitazioni(reader, operatore.id);
    return operatore;
}

std::optional<Credenziali> findCredenziali(Reader& reader, const std::string& username)
{
    Credenziali credenziali;
    bool amministratore = false;
    {
        Sql sql(reader, R"(SELECT id, username, nome, cognome, email, amministratore, attivo, tutti_servizi, password
                           FROM operatori WHERE username = :username)");
        intoOperatore(sql.use("username", username), credenziali.operatore, amministratore);
        if (!sql.into(credenziali.password).next())
            return std::nullopt;
    }
    credenziali.operatore.ruolo = amministratore ? Ruolo::Amministratore : Ruolo::Operatore;
    if (!credenziali.operatore.tuttiServizi)
        credenziali.operatore.servizi = abilitazioni(reader, credenziali.operatore.id);
    return credenziali;
}

std::string nomeOperatore(Reader& reader, const Id<Operatore>& id)
{
    std::string nome;
    std::string cognome;
    Sql sql(reader, "SELECT nome, cognome FROM operatori WHERE id = :id");
    return sql.use("id", id).into(nome).into(cognome).next() ? fullName(nome, cognome) : std::string{};
}

void insert(Transaction& transaction, const Operatore& operatore, const std::string& password)
{
    Sql(transaction, R"(INSERT INTO operatori (id, username, nome, cognome, email, password, amministratore, attivo,
                                               tutti_servizi)
                        VALUES (:id, :username, :nome, :cognome, :email, :password, :amministratore, :attivo, :tutti))")
        .use("id", operatore.id)
        .use("username", operatore.username)
        .use("nome", operatore.nome)
        .use("cognome", operatore.cognome)
        .use("email", operatore.email)
        .use("password", password)
        .use("amministratore", operatore.ruolo == Ruolo::Amministratore)
        .use("attivo", operatore.attivo)
        .use("tutti", operatore.tuttiServizi)
        .run();
    insertAbilitazioni(transaction, operatore);
}

std::vector<Operatore> operatori(Reader& reader)
{
    std::vector<Operatore> all;
    {
        Operatore operatore;
        bool amministratore = false;
        Sql sql(reader, R"(SELECT id, username, nome, cognome, email, amministratore, attivo, tutti_servizi
                           FROM operatori ORDER BY cognome, nome, username)");
        intoOperatore(sql, operatore, amministratore);
        while (sql.next()) {
            operatore.ruolo = amministratore ? Ruolo::Amministratore : Ruolo::Operatore;
            all.push_back(operatore);
        }
    }
    for (Operatore& operatore : all) {
        if (!operatore.tuttiServizi)
            operatore.servizi = abilitazioni(reader, operatore.id);
    }
    return all;
}

bool hold(Transaction& transaction, const Id<Operatore>& id, const std::string& password)
{
    return Sql(transaction, "UPDATE operatori SET attivo = 1 WHERE id = :id AND attivo = 1 AND password = :password")
               .use("id", id)
               .use("password", password)
               .run() > 0;
}

void save(Transaction& transaction, const Operatore& operatore)
{
    Sql(transaction, R"(UPDATE operatori SET nome = :nome, cognome = :cognome, email = :email,
                            amministratore = :amministratore, tutti_servizi = :tutti
                        WHERE id = :id)")
        .use("nome", operatore.nome)
        .use("cognome", operatore.cognome)
        .use("email", operatore.email)
        .use("amministratore", operatore.ruolo == Ruolo::Amministratore)
        .use("tutti", operatore.tuttiServizi)
        .use("id", operatore.id)
        .run();
    Sql(transaction, "DELETE FROM abilitazioni WHERE operatore = :id").use("id", operatore.id).run();
    insertAbilitazioni(transaction, operatore);
}

void setPassword(Transaction& transaction, const Id<Operatore>& id, const std::string& password)
{
    Sql(transaction, "UPDATE operatori SET password = :password WHERE id = :id")
        .use("password", password)
        .use("id", id)
        .run();
}

void setAttivo(Transaction& transaction, const Id<Operatore>& id, bool attivo)
{
    Sql(transaction, "UPDATE operatori SET attivo = :attivo WHERE id = :id").use("attivo", attivo).use("id", id).run();
}

}
