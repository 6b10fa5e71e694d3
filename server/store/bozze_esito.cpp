#include "server/store/bozze_esito.h"

#include "server/store/sql.h"

namespace sdc::store {

void save(Transaction& transaction, const Id<Pratica>& pratica, const Id<Operatore>& operatore, const BozzaEsito& bozza)
{
    Sql(transaction, R"(INSERT INTO bozze_esito (pratica, operatore, esito, motivazione, passo, salvata)
                        VALUES (:pratica, :operatore, :esito, :motivazione, :passo, :salvata)
                        ON CONFLICT (pratica, operatore) DO UPDATE
                        SET esito = excluded.esito, motivazione = excluded.motivazione, passo = excluded.passo,
                            salvata = excluded.salvata)")
        .use("pratica", pratica)
        .use("operatore", operatore)
        .use("esito", bozza.esito)
        .use("motivazione", bozza.motivazione)
        .use("passo", bozza.passo)
        .use("salvata", bozza.salvata)
        .run();
}

std::optional<BozzaEsito> bozzaEsito(Reader& reader, const Id<Pratica>& pratica, const Id<Operatore>& operatore)
{
    BozzaEsito bozza;
    Sql sql(reader, R"(SELECT esito, motivazione, passo, salvata FROM bozze_esito
                       WHERE pratica = :pratica AND operatore = :operatore)");
    sql.use("pratica", pratica).use("operatore", operatore);
    sql.into(bozza.esito).into(bozza.motivazione).into(bozza.passo).into(bozza.salvata);
    return sql.next() ? std::optional{bozza} : std::nullopt;
}

void removeBozzaEsito(Transaction& transaction, const Id<Pratica>& pratica, const Id<Operatore>& operatore)
{
    Sql(transaction, "DELETE FROM bozze_esito WHERE pratica = :pratica AND operatore = :operatore")
        .use("pratica", pratica)
        .use("operatore", operatore)
        .run();
}

void removeBozzeEsito(Transaction& transaction, const Id<Pratica>& pratica)
{
    Sql(transaction, "DELETE FROM bozze_esito WHERE pratica = :pratica").use("pratica", pratica).run();
}

}
