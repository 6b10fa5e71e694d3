#include "server/store/catena.h"

#include "server/sha256.h"
#include "server/store/contatori.h"
#include "server/store/files.h"
#include "server/store/sql.h"

#include <algorithm>
#include <stdexcept>

namespace sdc::store {
namespace {

constexpr long long kPage = 500;
/// How far ahead of the clock a row may be dated, for the clocks of several servers differ.
constexpr std::chrono::minutes kTolerance{5};

std::string withLength(const std::string& value)
{
    return std::to_string(value.size()) + ":" + value + ";";
}

/// "a, b, c", or ":a, :b, :c".
std::string listOf(const Catena& catena, const char* before)
{
    std::string list;
    for (const char* column : catena.colonne)
        list += std::string{", "} + before + column;
    return list;
}

std::string hashBefore(Transaction& transaction, const Catena& catena, long long numero)
{
    std::string hash;
    const std::string text = std::string{"SELECT hash FROM "} + catena.tabella + " WHERE numero = :numero";
    Sql sql(transaction, text.c_str());
    if (sql.use("numero", numero).into(hash).next())
        return hash;
    // All rows before this one are gone: their checkpoint tells the hash of the last.
    const auto punto = puntoFermo(transaction, catena);
    return punto && punto->numero == numero ? punto->hash : "";
}

bool follows(const RigaCatena& riga, long long before, const std::string& hashBefore)
{
    return riga.numero == before + 1 && riga.precedente == hashBefore &&
           riga.hash == hashOf(riga.numero, riga.values, riga.precedente);
}

/// A place in a chain: behind the row of this number and hash.
struct Confine
{
    long long numero = 0;
    std::string hash;
};

Confine begin(Reader& reader, const Catena& catena)
{
    const auto punto = puntoFermo(reader, catena);
    return punto ? Confine{punto->numero, punto->hash} : Confine{};
}

/// Moves on over the rows of a page that are right; whether all are.
bool checkPage(Reader& reader, const Catena& catena, Confine& posto)
{
    bool right = true;
    eachAfter(reader, catena, posto.numero, kPage, [&](const RigaCatena& row) {
        right = follows(row, posto.numero, posto.hash);
        if (right)
            posto = {row.numero, row.hash};
        return right;
    });
    return right;
}

/// The last of the rows that are to go.
Confine lastToGo(Reader& reader, const Catena& catena, const Scaduti& scaduti, Instant now)
{
    Confine seen = begin(reader, catena);
    Confine last = seen;
    const std::string prima = toIso(scaduti.prima);
    const std::string latest = toIso(now + kTolerance);
    eachAfter(reader, catena, seen.numero, static_cast<long long>(scaduti.most), [&](const RigaCatena& row) {
        const std::string& quando = row.values.front();
        if (quando >= prima && quando <= latest)
            return false;
        if (!follows(row, seen.numero, seen.hash))
            throw std::runtime_error(std::string{"righe alterate in "} + catena.tabella + " dalla " +
                                     std::to_string(seen.numero + 1) + ": non si cancellano");
        seen = {row.numero, row.hash};
        if (quando < prima)
            last = seen;
        return true;
    });
    return last;
}

void save(Transaction& transaction, const PuntoFermo& punto)
{
    Sql(transaction, R"(INSERT INTO punti_fermi (catena, numero, hash, quando, tolte, firma, chiave)
                        VALUES (:catena, :numero, :hash, :quando, :tolte, :firma, :chiave)
                        ON CONFLICT (catena) DO UPDATE SET numero = excluded.numero, hash = excluded.hash,
                            quando = excluded.quando, tolte = excluded.tolte, firma = excluded.firma,
                            chiave = excluded.chiave)")
        .use("catena", punto.catena)
        .use("numero", punto.numero)
        .use("hash", punto.hash)
        .use("quando", punto.quando)
        .use("tolte", punto.tolte)
        .use("firma", punto.firma)
        .use("chiave", punto.chiave)
        .run();
}

long long lastGiven(Reader& reader, const Catena& catena)
{
    long long numero = 0;
    Sql sql(reader, "SELECT valore FROM contatori WHERE nome = :nome");
    sql.use("nome", catena.tabella).into(numero).next();
    return numero;
}

}

std::string hashOf(long long numero, std::span<const std::string> values, const std::string& precedente)
{
    std::string all = withLength(std::to_string(numero));
    for (const std::string& value : values)
        all += withLength(value);
    return sha256OfText(all + withLength(precedente));
}

void append(Transaction& transaction, const Catena& catena, std::span<const std::string> values)
{
    const long long numero = nextValue(transaction, catena.tabella);
    const std::string precedente = hashBefore(transaction, catena, numero - 1);
    const std::string text = std::string{"INSERT INTO "} + catena.tabella + " (numero" + listOf(catena, "") +
                             ", precedente, hash) VALUES (:numero" + listOf(catena, ":") + ", :precedente, :hash)";
    Sql sql(transaction, text.c_str());
    sql.use("numero", numero);
    for (std::size_t i = 0; i < values.size(); ++i)
        sql.use(catena.colonne[i], values[i]);
    sql.use("precedente", precedente).use("hash", hashOf(numero, values, precedente)).run();
}

std::string PuntoFermo::text() const
{
    std::string all;
    for (const std::string& value :
         {std::string{"punto fermo"}, catena, std::to_string(numero), hash, toIso(quando), std::to_string(tolte)})
        all += withLength(value);
    return all;
}

std::optional<PuntoFermo> puntoFermo(Reader& reader, const Catena& catena)
{
    PuntoFermo punto;
    punto.catena = catena.tabella;
    Sql sql(reader, "SELECT numero, hash, quando, tolte, firma, chiave FROM punti_fermi WHERE catena = :catena");
    sql.use("catena", catena.tabella).into(punto.numero).into(punto.hash).into(punto.quando).into(punto.tolte);
    sql.into(punto.firma).into(punto.chiave);
    return sql.next() ? std::optional{punto} : std::nullopt;
}

long long forgetOldest(Transaction& transaction, const Catena& catena, const Scaduti& scaduti,
                       const Firmatario& firmatario, Instant now)
{
    const auto before = puntoFermo(transaction, catena);
    const Confine last = lastToGo(transaction, catena, scaduti, now);
    const long long gone = last.numero - (before ? before->numero : 0);
    if (gone == 0)
        return 0;
    PuntoFermo punto{catena.tabella,   last.numero, last.hash, now, (before ? before->tolte : 0) + gone, "",
                     firmatario.chiave};
    punto.firma = firmatario.sign(punto.text());
    const std::string text = std::string{"DELETE FROM "} + catena.tabella + " WHERE numero <= :numero";
    Sql(transaction, text.c_str()).use("numero", last.numero).run();
    save(transaction, punto);
    return gone;
}

void eachAfter(Reader& reader, const Catena& catena, long long dopo, long long most,
               const std::function<bool(const RigaCatena&)>& take)
{
    const std::string text = "SELECT numero" + listOf(catena, "") + ", precedente, hash FROM " + catena.tabella +
                             " WHERE numero > :dopo ORDER BY numero LIMIT :most";
    RigaCatena row;
    row.values.resize(catena.colonne.size());
    Sql sql(reader, text.c_str());
    sql.use("dopo", dopo).use("most", most).into(row.numero);
    for (std::string& value : row.values)
        sql.into(value);
    sql.into(row.precedente).into(row.hash);
    while (sql.next() && take(row)) {
    }
}

std::optional<long long> firstBreak(Reader& reader, const Catena& catena)
{
    const long long last = lastGiven(reader, catena);
    Confine checked = begin(reader, catena);
    for (long long from = -1; from != checked.numero;) {
        from = checked.numero;
        if (!checkPage(reader, catena, checked))
            return checked.numero + 1;
    }
    return checked.numero == last ? std::nullopt : std::optional{std::min(checked.numero, last) + 1};
}

}
