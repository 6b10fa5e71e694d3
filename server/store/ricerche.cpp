#include "server/store/ricerche.h"

#include "core/base/text.h"
#include "server/store/sql.h"

#include <algorithm>
#include <utility>

namespace sdc::store {
namespace {

constexpr std::size_t kLongestWord = 60;
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

std::string indexed(const Posto& posto)
{
    const std::string marks = markOfFila(posto.fila) + " " + markOfServizio(posto.servizio);
    return posto.ricerca.empty() ? marks : posto.ricerca + " " + marks;
}

/// A word in the index's own language: as it is, or as the beginning of one. Words hold no sign that it would read.
std::string term(Kind kind, const std::string& word, bool beginning)
{
    if (kind == Kind::Sqlite)
        return "\"" + word + "\"" + (beginning ? " *" : "");
    return "'" + word + "'" + (beginning ? ":*" : "");
}

void remove(Transaction& transaction, const Posto& posto)
{
    if (transaction.kind() == Kind::Postgresql) {
        Sql(transaction, "DELETE FROM ricerche WHERE numero = :numero").use("numero", posto.numero).run();
        return;
    }
    Sql(transaction, "INSERT INTO ricerche (ricerche, rowid, parole) VALUES ('delete', :numero, :parole)")
        .use("numero", posto.numero)
        .use("parole", indexed(posto))
        .run();
}

void add(Transaction& transaction, const Posto& posto)
{
    Sql(transaction, transaction.kind() == Kind::Sqlite
                         ? "INSERT INTO ricerche (rowid, parole) VALUES (:numero, :parole)"
                         : "INSERT INTO ricerche (numero, parole) "
                           "VALUES (:numero, array_to_tsvector(string_to_array(:parole, ' ')))")
        .use("numero", posto.numero)
        .use("parole", indexed(posto))
        .run();
}

/// Those in a fila after this number, some at a time.
std::vector<Posto> nextPosti(Transaction& transaction, long long after)
{
    std::vector<Posto> posti;
    Posto posto;
    Sql sql(transaction, R"(SELECT numero, fila, servizio, ricerca FROM pratiche
                            WHERE numero > :dopo AND fila <> '' ORDER BY numero LIMIT 1000)");
    sql.use("dopo", after).into(posto.numero).into(posto.fila).into(posto.servizio).into(posto.ricerca);
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
        if (word.size() > kLongestWord)
            word = firstCodePoints(word, kLongestWord / 4);
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
    return kind == Kind::Sqlite ? "SELECT rowid FROM ricerche WHERE ricerche MATCH :parole "
                                  "ORDER BY rowid DESC LIMIT :piu_recenti"
                                : "SELECT numero FROM ricerche WHERE parole @@ CAST(:parole AS tsquery) "
                                  "ORDER BY numero DESC LIMIT :piu_recenti";
}

std::string interrogazione(Kind kind, const Ricerca& ricerca)
{
    const std::string both = kind == Kind::Sqlite ? " AND " : " & ";
    const std::string either = kind == Kind::Sqlite ? " OR " : " | ";
    std::string text;
    for (const std::string& word : ricerca.parole) {
        if (&word - ricerca.parole.data() == kMostWords)
            break;
        // One letter begins too many words: it is looked for as it is.
        text += (text.empty() ? "" : both) + term(kind, word, word.size() > 1);
    }
    if (!ricerca.fila.empty())
        text += both + term(kind, markOfFila(ricerca.fila), false);
    if (ricerca.tuttiServizi)
        return text;
    std::string servizi;
    for (const std::string& servizio : ricerca.servizi)
        servizi += (servizi.empty() ? "" : either) + term(kind, markOfServizio(servizio), false);
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
    long long last = 0;
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
