#include "server/store/ricerche.h"

#include "core/base/text.h"
#include "server/store/sql.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace sdc::store {
namespace {

/// Of a longer word these code points are compared.
constexpr std::size_t kLongestWord = 16;
constexpr std::size_t kMostWords = 12;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// A word that no person types, so that the index itself leaves out other lists and services.
std::string mark(const char* prefix, const std::string& name)
{
    std::string word = prefix;
    for (const char c : name)
        word += isWordByte(c) ? std::string{c} : std::string{"0"};
    return word;
}

std::string markOfFila(const std::string& fila)
{
    return mark("xfila0", fila);
}

std::string markOfServizio(const std::string& servizio)
{
    return mark("xservizio0", servizio);
}

/// One letter begins too many words: it is looked for as it is.
bool isBeginning(const std::string& word)
{
    return word.size() > 1;
}

void addBeginnings(const std::string& word, std::set<std::string>& all)
{
    for (std::size_t length = 2; length <= kLongestWord; ++length)
        all.insert(firstCodePoints(word, length));
    all.insert(word);
}

std::string indexed(Kind kind, const Posto& posto)
{
    const std::string marks = markOfFila(posto.fila) + " " + markOfServizio(posto.servizio);
    if (kind == Kind::Postgresql)
        return posto.ricerca.empty() ? marks : posto.ricerca + " " + marks;
    // FTS5 reads every match of a beginning before it gives the first, and those of a word one by one.
    std::set<std::string> words;
    for (const std::string& word : paroleOf(posto.ricerca))
        addBeginnings(word, words);
    std::string text = marks;
    for (const std::string& word : words)
        text += " " + word;
    return text;
}

/// A word in the index's own language, which none of its signs can be.
std::string term(Kind kind, const std::string& word)
{
    return kind == Kind::Sqlite ? "\"" + word + "\"" : "'" + word + "'";
}

void remove(Transaction& transaction, const Posto& posto)
{
    if (transaction.kind() == Kind::Postgresql) {
        Sql(transaction, "DELETE FROM ricerche WHERE numero = :numero").use("numero", posto.numero).run();
        return;
    }
    Sql(transaction, "INSERT INTO ricerche (ricerche, rowid, parole) VALUES ('delete', -:numero, :parole)")
        .use("numero", posto.numero)
        .use("parole", indexed(transaction.kind(), posto))
        .run();
}

void add(Transaction& transaction, const Posto& posto)
{
    Sql(transaction, transaction.kind() == Kind::Sqlite
                         ? "INSERT INTO ricerche (rowid, parole) VALUES (-:numero, :parole)"
                         : "INSERT INTO ricerche (numero, parole) "
                           "VALUES (:numero, array_to_tsvector(string_to_array(:parole, ' ')))")
        .use("numero", posto.numero)
        .use("parole", indexed(transaction.kind(), posto))
        .run();
}

/// Those in a fila before this number, some at a time.
std::vector<Posto> nextPosti(Transaction& transaction, long long before)
{
    std::vector<Posto> posti;
    Posto posto;
    Sql sql(transaction, R"(SELECT numero, fila, servizio, ricerca FROM pratiche
                            WHERE numero < :prima AND fila <> '' ORDER BY numero DESC LIMIT 1000)");
    sql.use("prima", before).into(posto.numero).into(posto.fila).into(posto.servizio).into(posto.ricerca);
    while (sql.next())
        posti.push_back(posto);
    return posti;
}

void addAnew(Transaction& transaction, Posto posto)
{
    const std::string before = std::exchange(posto.ricerca, ricercaOf(posto.ricerca));
    if (before != posto.ricerca)
        Sql(transaction, "UPDATE pratiche SET ricerca = :ricerca WHERE numero = :numero")
            .use("ricerca", posto.ricerca)
            .use("numero", posto.numero)
            .run();
    add(transaction, posto);
}

}

std::vector<std::string> paroleOf(const std::string& text)
{
    const std::string folded = fold(text);
    std::vector<std::string> words;
    for (auto at = folded.begin(); at != folded.end();) {
        const auto first = std::find_if(at, folded.end(), isWordByte);
        at = std::find_if_not(first, folded.end(), isWordByte);
        std::string word{first, at};
        word = firstCodePoints(word, kLongestWord);
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(std::move(word));
    }
    return words;
}

std::string ricercaOf(const std::string& text)
{
    std::string joined;
    for (const std::string& word : paroleOf(text))
        joined += (joined.empty() ? "" : " ") + word;
    return joined;
}

const char* ricercaSql(Kind kind)
{
    return kind == Kind::Sqlite ? "SELECT -rowid AS trovata FROM ricerche WHERE ricerche MATCH :parole "
                                  "ORDER BY rowid LIMIT :piu_recenti"
                                : "SELECT numero AS trovata FROM ricerche WHERE parole @@ CAST(:parole AS tsquery) "
                                  "ORDER BY numero DESC LIMIT :piu_recenti";
}

void planForWords(Snapshot& snapshot)
{
    if (snapshot.kind() == Kind::Postgresql)
        snapshot.lease().session().execute("SET LOCAL plan_cache_mode = force_custom_plan");
}

std::string interrogazione(Kind kind, const Ricerca& ricerca)
{
    const std::string both = kind == Kind::Sqlite ? " AND " : " & ";
    const std::string either = kind == Kind::Sqlite ? " OR " : " | ";
    std::string text;
    for (const std::string& word : ricerca.parole) {
        if (&word - ricerca.parole.data() == kMostWords)
            break;
        const bool beginning = kind == Kind::Postgresql && isBeginning(word);
        text += (text.empty() ? "" : both) + term(kind, word) + (beginning ? ":*" : "");
    }
    if (!ricerca.fila.empty())
        text += both + term(kind, markOfFila(ricerca.fila));
    if (ricerca.tuttiServizi)
        return text;
    std::string servizi;
    for (const std::string& servizio : ricerca.servizi)
        servizi += (servizi.empty() ? "" : either) + term(kind, markOfServizio(servizio));
    return text + both + "(" + servizi + ")";
}

void reindex(Transaction& transaction, const Posto& before, const Posto& after)
{
    if (before.fila == after.fila && before.ricerca == after.ricerca)
        return;
    if (!before.fila.empty())
        remove(transaction, before);
    if (!after.fila.empty())
        add(transaction, after);
}

void rebuildRicerche(Transaction& transaction)
{
    Sql(transaction, transaction.kind() == Kind::Sqlite ? "INSERT INTO ricerche (ricerche) VALUES ('delete-all')"
                                                        : "DELETE FROM ricerche")
        .run();
    // From the newest on: FTS5 likes its rowids to grow.
    long long last = std::numeric_limits<long long>::max();
    for (;;) {
        const std::vector<Posto> posti = nextPosti(transaction, last);
        if (posti.empty())
            return;
        last = posti.back().numero;
        for (const Posto& posto : posti)
            addAnew(transaction, posto);
    }
}

}
