#include "server/store/accessi.h"

#include "server/store/contatori.h"
#include "server/store/sql.h"

namespace sdc::store {

void lockAccessi(Transaction& transaction)
{
    nextValue(transaction, "accessi");
}

void insert(Transaction& transaction, const TentativoAccesso& tentativo, Instant now)
{
    Sql(transaction, "INSERT INTO accessi_falliti (id, nome, rete, quando) VALUES (:id, :nome, :rete, :quando)")
        .use("id", tentativo.id)
        .use("nome", tentativo.nome)
        .use("rete", tentativo.rete)
        .use("quando", now)
        .run();
}

void remove(Transaction& transaction, const TentativoAccesso& tentativo)
{
    Sql(transaction, "DELETE FROM accessi_falliti WHERE id = :id").use("id", tentativo.id).run();
}

void removeAllOf(Transaction& transaction, const TentativoAccesso& tentativo)
{
    Sql(transaction, "DELETE FROM accessi_falliti WHERE nome = :nome AND rete = :rete")
        .use("nome", tentativo.nome)
        .use("rete", tentativo.rete)
        .run();
}

AccessiFalliti accessiFalliti(Reader& reader, const TentativoAccesso& tentativo, Instant since, Instant sinceOfRete)
{
    AccessiFalliti falliti;
    {
        Sql sql(reader, "SELECT COUNT(*) FROM accessi_falliti WHERE nome = :nome AND quando > :dopo");
        sql.use("nome", tentativo.nome).use("dopo", since).into(falliti.delNome).next();
    }
    Sql sql(reader, R"(SELECT COUNT(*), MAX(quando) FROM accessi_falliti
                       WHERE nome = :nome AND rete = :rete AND quando > :dopo)");
    sql.use("nome", tentativo.nome).use("rete", tentativo.rete).use("dopo", sinceOfRete);
    sql.into(falliti.dellaRete).into(falliti.ultimo).next();
    return falliti;
}

void rememberRete(Transaction& transaction, const TentativoAccesso& tentativo, Instant now)
{
    Sql(transaction, R"(INSERT INTO reti_note (nome, rete, vista) VALUES (:nome, :rete, :vista)
                        ON CONFLICT (nome, rete) DO UPDATE SET vista = excluded.vista)")
        .use("nome", tentativo.nome)
        .use("rete", tentativo.rete)
        .use("vista", now)
        .run();
}

bool isReteNota(Reader& reader, const TentativoAccesso& tentativo)
{
    int found = 0;
    Sql sql(reader, "SELECT COUNT(*) FROM reti_note WHERE nome = :nome AND rete = :rete");
    return sql.use("nome", tentativo.nome).use("rete", tentativo.rete).into(found).next() && found > 0;
}

void forgetReti(Transaction& transaction, const std::string& nome)
{
    Sql(transaction, "DELETE FROM reti_note WHERE nome = :nome").use("nome", nome).run();
}

void cleanAccessi(Transaction& transaction, Instant tries, Instant reti, const Limiti& limiti)
{
    Sql(transaction, "DELETE FROM accessi_falliti WHERE quando < :prima OR quando > :presente")
        .use("prima", tries)
        .use("presente", limiti.after(std::chrono::seconds{0}))
        .run();
    Sql(transaction, "DELETE FROM reti_note WHERE vista < :prima").use("prima", reti).run();
}

}
