#include "server/store/secondi_fattori.h"

#include "server/store/sql.h"

namespace sdc::store {
namespace {

bool runFor(Transaction& transaction, const char* text, const Id<Operatore>& id)
{
    return Sql(transaction, text).use("id", id).run() > 0;
}

}

std::optional<SecondoFattore> findSecondoFattore(Reader& reader, const Id<Operatore>& id)
{
    SecondoFattore fattore;
    Sql sql(reader, "SELECT sigillo, attivo FROM secondi_fattori WHERE operatore = :id");
    sql.use("id", id).into(fattore.sigillo).into(fattore.attivo);
    return sql.next() ? std::optional{fattore} : std::nullopt;
}

bool hasSecondoFattore(Reader& reader, const Id<Operatore>& id)
{
    const auto fattore = findSecondoFattore(reader, id);
    return fattore && fattore->attivo;
}

bool begin(Transaction& transaction, const Id<Operatore>& id, const std::string& sigillo)
{
    return Sql(transaction, R"(INSERT INTO secondi_fattori (operatore, sigillo, attivo, ultimo_passo)
                               VALUES (:id, :sigillo, 0, 0)
                               ON CONFLICT (operatore) DO UPDATE SET sigillo = excluded.sigillo, ultimo_passo = 0
                                   WHERE secondi_fattori.attivo = 0)")
               .use("id", id)
               .use("sigillo", sigillo)
               .run() > 0;
}

bool activate(Transaction& transaction, const Id<Operatore>& id, const std::string& sigillo)
{
    return Sql(transaction,
               "UPDATE secondi_fattori SET attivo = 1 WHERE operatore = :id AND sigillo = :sigillo AND attivo = 0")
               .use("id", id)
               .use("sigillo", sigillo)
               .run() > 0;
}

bool usePasso(Transaction& transaction, const Id<Operatore>& id, long long passo)
{
    return Sql(transaction,
               "UPDATE secondi_fattori SET ultimo_passo = :passo WHERE operatore = :id AND ultimo_passo < :passo")
               .use("passo", passo)
               .use("id", id)
               .run() > 0;
}

bool removeSecondoFattore(Transaction& transaction, const Id<Operatore>& id)
{
    runFor(transaction, "DELETE FROM codici_recupero WHERE operatore = :id", id);
    return runFor(transaction, "DELETE FROM secondi_fattori WHERE operatore = :id", id);
}

void setCodiciRecupero(Transaction& transaction, const Id<Operatore>& id, const std::vector<std::string>& hashes)
{
    runFor(transaction, "DELETE FROM codici_recupero WHERE operatore = :id", id);
    for (const std::string& hash : hashes) {
        Sql(transaction, "INSERT INTO codici_recupero (operatore, hash) VALUES (:id, :hash)")
            .use("id", id)
            .use("hash", hash)
            .run();
    }
}

bool useCodiceRecupero(Transaction& transaction, const Id<Operatore>& id, const std::string& hash)
{
    return Sql(transaction, "DELETE FROM codici_recupero WHERE operatore = :id AND hash = :hash")
               .use("id", id)
               .use("hash", hash)
               .run() > 0;
}

long long codiciRecupero(Reader& reader, const Id<Operatore>& id)
{
    long long count = 0;
    Sql sql(reader, "SELECT COUNT(*) FROM codici_recupero WHERE operatore = :id");
    sql.use("id", id).into(count).next();
    return count;
}

}
