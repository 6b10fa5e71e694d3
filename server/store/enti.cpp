#include "server/store/enti.h"

#include "server/store/sql.h"

namespace sdc::store {
namespace {

void intoEnte(Sql& sql, Ente& ente)
{
    sql.into(ente.slug).into(ente.nome).into(ente.appartenenza).into(ente.codiceIpa).into(ente.codiceMeccanografico);
    sql.into(ente.indirizzo).into(ente.telefono).into(ente.fax).into(ente.codiceFiscale);
    sql.into(ente.email).into(ente.pec).into(ente.stemma);
}

}

std::string versioneEnti(Reader& reader)
{
    long long count = 0;
    std::string last;
    Sql sql(reader, "SELECT COUNT(*), COALESCE(MAX(creato), '') FROM enti");
    sql.into(count).into(last).next();
    return std::to_string(count) + " " + last;
}

std::vector<Ente> enti(Reader& reader)
{
    std::vector<Ente> all;
    Ente ente;
    Sql sql(reader, R"(SELECT slug, nome, appartenenza, codice_ipa, codice_meccanografico, indirizzo, telefono, fax,
                              codice_fiscale, email, pec, stemma FROM enti ORDER BY nome)");
    intoEnte(sql, ente);
    while (sql.next())
        all.push_back(ente);
    return all;
}

std::optional<Ente> findEnte(Reader& reader, const std::string& slug)
{
    Ente ente;
    Sql sql(reader, R"(SELECT slug, nome, appartenenza, codice_ipa, codice_meccanografico, indirizzo, telefono, fax,
                              codice_fiscale, email, pec, stemma FROM enti WHERE slug = :slug)");
    intoEnte(sql.use("slug", slug), ente);
    return sql.next() ? std::optional{ente} : std::nullopt;
}

void save(Transaction& transaction, const Ente& ente, Instant now)
{
    Sql(transaction,
        R"(INSERT INTO enti (slug, nome, appartenenza, codice_ipa, codice_meccanografico, indirizzo, telefono,
                                          fax, codice_fiscale, email, pec, stemma, creato)
                        VALUES (:slug, :nome, :appartenenza, :ipa, :meccanografico, :indirizzo, :telefono, :fax, :cf,
                                :email, :pec, :stemma, :creato)
                        ON CONFLICT (slug) DO UPDATE SET nome = excluded.nome, appartenenza = excluded.appartenenza,
                            codice_ipa = excluded.codice_ipa, codice_meccanografico = excluded.codice_meccanografico,
                            indirizzo = excluded.indirizzo, telefono = excluded.telefono, fax = excluded.fax,
                            codice_fiscale = excluded.codice_fiscale, email = excluded.email, pec = excluded.pec,
                            stemma = excluded.stemma)")
        .use("slug", ente.slug)
        .use("nome", ente.nome)
        .use("appartenenza", ente.appartenenza)
        .use("ipa", ente.codiceIpa)
        .use("meccanografico", ente.codiceMeccanografico)
        .use("indirizzo", ente.indirizzo)
        .use("telefono", ente.telefono)
        .use("fax", ente.fax)
        .use("cf", ente.codiceFiscale)
        .use("email", ente.email)
        .use("pec", ente.pec)
        .use("stemma", ente.stemma)
        .use("creato", now)
        .run();
}

}
