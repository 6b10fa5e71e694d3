#include "server/store/cittadini.h"

#include "core/base/error.h"
#include "server/store/sql.h"

namespace sdc::store {
namespace {

void intoIndirizzo(Sql& sql, Indirizzo& indirizzo)
{
    sql.into(indirizzo.via).into(indirizzo.cap).into(indirizzo.citta).into(indirizzo.provincia).into(indirizzo.stato);
}

std::optional<Cittadino> read(Sql& sql)
{
    Cittadino c;
    sql.into(c.id).into(c.codiceFiscale).into(c.nome).into(c.cognome).into(c.luogoNascita).into(c.dataNascita);
    sql.into(c.email).into(c.cellulare);
    intoIndirizzo(sql, c.residenza);
    intoIndirizzo(sql, c.domicilio);
    sql.into(c.confermato).into(c.versione).into(c.nascitaDichiarata);
    return sql.next() ? std::optional{c} : std::nullopt;
}

Sql& useAll(Sql& sql, const Cittadino& c)
{
    sql.use("id", c.id).use("nome", c.nome).use("cognome", c.cognome).use("luogo", c.luogoNascita);
    sql.use("data", c.dataNascita).use("email", c.email).use("cellulare", c.cellulare);
    sql.use("rvia", c.residenza.via).use("rcap", c.residenza.cap).use("rcitta", c.residenza.citta);
    sql.use("rprovincia", c.residenza.provincia).use("rstato", c.residenza.stato);
    sql.use("dvia", c.domicilio.via).use("dcap", c.domicilio.cap).use("dcitta", c.domicilio.citta);
    sql.use("dprovincia", c.domicilio.provincia).use("dstato", c.domicilio.stato);
    sql.use("dichiarata", c.nascitaDichiarata);
    return sql.use("confermato", c.confermato).use("versione", c.versione);
}

}

std::optional<Cittadino> findCittadino(Reader& reader, const Id<Cittadino>& id)
{
    Sql sql(reader, R"(SELECT id, codice_fiscale, nome, cognome, luogo_nascita, data_nascita, email, cellulare,
                              residenza_via, residenza_cap, residenza_citta, residenza_provincia, residenza_stato,
                              domicilio_via, domicilio_cap, domicilio_citta, domicilio_provincia, domicilio_stato,
                              confermato, versione, nascita_dichiarata
                       FROM cittadini WHERE id = :id)");
    return read(sql.use("id", id));
}

std::optional<Cittadino> findCittadinoByCodiceFiscale(Reader& reader, const std::string& codiceFiscale)
{
    Sql sql(reader, R"(SELECT id, codice_fiscale, nome, cognome, luogo_nascita, data_nascita, email, cellulare,
                              residenza_via, residenza_cap, residenza_citta, residenza_provincia, residenza_stato,
                              domicilio_via, domicilio_cap, domicilio_citta, domicilio_provincia, domicilio_stato,
                              confermato, versione, nascita_dichiarata
                       FROM cittadini WHERE codice_fiscale = :cf)");
    return read(sql.use("cf", codiceFiscale));
}

bool insert(Transaction& transaction, const Cittadino& cittadino)
{
    Sql sql(transaction,
            R"(INSERT INTO cittadini (id, codice_fiscale, nome, cognome, luogo_nascita, data_nascita, email,
                                cellulare, residenza_via, residenza_cap, residenza_citta, residenza_provincia,
                                residenza_stato, domicilio_via, domicilio_cap, domicilio_citta, domicilio_provincia,
                                domicilio_stato, confermato, versione, nascita_dichiarata)
                            VALUES (:id, :cf, :nome, :cognome, :luogo, :data, :email, :cellulare, :rvia, :rcap, :rcitta,
                                :rprovincia, :rstato, :dvia, :dcap, :dcitta, :dprovincia, :dstato, :confermato, :versione, :dichiarata)
                            ON CONFLICT (codice_fiscale) DO NOTHING)");
    return useAll(sql, cittadino).use("cf", cittadino.codiceFiscale).run() == 1;
}

void save(Transaction& transaction, const Cittadino& cittadino)
{
    Sql sql(transaction, R"(UPDATE cittadini SET nome = :nome, cognome = :cognome, luogo_nascita = :luogo,
                                data_nascita = :data, nascita_dichiarata = :dichiarata, email = :email, cellulare = :cellulare, residenza_via = :rvia,
                                residenza_cap = :rcap, residenza_citta = :rcitta, residenza_provincia = :rprovincia,
                                residenza_stato = :rstato, domicilio_via = :dvia, domicilio_cap = :dcap,
                                domicilio_citta = :dcitta, domicilio_provincia = :dprovincia, domicilio_stato = :dstato,
                                confermato = :confermato, versione = versione + 1
                            WHERE id = :id AND versione = :versione)");
    if (useAll(sql, cittadino).run() == 0)
        throw Conflict("Il profilo è stato modificato nel frattempo da un'altra finestra: ricarica la pagina.");
}

}
