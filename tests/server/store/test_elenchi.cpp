#include "core/base/text.h"
#include "server/store/conteggi.h"
#include "server/store/elenchi.h"
#include "server/store/pratiche.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <functional>
#include <random>
#include <tuple>

using namespace sdc;
using namespace std::chrono_literals;
using store::ElencoOperatore;
using store::Ordine;
using tests::instant;
using tests::makeCittadino;
using tests::makeOperatore;
using tests::q;
using tests::Scratch;

namespace {

const Instant kNow = instant("2026-11-23T10:00:00Z");

/// What the test knows of a row, apart from the store.
struct Known
{
    std::string id;
    std::string servizio;
    std::string nomeServizio;
    std::string categoria;
    Cittadino cittadino;
    Instant creata;
    int stato = 1000;
    std::string operatore;
    std::string protocollo;
};

const std::vector<Cittadino> kPeople = {
    makeCittadino("RSSMRA72H25H612H", "Mario", "Rossi"),
    makeCittadino("BNCGLI85C52L378P", "Nicolò", "D'Agostino"),
    makeCittadino("VRDLCU90A01H612Q", "Zoë", "Müller"),
    makeCittadino("NREFNC78T50A952T", "Però", "Dalla Torre"),
    makeCittadino("RSSMRA72A41H501Y", "Anna_Maria", "Rossi"),
    makeCittadino("RSSMRA72A71H501B", "Ugo 100%", "Rossi Bianchi"),
};

struct Offer
{
    const char* slug;
    const char* nome;
    const char* categoria;
};
constexpr Offer kOffers[] = {{"estratto", "Estratto di nascita", "Anagrafe"},
                             {"eventi", "Eventi al 100% all'aperto", "Associazioni"},
                             {"albo", "Àlbo_delle associazioni", "Associazioni"}};

/// A dashboard with a hundred pratiche in every state that the verbs reach.
struct Board : Scratch
{
    explicit Board(const QString& database) : Scratch(database)
    {
        for (const Offer& offer : kOffers)
            tests::addServizio(ente(), tests::servizioJson(offer.slug, offer.nome, offer.categoria));
        for (const Cittadino& person : kPeople)
            tests::addCittadino(ente(), person);
        anna = tests::addOperatore(ente(), makeOperatore("anna"));
        bruno = tests::addOperatore(ente(), makeOperatore("bruno", {"eventi"}));
        std::mt19937 random(7);
        for (int i = 0; i < 100; ++i)
            add(static_cast<unsigned>(random()), i);
    }

    void add(unsigned random, int i)
    {
        const Offer& offer = kOffers[random % 3];
        Known row;
        row.cittadino = kPeople[(random >> 4U) % kPeople.size()];
        // Several of the same minute, and two years of the register.
        row.creata = kNow + std::chrono::minutes{(random >> 8U) % 20} - (i % 5 == 0 ? 8760h : 0h);
        row.servizio = offer.slug;
        row.nomeServizio = offer.nome;
        row.categoria = offer.categoria;
        const Id<Pratica> id = tests::addBozza(ente(), row.cittadino, offer.slug, row.creata).id();
        const auto steps = (random >> 16U) % 7;
        const Operatore& who = (random >> 20U) % 2 == 0 || offer.slug != std::string{"eventi"} ? anna : bruno;
        walk(id, row, steps, who);
        const Pratica now = store::pratica(ente(), id);
        row.id = id.text();
        row.stato = code(now.stato());
        row.operatore = now.fields().operatore.text();
        row.protocollo = now.fields().protocollo ? now.fields().protocollo->text : "";
        rows.push_back(row);
    }

    void walk(const Id<Pratica>& id, const Known& row, unsigned steps, const Operatore& who)
    {
        if (steps > 0)
            tests::send(ente(), id, row.cittadino, row.creata);
        if (steps > 1)
            tests::registerIt(ente(), id, kNow);
        if (steps > 2)
            tests::change(ente(), id, [&](Pratica& p) { p.takeCharge(who.id, kNow); });
        if (steps == 4)
            tests::change(ente(), id, [&](Pratica& p) { p.release(who.id, kNow); });
        if (steps > 4)
            tests::change(ente(), id, [&](Pratica& p) {
                p.decide(who.id, {steps == 5 ? Decisione::Rigetta : Decisione::Approva, "Così."}, kNow);
            });
        if (steps == 6)
            tests::change(ente(), id, [&](Pratica& p) { p.assignProtocolloRisposta({"0000500/2026", kNow}, kNow); });
    }

    Operatore anna;
    Operatore bruno;
    std::vector<Known> rows;
};

// O3, by the states of the requirements.
bool isIn(const Known& row, ElencoOperatore list, const Operatore& me)
{
    if (row.stato < 2000 || !me.enabledFor(row.servizio))
        return false;
    switch (list) {
    case ElencoOperatore::Gestire:
        return row.operatore == me.id.text() && row.stato >= 3000 && row.stato <= 5000;
    case ElencoOperatore::Assegnare:
        return row.operatore.empty() && row.stato <= 5000;
    case ElencoOperatore::Concluse:
        return row.stato == 6000 || row.stato == 7000 || row.stato == 8000 || row.stato == 9000;
    case ElencoOperatore::Tutte:
        return true;
    }
    return false;
}

/// Lower case, without accents; a number of the register also without its zeros.
std::vector<std::string> words(const Known& row)
{
    std::vector<std::string> all;
    const Cittadino& c = row.cittadino;
    const std::string text = fold(c.cognome + " " + c.nome + " " + c.codiceFiscale + " " + row.nomeServizio + " " +
                                  row.categoria + " " + row.protocollo);
    const QRegularExpression letters(QStringLiteral("[a-z0-9]+"));
    for (auto it = letters.globalMatch(q(text)); it.hasNext();)
        all.push_back(it.next().captured().toStdString());
    if (!row.protocollo.empty())
        all.push_back(std::to_string(std::stoi(row.protocollo)));
    return all;
}

/// Each word searched begins a word of the row; one letter is a whole word.
bool matches(const Known& row, const std::vector<std::string>& search)
{
    const auto all = words(row);
    return std::all_of(search.begin(), search.end(), [&](const std::string& wanted) {
        return std::any_of(all.begin(), all.end(), [&](const std::string& word) {
            return wanted.size() == 1 ? word == wanted : word.starts_with(wanted);
        });
    });
}

std::string keyOf(const Known& row, Ordine order)
{
    switch (order) {
    case Ordine::Data:
        return toIso(row.creata);
    case Ordine::Protocollo: // by year, then by number
        return row.protocollo.empty() ? "" : row.protocollo.substr(8) + row.protocollo.substr(0, 7);
    case Ordine::Richiedente:
        return fold(row.cittadino.cognome + " " + row.cittadino.nome);
    case Ordine::Servizio:
        return fold(row.nomeServizio);
    case Ordine::Categoria:
        return fold(row.categoria);
    case Ordine::Stato:
        return std::to_string(100000 + row.stato);
    }
    return {};
}

QStringList expected(const Board& board, const Operatore& me, const store::FiltroElenco& filtro,
                     const std::vector<std::string>& search = {})
{
    // The rows were added in this order, which breaks ties.
    std::vector<std::tuple<std::string, std::size_t, std::string>> found;
    for (const Known& row : board.rows) {
        if (isIn(row, filtro.elenco, me) && matches(row, search))
            found.emplace_back(keyOf(row, filtro.ordine), found.size(), row.id);
    }
    std::sort(found.begin(), found.end());
    if (filtro.decrescente)
        std::reverse(found.begin(), found.end());
    QStringList ids;
    for (const auto& [key, born, id] : found)
        ids << q(id);
    return ids;
}

QStringList ids(const std::vector<store::RigaElenco>& righe)
{
    QStringList all;
    for (const auto& riga : righe)
        all << q(riga.id.text());
    return all;
}

QStringList byKeyset(store::Reader& reader, const Operatore& me, store::FiltroElenco filtro)
{
    QStringList all;
    filtro.limite = 7;
    for (;;) {
        const auto page = store::elenco(reader, me, filtro);
        all << ids(page);
        if (page.size() < filtro.limite)
            return all;
        filtro.dopo = {page.back().chiave, page.back().numero};
    }
}

QStringList byOffset(store::Reader& reader, const Operatore& me, store::FiltroElenco filtro)
{
    QStringList all;
    filtro.limite = 9;
    for (;;) {
        const auto page = store::elenco(reader, me, filtro);
        all << ids(page);
        if (page.size() < filtro.limite)
            return all;
        filtro.da += filtro.limite;
    }
}

/// What is typed, and the words that it means.
struct Search
{
    const char* typed;
    std::vector<std::string> words;
};
const std::vector<Search> kSearches = {
    {"", {}},
    {"ROSSI", {"rossi"}},
    {"ros", {"ros"}},
    {"ossi", {"ossi"}},
    {"  müller zoe", {"muller", "zoe"}},
    {"d'ago", {"d", "ago"}},
    {"/2026", {"2026"}},
    {"0000003/2026", {"0000003", "2026"}},
    {"7", {"7"}},
    {"rossi estratto", {"rossi", "estratto"}},
    {"RSSMRA72H25H612H", {"rssmra72h25h612h"}},
    {"rossi nessuno", {"rossi", "nessuno"}},
};

constexpr ElencoOperatore kLists[] = {ElencoOperatore::Gestire, ElencoOperatore::Assegnare, ElencoOperatore::Concluse,
                                      ElencoOperatore::Tutte};
constexpr Ordine kOrders[] = {Ordine::Data,     Ordine::Protocollo, Ordine::Richiedente,
                              Ordine::Servizio, Ordine::Categoria,  Ordine::Stato};

/// Both operators, every list, order and direction.
void forEachList(const Board& board, const std::function<void(const Operatore&, const store::FiltroElenco&)>& check)
{
    for (const Operatore* me : {&board.anna, &board.bruno}) {
        for (const ElencoOperatore list : kLists) {
            for (const Ordine order : kOrders) {
                check(*me, {list, "", order, false, 0, {}, 1000});
                check(*me, {list, "", order, true, 0, {}, 1000});
            }
        }
    }
}

constexpr long long kStride = 37;

/// Eight thousand pratiche more, copies of those in a list; their numbers fill thirty blocks.
void makeLong(store::Database& ente)
{
    store::Transaction transaction(ente);
    store::Sql(transaction, R"(
        INSERT INTO pratiche (id, servizio, servizio_nome, categoria, definizione, cittadino, stato, versione, creata,
            modificata, operatore, passo, richiedente, numero, fila, chiave_stato, chiave_protocollo,
            chiave_richiedente, chiave_servizio, chiave_categoria, ricerca)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000),
             modelli AS (SELECT p.*, ROW_NUMBER() OVER (ORDER BY numero) - 1 AS quale FROM pratiche p
                         WHERE fila IN ('assegnare', 'concluse'))
        SELECT 'copia-' || n.i, servizio, servizio_nome, categoria, definizione, cittadino, stato, 1,
            '20' || (10 + n.i % 17) || SUBSTR(creata, 5), modificata, operatore, passo, richiedente,
            1000 + n.i * 37, fila, chiave_stato, chiave_protocollo, chiave_richiedente, chiave_servizio,
            chiave_categoria, 'copia'
        FROM n JOIN modelli ON modelli.quale = n.i % (SELECT COUNT(*) FROM modelli))")
        .run();
    store::rebuildElenchi(transaction);
    transaction.commit();
}

/// Counts, years and ranges, a line each.
QStringList counts(store::Reader& reader)
{
    std::string line;
    QStringList lines;
    store::Sql sql(reader, R"(
        SELECT fila || ' ' || servizio || ' ' || numero FROM conteggi WHERE numero <> 0
        UNION ALL SELECT anno || ' ' || servizio || ' ' || numero FROM pratiche_per_anno WHERE numero <> 0
        UNION ALL SELECT ordine || ' ' || fila || ' ' || chiave || ' ' || blocco || ' ' || servizio || ' ' || numero
                  FROM fasce WHERE numero <> 0)");
    sql.into(line);
    while (sql.next())
        lines << q(line);
    lines.sort();
    return lines;
}

}

class TestElenchi : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void everyListInEveryOrderIsWhatANaiveComputationSays()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        int full = 0;
        for (const Search& search : kSearches) {
            forEachList(board, [&](const Operatore& me, store::FiltroElenco filtro) {
                filtro.cerca = search.typed;
                const QStringList right = expected(board, me, filtro, search.words);
                QCOMPARE(ids(store::elenco(board.ente(), me, filtro)), right);
                if (!filtro.cerca.empty())
                    QCOMPARE(store::trovate(board.ente(), me, filtro), static_cast<long long>(right.size()));
                full += right.size() > 7;
            });
        }
        QVERIFY2(full > 50, "the sample is too small to tell");
    }

    void pagesByKeyAndPagesByOffsetAreTheWholeList()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        forEachList(board, [&](const Operatore& me, const store::FiltroElenco& filtro) {
            const QStringList right = expected(board, me, filtro);
            QCOMPARE(byKeyset(board.ente(), me, filtro), right);
            QCOMPARE(byOffset(board.ente(), me, filtro), right);
        });
    }

    void aJumpLandsWhereSteppingLeads()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        makeLong(board.ente());
        int jumps = 0;
        forEachList(board, [&](const Operatore& me, store::FiltroElenco filtro) {
            filtro.limite = 10000;
            const QStringList all = ids(store::elenco(board.ente(), me, filtro));
            filtro.limite = 3;
            for (qsizetype from = 997; from < all.size() + 3; from += 499) {
                filtro.da = static_cast<std::size_t>(from);
                QCOMPARE(ids(store::elenco(board.ente(), me, filtro)), all.mid(from, 3));
                jumps += from > 1000;
            }
        });
        QVERIFY2(jumps > 300, "the sample is too small to tell");
    }

    void whatEachChangeKeepsIsWhatCountingSays()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        const QStringList kept = counts(board.ente());
        const store::FiltroElenco filtro{ElencoOperatore::Concluse, "rossi", Ordine::Data, true, 0, {}, 1000};
        const QStringList found = ids(store::elenco(board.ente(), board.anna, filtro));
        {
            store::Transaction transaction(board.ente());
            store::rebuildElenchi(transaction);
            transaction.commit();
        }
        QVERIFY(kept.size() > 50);
        QCOMPARE(kept, counts(board.ente()));
        QCOMPARE(ids(store::elenco(board.ente(), board.anna, filtro)), found);
        QVERIFY(found.size() > 3);
    }

    void aSearchShowsTheNewestThatItFinds()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        makeLong(board.ente());
        const store::FiltroElenco filtro{ElencoOperatore::Tutte, "copia", Ordine::Richiedente, false, 0, {}, 10000};
        const auto found = store::elenco(board.ente(), board.anna, filtro);
        QCOMPARE(found.size(), static_cast<std::size_t>(store::kMostFound));
        QCOMPARE(store::trovate(board.ente(), board.anna, filtro), store::kMostFound + 1);
        const long long newest = tests::numberOf(board.ente(), "SELECT MAX(numero) FROM pratiche");
        QCOMPARE(tests::numberOf(board.ente(), "SELECT COUNT(*) FROM pratiche WHERE ricerca = 'copia'"), 8000LL);
        for (const auto& riga : found)
            QVERIFY(riga.numero > newest - store::kMostFound * kStride);
    }

    void aRareWordIsFoundHoweverOldItIs()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        makeLong(board.ente());
        {
            store::Transaction transaction(board.ente());
            store::Sql(transaction, "UPDATE pratiche SET ricerca = 'copia rara' WHERE id IN ('copia-1', 'copia-400', "
                                    "'copia-4000', 'copia-7999')")
                .run();
            store::rebuildElenchi(transaction);
            transaction.commit();
        }
        const store::FiltroElenco filtro{ElencoOperatore::Tutte, "rar", Ordine::Data, true, 0, {}, 100};
        QCOMPARE(store::trovate(board.ente(), board.anna, filtro), 4LL);
        QStringList numbers;
        for (const auto& riga : store::elenco(board.ente(), board.anna, filtro))
            numbers << QString::number(riga.numero);
        numbers.sort();
        QCOMPARE(numbers, QStringList({"1037", "149000", "15800", "296963"}));
    }

    void aSearchWithoutLettersFindsNothingAndNoSignIsACommand()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        for (const char* search : {"%", "_", "\\", "'", "''", "__", "\"", "*", "( )", "&|!"}) {
            const store::FiltroElenco filtro{ElencoOperatore::Tutte, search, Ordine::Data, true, 0, {}, 1000};
            QVERIFY2(store::elenco(board.ente(), board.anna, filtro).empty(), search);
            QCOMPARE(store::trovate(board.ente(), board.anna, filtro), 0LL);
        }
        for (const char* search :
             {"rossi' & 'x", "rossi\" OR \"x", "NOT rossi", "rossi NEAR x", "-rossi", "xfila0tutte"}) {
            const store::FiltroElenco filtro{ElencoOperatore::Tutte, search, Ordine::Data, true, 0, {}, 1000};
            const bool dash = std::string_view{search} == "-rossi";
            QCOMPARE(store::elenco(board.ente(), board.anna, filtro).empty(), !dash);
        }
    }

    void aRowShowsWhatTheDashboardNeeds()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        for (const auto& riga :
             store::elenco(board.ente(), board.anna, {ElencoOperatore::Tutte, "", Ordine::Data, true, 0, {}, 1000}))
        {
            const auto row = std::find_if(board.rows.begin(), board.rows.end(),
                                          [&](const Known& r) { return r.id == riga.id.text(); });
            QVERIFY(row != board.rows.end());
            QCOMPARE(q(riga.richiedente), q(row->cittadino.cognome + " " + row->cittadino.nome));
            QCOMPARE(q(riga.servizioNome), q(row->nomeServizio));
            QCOMPARE(q(riga.categoria), q(row->categoria));
            QCOMPARE(code(riga.stato), row->stato);
            QCOMPARE(riga.creata, row->creata);
            QCOMPARE(q(riga.protocollo.value_or("")), q(row->protocollo));
            QCOMPARE(q(riga.operatoreNome),
                     row->operatore.empty() ? QString() : q("Anna Verdi ") + q(row->operatore.substr(10)));
        }
    }

    // C2: the private note is "seen by nobody else (not by operators, partners, exports or logs)".
    void thePrivateNoteIsInNoListAndFoundByNoSearch()
    {
        QFETCH_GLOBAL(QString, database);
        Board board(database);
        const auto all =
            store::elenco(board.ente(), board.anna, {ElencoOperatore::Tutte, "", Ordine::Data, true, 0, {}, 1000});
        {
            store::Transaction transaction(board.ente());
            for (const auto& riga : all)
                store::saveNotaPrivata(transaction, riga.id, "segretissima");
            transaction.commit();
        }
        const store::FiltroElenco filtro{ElencoOperatore::Tutte, "segretissima", Ordine::Data, true, 0, {}, 1000};
        QVERIFY(store::elenco(board.ente(), board.anna, filtro).empty());
        QCOMPARE(tests::numberOf(board.ente(), "SELECT COUNT(*) FROM pratiche WHERE ricerca LIKE '%segret%'"), 0LL);
    }
};

QTEST_GUILESS_MAIN(TestElenchi)
#include "test_elenchi.moc"
