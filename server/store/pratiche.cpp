#include "server/store/pratiche.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/store/chiavi.h"
#include "server/store/cittadino_json.h"
#include "server/store/contatori.h"
#include "server/store/conteggi.h"
#include "server/store/sql.h"

#include <nlohmann/json.hpp>

namespace sdc::store {
namespace {

std::optional<NumeroProtocollo> numero(const std::optional<std::string>& text, const std::optional<Instant>& quando)
{
    return text && quando ? std::optional{NumeroProtocollo{*text, *quando}} : std::nullopt;
}

std::optional<std::string> text(const std::optional<NumeroProtocollo>& numero)
{
    return numero ? std::optional{numero->text} : std::nullopt;
}

std::optional<Instant> quando(const std::optional<NumeroProtocollo>& numero)
{
    return numero ? std::optional{numero->quando} : std::nullopt;
}

std::string motivazione(Reader& reader, const Id<Pratica>& id)
{
    std::string testo;
    Sql sql(reader, "SELECT motivazione FROM esiti WHERE pratica = :id");
    sql.use("id", id).into(testo).next();
    return testo;
}

void insertPassaggi(Transaction& transaction, const Pratica& pratica)
{
    if (pratica.news().empty())
        return;
    long long numero = 0;
    {
        Sql sql(transaction, "SELECT COALESCE(MAX(numero), 0) FROM passaggi WHERE pratica = :id");
        sql.use("id", pratica.id()).into(numero).next();
    }
    for (const Passaggio& passaggio : pratica.news()) {
        ++numero;
        Sql(transaction, "INSERT INTO passaggi (pratica, numero, stato, quando) VALUES (:id, :numero, :stato, :quando)")
            .use("id", pratica.id())
            .use("numero", numero)
            .use("stato", passaggio.stato)
            .use("quando", passaggio.quando)
            .run();
        Sql(transaction, R"(INSERT INTO passaggi_autori (pratica, numero, causa, attore)
                            VALUES (:id, :numero, :causa, :attore))")
            .use("id", pratica.id())
            .use("numero", numero)
            .use("causa", std::string{name(passaggio.causa)})
            .use("attore", passaggio.attore)
            .run();
    }
}

void noteChange(Transaction& transaction, const Pratica& pratica)
{
    Sql(transaction, "INSERT INTO cambiamenti (numero, pratica, quando) VALUES (:numero, :pratica, :quando)")
        .use("numero", nextValue(transaction, "cambiamenti"))
        .use("pratica", pratica.id())
        .use("quando", pratica.fields().modificata)
        .run();
}

void updateRow(Transaction& transaction, const Pratica& pratica)
{
    const Pratica::Fields& f = pratica.fields();
    Sql sql(transaction, R"(UPDATE pratiche SET definizione = :definizione, stato = :stato, versione = versione + 1,
                                inviata = :inviata, modificata = :modificata, operatore = :operatore, passo = :passo,
                                protocollo = :protocollo, protocollo_quando = :pquando,
                                protocollo_risposta = :risposta, protocollo_risposta_quando = :rquando,
                                accettata = :accettata, fila = :fila, chiave_stato = :kstato,
                                chiave_protocollo = :chiave,
                                ricerca = CASE WHEN protocollo IS NULL AND :protocollo2 <> ''
                                               THEN ricerca || ' ' || :protocollo2 ELSE ricerca END
                            WHERE id = :id AND versione = :versione)");
    sql.use("definizione", f.definizione)
        .use("stato", f.stato)
        .use("inviata", f.inviata)
        .use("modificata", f.modificata);
    sql.use("operatore", f.operatore).use("passo", f.passo);
    sql.use("protocollo", text(f.protocollo)).use("pquando", quando(f.protocollo));
    sql.use("risposta", text(f.protocolloRisposta)).use("rquando", quando(f.protocolloRisposta));
    sql.use("accettata", f.esito ? std::optional{f.esito->decisione == Decisione::Approva} : std::nullopt);
    sql.use("fila", filaOf(pratica)).use("kstato", sortKey(f.stato)).use("chiave", sortKey(f.protocollo));
    sql.use("protocollo2", wordsOf(f.protocollo));
    if (sql.use("id", f.id).use("versione", f.versione).run() == 0)
        throw Conflict("Qualcun altro ha modificato la pratica nel frattempo: ricarica e riprova.");
}

void intoVoce(Sql& sql, VocePratica& voce)
{
    sql.into(voce.id).into(voce.servizio).into(voce.servizioNome).into(voce.categoria).into(voce.stato);
    sql.into(voce.protocollo).into(voce.creata).into(voce.passo).into(voce.nota);
}

std::vector<VocePratica> readVoci(Sql& sql)
{
    std::vector<VocePratica> voci;
    VocePratica voce;
    intoVoce(sql, voce);
    while (sql.next())
        voci.push_back(voce);
    return voci;
}

/// The states of one of the citizen's lists, as a text that SQL can look into: ",7000,".
std::string statiOf(ElencoCittadino elenco)
{
    std::string codes = ",";
    for (const Stato stato : allStati()) {
        if (elencoCittadino(stato) == elenco)
            codes += std::to_string(code(stato)) + ",";
    }
    return codes;
}

}

std::optional<Pratica> findPratica(Reader& reader, const Id<Pratica>& id)
{
    Pratica::Fields f;
    std::optional<std::string> protocollo;
    std::optional<Instant> protocolloQuando;
    std::optional<std::string> risposta;
    std::optional<Instant> rispostaQuando;
    int accettata = -1;
    {
        Sql sql(reader, R"(SELECT id, servizio, definizione, cittadino, stato, versione, creata, inviata, modificata,
                                  operatore, passo, protocollo, protocollo_quando, protocollo_risposta,
                                  protocollo_risposta_quando, COALESCE(accettata, -1)
                           FROM pratiche WHERE id = :id)");
        sql.use("id", id).into(f.id).into(f.servizio).into(f.definizione).into(f.cittadino).into(f.stato);
        sql.into(f.versione).into(f.creata).into(f.inviata).into(f.modificata).into(f.operatore).into(f.passo);
        sql.into(protocollo).into(protocolloQuando).into(risposta).into(rispostaQuando).into(accettata);
        if (!sql.next())
            return std::nullopt;
    }
    f.protocollo = numero(protocollo, protocolloQuando);
    f.protocolloRisposta = numero(risposta, rispostaQuando);
    if (accettata >= 0)
        f.esito = Esito{accettata == 1 ? Decisione::Approva : Decisione::Rigetta, motivazione(reader, id)};
    return Pratica::restore(std::move(f));
}

Pratica pratica(Reader& reader, const Id<Pratica>& id)
{
    auto found = findPratica(reader, id);
    if (!found)
        throw NotFound();
    return std::move(*found);
}

void lock(Transaction& transaction, const Id<Pratica>& id)
{
    // On SQLite a transaction has all of the ente's database to itself.
    if (transaction.kind() == Kind::Sqlite)
        return;
    Id<Pratica> found;
    Sql sql(transaction, "SELECT id FROM pratiche WHERE id = :id FOR UPDATE");
    sql.use("id", id).into(found).next();
}

void insert(Transaction& transaction, const Pratica& pratica, const Servizio& servizio, const std::string& richiedente)
{
    const Pratica::Fields& f = pratica.fields();
    Sql(transaction, R"(INSERT INTO pratiche (id, servizio, servizio_nome, categoria, definizione, cittadino, stato,
                            versione, creata, modificata, operatore, passo, richiedente, numero, fila,
                            chiave_stato, chiave_protocollo, chiave_richiedente, chiave_servizio, chiave_categoria,
                            ricerca)
                        VALUES (:id, :servizio, :nome, :categoria, :definizione, :cittadino, :stato, 0, :creata,
                            :creata, '', :passo, :richiedente, :numero, '', :kstato, '', :krichiedente, :kservizio,
                            :kcategoria, ''))")
        .use("id", f.id)
        .use("servizio", f.servizio)
        .use("nome", servizio.nome)
        .use("categoria", servizio.categoria)
        .use("definizione", f.definizione)
        .use("cittadino", f.cittadino)
        .use("stato", f.stato)
        .use("creata", f.creata)
        .use("passo", f.passo)
        .use("richiedente", richiedente)
        .use("numero", nextValue(transaction, "pratiche"))
        .use("kstato", sortKey(f.stato))
        .use("krichiedente", fold(richiedente))
        .use("kservizio", fold(servizio.nome))
        .use("kcategoria", fold(servizio.categoria))
        .run();
    insertPassaggi(transaction, pratica);
}

void save(Transaction& transaction, const Pratica& pratica)
{
    // What stands in no fila now never stood in one: nothing leaves the lists.
    const bool listed = !filaOf(pratica).empty();
    const Posto before = listed ? postoOf(transaction, pratica.id()) : Posto{};
    updateRow(transaction, pratica);
    insertPassaggi(transaction, pratica);
    if (!listed)
        return;
    noteChange(transaction, pratica);
    recount(transaction, before, postoOf(transaction, pratica.id()));
}

void setListed(Transaction& transaction, const Pratica& pratica, const Servizio& servizio, const Cittadino& cittadino)
{
    const std::string richiedente = trim(cittadino.cognome + " " + cittadino.nome);
    Sql(transaction, R"(UPDATE pratiche SET servizio_nome = :nome, categoria = :categoria, richiedente = :richiedente,
                            chiave_richiedente = :krichiedente, chiave_servizio = :kservizio,
                            chiave_categoria = :kcategoria, ricerca = :ricerca
                        WHERE id = :id)")
        .use("nome", servizio.nome)
        .use("categoria", servizio.categoria)
        .use("richiedente", richiedente)
        .use("krichiedente", fold(richiedente))
        .use("kservizio", fold(servizio.nome))
        .use("kcategoria", fold(servizio.categoria))
        .use("ricerca", wordsOf(servizio, cittadino))
        .use("id", pratica.id())
        .run();
}

void removeBozza(Transaction& transaction, const Pratica& pratica)
{
    pratica.requireDraft();
    for (const char* statement :
         {"DELETE FROM bozze_uniche WHERE pratica = :id", "DELETE FROM note_private WHERE pratica = :id",
          "DELETE FROM risposte WHERE pratica = :id", "DELETE FROM passaggi_autori WHERE pratica = :id",
          "DELETE FROM passaggi WHERE pratica = :id"})
        Sql(transaction, statement).use("id", pratica.id()).run();
    Sql sql(transaction, "DELETE FROM pratiche WHERE id = :id AND versione = :versione");
    if (sql.use("id", pratica.id()).use("versione", pratica.versione()).run() == 0)
        throw Conflict("La bozza è stata modificata nel frattempo: ricarica la pagina.");
}

Risposte risposte(Reader& reader, const Id<Pratica>& id)
{
    std::string json;
    Sql sql(reader, "SELECT json FROM risposte WHERE pratica = :id");
    return sql.use("id", id).into(json).next() ? Risposte::parse(json) : Risposte::object();
}

void saveRisposte(Transaction& transaction, const Id<Pratica>& id, const Risposte& risposte)
{
    Sql(transaction, R"(INSERT INTO risposte (pratica, json) VALUES (:id, :json)
                        ON CONFLICT (pratica) DO UPDATE SET json = excluded.json)")
        .use("id", id)
        .use("json", risposte.dump())
        .run();
}

std::optional<Cittadino> richiedente(Reader& reader, const Id<Pratica>& id)
{
    std::string json;
    Sql sql(reader, "SELECT json FROM richiedenti WHERE pratica = :id");
    return sql.use("id", id).into(json).next() ? std::optional{cittadinoFromJson(json)} : std::nullopt;
}

void insertRichiedente(Transaction& transaction, const Id<Pratica>& id, const Cittadino& cittadino)
{
    Sql(transaction, "INSERT INTO richiedenti (pratica, json) VALUES (:id, :json)")
        .use("id", id)
        .use("json", toJson(cittadino))
        .run();
}

std::string notaPrivata(Reader& reader, const Id<Pratica>& id)
{
    std::string testo;
    Sql sql(reader, "SELECT testo FROM note_private WHERE pratica = :id");
    sql.use("id", id).into(testo).next();
    return testo;
}

void saveNotaPrivata(Transaction& transaction, const Id<Pratica>& id, const std::string& testo)
{
    Sql(transaction, R"(INSERT INTO note_private (pratica, testo) VALUES (:id, :testo)
                        ON CONFLICT (pratica) DO UPDATE SET testo = excluded.testo)")
        .use("id", id)
        .use("testo", testo)
        .run();
}

std::vector<PassaggioVisibile> iter(Reader& reader, const Id<Pratica>& id)
{
    std::vector<PassaggioVisibile> passaggi;
    PassaggioVisibile passaggio;
    Sql sql(reader, "SELECT stato, quando FROM passaggi WHERE pratica = :id ORDER BY numero");
    sql.use("id", id).into(passaggio.stato).into(passaggio.quando);
    while (sql.next())
        passaggi.push_back(passaggio);
    return passaggi;
}

void insertEsito(Transaction& transaction, const Id<Pratica>& id, const Esito& esito, const std::string& chiave)
{
    Sql(transaction, "INSERT INTO esiti (pratica, motivazione, chiave) VALUES (:id, :motivazione, :chiave)")
        .use("id", id)
        .use("motivazione", esito.motivazione)
        .use("chiave", chiave)
        .run();
}

std::optional<Id<Pratica>> decidedWith(Reader& reader, const std::string& chiave)
{
    Id<Pratica> id;
    Sql sql(reader, "SELECT pratica FROM esiti WHERE chiave = :chiave");
    return sql.use("chiave", chiave).into(id).next() ? std::optional{id} : std::nullopt;
}

std::vector<VocePratica> bozze(Reader& reader, const Id<Cittadino>& cittadino, const std::string& servizio)
{
    Sql sql(reader, R"(SELECT p.id, p.servizio, p.servizio_nome, p.categoria, p.stato, p.protocollo, p.creata,
                              p.passo, COALESCE(n.testo, '')
                       FROM pratiche p LEFT JOIN note_private n ON n.pratica = p.id
                       WHERE p.cittadino = :cittadino AND p.servizio = :servizio AND p.stato IN (1000, 1500)
                       ORDER BY p.creata DESC, p.id DESC)");
    return readVoci(sql.use("cittadino", cittadino).use("servizio", servizio));
}

std::vector<VocePratica> praticheOf(Reader& reader, const Id<Cittadino>& cittadino, ElencoCittadino elenco,
                                    std::size_t skip, std::size_t limit)
{
    Sql sql(reader, R"(SELECT p.id, p.servizio, p.servizio_nome, p.categoria, p.stato, p.protocollo, p.creata,
                              p.passo, COALESCE(n.testo, '')
                       FROM pratiche p LEFT JOIN note_private n ON n.pratica = p.id
                       WHERE p.cittadino = :cittadino AND :stati LIKE '%,' || p.stato || ',%'
                       ORDER BY p.creata DESC, p.id DESC LIMIT :limite OFFSET :salta)");
    sql.use("cittadino", cittadino).use("stati", statiOf(elenco)).use("limite", limit).use("salta", skip);
    return readVoci(sql);
}

std::vector<VocePratica> praticheRecenti(Reader& reader, const Id<Cittadino>& cittadino, std::size_t limit)
{
    Sql sql(reader, R"(SELECT p.id, p.servizio, p.servizio_nome, p.categoria, p.stato, p.protocollo, p.creata,
                              p.passo, COALESCE(n.testo, '')
                       FROM pratiche p LEFT JOIN note_private n ON n.pratica = p.id
                       WHERE p.cittadino = :cittadino ORDER BY p.creata DESC, p.id DESC LIMIT :limite)");
    return readVoci(sql.use("cittadino", cittadino).use("limite", limit));
}

std::map<ElencoCittadino, long long> conteggi(Reader& reader, const Id<Cittadino>& cittadino)
{
    std::map<ElencoCittadino, long long> counts;
    Stato stato = Stato::Bozza;
    long long count = 0;
    Sql sql(reader, "SELECT stato, COUNT(*) FROM pratiche WHERE cittadino = :cittadino GROUP BY stato");
    sql.use("cittadino", cittadino).into(stato).into(count);
    while (sql.next())
        counts[elencoCittadino(stato)] += count;
    return counts;
}

std::optional<Id<Pratica>> claimBozzaUnica(Transaction& transaction, const Pratica& pratica)
{
    const auto& f = pratica.fields();
    Sql(transaction, R"(INSERT INTO bozze_uniche (cittadino, servizio, pratica) VALUES (:cittadino, :servizio, :pratica)
                        ON CONFLICT (cittadino, servizio) DO NOTHING)")
        .use("cittadino", f.cittadino)
        .use("servizio", f.servizio)
        .use("pratica", f.id)
        .run();
    Id<Pratica> holder;
    Sql sql(transaction, "SELECT pratica FROM bozze_uniche WHERE cittadino = :cittadino AND servizio = :servizio");
    sql.use("cittadino", f.cittadino).use("servizio", f.servizio).into(holder).next();
    return holder == f.id ? std::nullopt : std::optional{holder};
}

void releaseBozzaUnica(Transaction& transaction, const Id<Pratica>& id)
{
    Sql(transaction, "DELETE FROM bozze_uniche WHERE pratica = :id").use("id", id).run();
}

long long lastCambiamento(Reader& reader)
{
    long long numero = 0;
    Sql sql(reader, "SELECT valore FROM contatori WHERE nome = 'cambiamenti'");
    sql.into(numero).next();
    return numero;
}

bool remembersAfter(Reader& reader, long long numero)
{
    long long last = 0;
    long long forgotten = 0;
    Sql sql(reader, R"(SELECT valore, COALESCE((SELECT MIN(numero) - 1 FROM cambiamenti), valore) FROM contatori
                       WHERE nome = 'cambiamenti')");
    sql.into(last).into(forgotten).next();
    return forgotten <= numero && numero <= last;
}

long long forgetCambiamenti(Transaction& transaction, Instant before, Instant after, std::size_t limit)
{
    // By their numbers, which have an index: the dates follow them but for the clock.
    long long last = 0;
    {
        long long numero = 0;
        Instant quando;
        Sql sql(transaction, "SELECT numero, quando FROM cambiamenti ORDER BY numero LIMIT :limite");
        sql.use("limite", limit).into(numero).into(quando);
        while (sql.next() && (quando < before || quando > after))
            last = numero;
    }
    return Sql(transaction, "DELETE FROM cambiamenti WHERE numero <= :last").use("last", last).run();
}

std::vector<Cambiamento> cambiamentiAfter(Reader& reader, long long numero, std::size_t limit)
{
    std::vector<Cambiamento> all;
    Cambiamento one;
    Sql sql(reader, R"(SELECT c.numero, c.pratica, p.servizio FROM cambiamenti c JOIN pratiche p ON p.id = c.pratica
                       WHERE c.numero > :numero ORDER BY c.numero LIMIT :limite)");
    sql.use("numero", numero).use("limite", limit).into(one.numero).into(one.pratica).into(one.servizio);
    while (sql.next())
        all.push_back(one);
    return all;
}

}
