#include "server/store/identita.h"

#include "server/store/sql.h"

namespace sdc::store {
namespace {

const char* name(GenereRichiesta genere)
{
    return genere == GenereRichiesta::Accesso ? "accesso" : "uscita";
}

}

std::optional<ServiceProvider> findServiceProvider(Reader& reader)
{
    ServiceProvider found;
    Sql sql(reader, R"(SELECT entity_id, chiave, certificato, metadata_spid, metadata_cie FROM service_provider
                       WHERE numero = 1)");
    sql.into(found.entityId).into(found.chiave).into(found.certificato);
    sql.into(found.metadataSpid).into(found.metadataCie);
    return sql.next() ? std::optional{found} : std::nullopt;
}

void save(Transaction& transaction, const ServiceProvider& provider, Instant now)
{
    Sql(transaction,
        R"(INSERT INTO service_provider (numero, entity_id, chiave, certificato, metadata_spid, metadata_cie, creato)
           VALUES (1, :entity, :chiave, :certificato, :spid, :cie, :creato)
           ON CONFLICT (numero) DO UPDATE SET entity_id = excluded.entity_id, chiave = excluded.chiave,
               certificato = excluded.certificato, metadata_spid = excluded.metadata_spid,
               metadata_cie = excluded.metadata_cie, creato = excluded.creato)")
        .use("entity", provider.entityId)
        .use("chiave", provider.chiave)
        .use("certificato", provider.certificato)
        .use("spid", provider.metadataSpid)
        .use("cie", provider.metadataCie)
        .use("creato", now)
        .run();
}

void keep(Transaction& transaction, const RichiestaIdp& richiesta)
{
    Sql(transaction,
        R"(INSERT INTO richieste_idp (id, genere, dati, browser, relay_state, ritorno, sessione, messaggio, scade)
                        VALUES (:id, :genere, :dati, :browser, :relay, :ritorno, :sessione, :messaggio, :scade))")
        .use("id", richiesta.id)
        .use("genere", name(richiesta.genere))
        .use("dati", richiesta.dati)
        .use("browser", richiesta.browser)
        .use("relay", richiesta.relayState)
        .use("ritorno", richiesta.ritorno)
        .use("sessione", richiesta.sessione)
        .use("messaggio", richiesta.messaggio)
        .use("scade", richiesta.scade)
        .run();
}

std::optional<RichiestaIdp> take(Transaction& transaction, const Riscontro& riscontro, Instant now)
{
    RichiestaIdp taken;
    taken.id = riscontro.id;
    taken.genere = riscontro.genere;
    taken.browser = riscontro.browser;
    taken.relayState = riscontro.relayState;
    Sql sql(transaction, R"(DELETE FROM richieste_idp
                            WHERE id = :id AND genere = :genere AND browser = :browser AND relay_state = :relay
                                AND scade > :now
                            RETURNING dati, ritorno, sessione, messaggio, scade)");
    sql.use("id", riscontro.id).use("genere", name(riscontro.genere)).use("browser", riscontro.browser);
    sql.use("relay", riscontro.relayState).use("now", now);
    sql.into(taken.dati).into(taken.ritorno).into(taken.sessione).into(taken.messaggio).into(taken.scade);
    return sql.next() ? std::optional{taken} : std::nullopt;
}

bool useAsserzione(Transaction& transaction, const std::string& idp, const std::string& id, Instant fino)
{
    return Sql(transaction, R"(INSERT INTO asserzioni_usate (idp, id, scade) VALUES (:idp, :id, :scade)
                               ON CONFLICT (idp, id) DO NOTHING)")
               .use("idp", idp)
               .use("id", id)
               .use("scade", fino)
               .run() == 1;
}

void insert(Transaction& transaction, const SessioneIdp& sessione)
{
    Sql(transaction, R"(INSERT INTO sessioni_idp (sessione, idp, name_id, name_qualifier, session_index)
                        VALUES (:sessione, :idp, :name, :qualifier, :indice))")
        .use("sessione", sessione.sessione)
        .use("idp", sessione.idp)
        .use("name", sessione.nameId)
        .use("qualifier", sessione.nameQualifier)
        .use("indice", sessione.sessionIndex)
        .run();
}

std::optional<SessioneIdp> findSessioneIdp(Reader& reader, const std::string& sessione)
{
    SessioneIdp found;
    found.sessione = sessione;
    Sql sql(reader, "SELECT idp, name_id, name_qualifier, session_index FROM sessioni_idp WHERE sessione = :sessione");
    sql.use("sessione", sessione).into(found.idp).into(found.nameId).into(found.nameQualifier);
    sql.into(found.sessionIndex);
    return sql.next() ? std::optional{found} : std::nullopt;
}

std::vector<std::string> sessioniOf(Reader& reader, const std::string& idp, const std::string& nameId,
                                    const std::string& sessionIndex)
{
    std::vector<std::string> hashes;
    std::string hash;
    Sql sql(reader, R"(SELECT sessione FROM sessioni_idp
                       WHERE idp = :idp AND name_id = :name AND (session_index = :indice OR :tutte = 1)
                       ORDER BY sessione)");
    sql.use("idp", idp).use("name", nameId).use("indice", sessionIndex).use("tutte", sessionIndex.empty());
    sql.into(hash);
    while (sql.next())
        hashes.push_back(hash);
    return hashes;
}

void forgetIdentita(Transaction& transaction, Instant now)
{
    Sql(transaction, "DELETE FROM richieste_idp WHERE scade < :ora").use("ora", now).run();
    Sql(transaction, "DELETE FROM asserzioni_usate WHERE scade < :ora").use("ora", now).run();
    Sql(transaction, R"(DELETE FROM sessioni_idp
                        WHERE NOT EXISTS (SELECT 1 FROM sessioni WHERE hash = sessioni_idp.sessione))")
        .run();
}

}
