#include "tests/support/rows.h"

#include "server/store/cittadini.h"
#include "server/store/ids.h"
#include "server/store/operatori.h"
#include "server/store/pratiche.h"
#include "server/store/registro.h"
#include "server/store/servizi.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"

namespace sdc::tests {

void addServizio(store::Database& database, const std::string& json)
{
    store::Transaction transaction(database);
    store::importServizio(transaction, json, instant("2026-01-01T00:00:00Z"));
    transaction.commit();
}

Cittadino addCittadino(store::Database& database, const Cittadino& cittadino)
{
    store::Transaction transaction(database);
    store::insert(transaction, cittadino);
    transaction.commit();
    return cittadino;
}

Operatore addOperatore(store::Database& database, const Operatore& operatore)
{
    store::Transaction transaction(database);
    store::insert(transaction, operatore, "");
    transaction.commit();
    return operatore;
}

Pratica addBozza(store::Database& database, const Cittadino& cittadino, const std::string& servizio, Instant creata)
{
    store::Transaction transaction(database);
    const auto attuale = store::findServizio(transaction, servizio).value();
    Pratica::Fields fields;
    fields.id = Id<Pratica>{store::newId()};
    fields.servizio = servizio;
    fields.definizione = attuale.definizione->id;
    fields.cittadino = cittadino.id;
    fields.creata = creata;
    fields.passo = "istruzioni";
    const Pratica pratica = Pratica::start(std::move(fields));
    store::insert(transaction, pratica, attuale.definizione->servizio, cittadino.cognome + " " + cittadino.nome);
    transaction.commit();
    return store::pratica(database, pratica.id());
}

Pratica change(store::Database& database, const Id<Pratica>& id, const std::function<void(Pratica&)>& verb)
{
    store::Transaction transaction(database);
    Pratica pratica = store::pratica(transaction, id);
    verb(pratica);
    store::save(transaction, pratica);
    transaction.commit();
    return store::pratica(database, id);
}

Pratica send(store::Database& database, const Id<Pratica>& id, const Cittadino& cittadino, Instant when)
{
    store::Transaction transaction(database);
    Pratica pratica = store::pratica(transaction, id);
    pratica.submit(when);
    const auto definizione = store::definizione(transaction, pratica.fields().definizione);
    store::setListed(transaction, pratica, definizione->servizio, cittadino);
    store::insertRichiedente(transaction, id, cittadino);
    store::save(transaction, pratica);
    transaction.commit();
    return store::pratica(database, id);
}

Pratica registerIt(store::Database& database, const Id<Pratica>& id, Instant when)
{
    store::Transaction transaction(database);
    Pratica pratica = store::pratica(transaction, id);
    const auto numero = store::registra(
        transaction, {"modulo:" + id.text(), store::Verso::Entrata, id, "Rossi Mario", "Prova", {}}, when);
    pratica.assignProtocollo(numero, when);
    store::save(transaction, pratica);
    transaction.commit();
    return store::pratica(database, id);
}

long long numberOf(store::Reader& reader, const char* sql)
{
    long long number = 0;
    store::Sql query(reader, sql);
    query.into(number).next();
    return number;
}

}
