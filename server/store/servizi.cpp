#include "server/store/servizi.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/store/definizioni_lette.h"
#include "server/store/ids.h"
#include "server/store/like.h"
#include "server/store/pagine.h"
#include "server/store/sql.h"

#include <algorithm>
#include <set>

namespace sdc::store {
namespace {

constexpr char kSeparator = '\n';

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += kSeparator + text;
    return all.empty() ? all : all + kSeparator;
}

void split(const std::string& text, std::set<std::string>& into)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(kSeparator, at), text.size());
        if (end > at)
            into.insert(text.substr(at, end - at));
        at = end + 1;
    }
}

void intoVoce(Sql& sql, VoceServizio& voce, int& attivazione)
{
    sql.into(voce.slug).into(voce.nome).into(voce.categoria).into(voce.descrizioneBreve);
    sql.into(attivazione).into(voce.inPrimoPiano).into(voce.livelloAccesso).into(voce.etaMinima);
}

std::vector<VoceServizio> readServizi(Sql& sql)
{
    std::vector<VoceServizio> voci;
    VoceServizio voce;
    int attivazione = 0;
    intoVoce(sql, voce, attivazione);
    while (sql.next()) {
        voce.attivazione = static_cast<Attivazione>(attivazione);
        voci.push_back(voce);
    }
    return voci;
}

std::string likeOne(const std::string& text)
{
    return text.empty() ? "%" : holding(kSeparator + text + kSeparator);
}

std::string unknown(const std::string& slug)
{
    return "Il servizio \"" + slug + "\" non esiste.";
}

void requireOne(long long rows, const std::string& slug)
{
    if (rows == 0)
        throw NotFound(unknown(slug));
}

void insertDefinizione(Transaction& transaction, const Definizione& definizione, const std::string& json, Instant now)
{
    Sql(transaction, R"(INSERT INTO definizioni (id, servizio, numero, json, creata)
                        VALUES (:id, :servizio, :numero, :json, :creata))")
        .use("id", definizione.id)
        .use("servizio", definizione.servizio.slug)
        .use("numero", definizione.numero)
        .use("json", json)
        .use("creata", now)
        .run();
}

void upsertServizio(Transaction& transaction, const Definizione& definizione, Instant now)
{
    const Servizio& servizio = definizione.servizio;
    Sql(transaction, R"(INSERT INTO servizi (slug, definizione, nome, categoria, descrizione_breve, ricerca,
                                             eventi_della_vita, pubblico, livello_accesso, eta_minima,
                                             attivazione, in_primo_piano, ordine, modificato)
                        VALUES (:slug, :definizione, :nome, :categoria, :breve, :ricerca, :eventi, :pubblico,
                                :livello, :eta, 1, 0,
                                (SELECT COUNT(*) FROM servizi), :modificato)
                        ON CONFLICT (slug) DO UPDATE SET definizione = excluded.definizione, nome = excluded.nome,
                            categoria = excluded.categoria, descrizione_breve = excluded.descrizione_breve,
                            ricerca = excluded.ricerca, eventi_della_vita = excluded.eventi_della_vita,
                            pubblico = excluded.pubblico, livello_accesso = excluded.livello_accesso,
                            eta_minima = excluded.eta_minima, modificato = excluded.modificato)")
        .use("slug", servizio.slug)
        .use("definizione", definizione.id)
        .use("nome", servizio.nome)
        .use("categoria", servizio.categoria)
        .use("breve", servizio.descrizioneBreve)
        .use("ricerca", fold(servizio.nome + " " + servizio.categoria + " " + servizio.descrizioneBreve))
        .use("eventi", joined(servizio.eventiDellaVita))
        .use("pubblico", joined(servizio.pubblico))
        .use("livello", servizio.livelloAccesso)
        .use("eta", servizio.etaMinima)
        .use("modificato", now)
        .run();
}

}

std::vector<VoceServizio> servizi(Reader& reader, const FiltroServizi& filtro)
{
    Sql sql(reader, R"(SELECT slug, nome, categoria, descrizione_breve, attivazione, in_primo_piano,
                              livello_accesso, eta_minima FROM servizi
                       WHERE attivazione <> 0 AND ricerca LIKE :cerca ESCAPE '\'
                         AND (:categoria = '' OR categoria = :categoria)
                         AND eventi_della_vita LIKE :evento ESCAPE '\' AND pubblico LIKE :pubblico ESCAPE '\'
                       ORDER BY ordine, slug)");
    sql.use("cerca", holding(fold(filtro.cerca))).use("categoria", filtro.categoria);
    sql.use("evento", likeOne(filtro.eventoDellaVita)).use("pubblico", likeOne(filtro.pubblico));
    return readServizi(sql);
}

std::vector<VoceServizio> serviziOf(Reader& reader, const std::string& categoria)
{
    Sql sql(reader, R"(SELECT slug, nome, categoria, descrizione_breve, attivazione, in_primo_piano,
                              livello_accesso, eta_minima FROM servizi
                       WHERE attivazione <> 0 AND categoria = :categoria ORDER BY ordine, slug)");
    return readServizi(sql.use("categoria", categoria));
}

FiltriPossibili filtriPossibili(Reader& reader)
{
    std::set<std::string> categorie;
    std::set<std::string> eventi;
    std::set<std::string> pubblico;
    std::string categoria;
    std::string evento;
    std::string audience;
    Sql sql(reader, "SELECT categoria, eventi_della_vita, pubblico FROM servizi WHERE attivazione <> 0");
    sql.into(categoria).into(evento).into(audience);
    while (sql.next()) {
        categorie.insert(categoria);
        split(evento, eventi);
        split(audience, pubblico);
    }
    return {{categorie.begin(), categorie.end()}, {eventi.begin(), eventi.end()}, {pubblico.begin(), pubblico.end()}};
}

std::optional<ServizioAttuale> findServizio(Reader& reader, const std::string& slug)
{
    VoceServizio voce;
    int attivazione = 0;
    Id<Definizione> current;
    {
        Sql sql(reader, R"(SELECT slug, nome, categoria, descrizione_breve, attivazione, in_primo_piano,
                                  livello_accesso, eta_minima, definizione
                           FROM servizi WHERE slug = :slug AND attivazione <> 0)");
        intoVoce(sql.use("slug", slug), voce, attivazione);
        if (!sql.into(current).next())
            return std::nullopt;
    }
    voce.attivazione = static_cast<Attivazione>(attivazione);
    return ServizioAttuale{voce, definizione(reader, current)};
}

std::shared_ptr<const Definizione> definizione(Reader& reader, const Id<Definizione>& id)
{
    if (auto known = reader.definizioni().find(id.text()))
        return known;
    std::string json;
    int numero = 0;
    {
        Sql sql(reader, "SELECT numero, json FROM definizioni WHERE id = :id");
        if (!sql.use("id", id).into(numero).into(json).next())
            throw NotFound();
    }
    auto definizione = std::make_shared<const Definizione>(Definizione{id, numero, parseServizio(json)});
    reader.definizioni().keep(definizione);
    return definizione;
}

std::shared_ptr<const Definizione> newestDefinizione(Reader& reader, const Pratica& pratica)
{
    Id<Definizione> current = pratica.fields().definizione;
    {
        // One that is switched off has not fallen back to what it asked before.
        Sql sql(reader, "SELECT definizione FROM servizi WHERE slug = :slug");
        sql.use("slug", pratica.fields().servizio).into(current).next();
    }
    return definizione(reader, current);
}

bool importServizio(Transaction& transaction, const std::string& json, Instant now)
{
    Servizio servizio = parseServizio(json);
    int numero = 0;
    std::string current;
    {
        Sql sql(transaction,
                "SELECT numero, json FROM definizioni WHERE servizio = :slug ORDER BY numero DESC LIMIT 1");
        sql.use("slug", servizio.slug).into(numero).into(current).next();
    }
    if (current == json)
        return false;
    const Definizione definizione{Id<Definizione>{newId()}, numero + 1, std::move(servizio)};
    insertDefinizione(transaction, definizione, json, now);
    upsertServizio(transaction, definizione, now);
    changePagine(transaction);
    return numero == 0;
}

void setInPrimoPiano(Transaction& transaction, const std::string& slug, bool inPrimoPiano)
{
    Sql sql(transaction, "UPDATE servizi SET in_primo_piano = :valore WHERE slug = :slug");
    requireOne(sql.use("valore", inPrimoPiano).use("slug", slug).run(), slug);
    changePagine(transaction);
}

void setAttivazione(Transaction& transaction, const std::string& slug, Attivazione attivazione)
{
    Sql sql(transaction, "UPDATE servizi SET attivazione = :valore WHERE slug = :slug");
    requireOne(sql.use("valore", static_cast<int>(attivazione)).use("slug", slug).run(), slug);
    changePagine(transaction);
}

std::string definizioneJson(Reader& reader, const std::string& slug)
{
    std::string json;
    Sql sql(reader, "SELECT d.json FROM servizi s JOIN definizioni d ON d.id = s.definizione WHERE s.slug = :slug");
    if (!sql.use("slug", slug).into(json).next())
        throw NotFound(unknown(slug));
    return json;
}

std::set<std::string> etichetteFile(Reader& reader)
{
    std::set<std::string> etichette;
    for (const auto& definizione : currentDefinizioni(reader)) {
        for (const Passo& passo : definizione->servizio.modulo.passi) {
            for (const Campo& campo : passo.campi) {
                if (campo.tipo == TipoCampo::File)
                    etichette.insert(campo.etichetta);
            }
        }
    }
    return etichette;
}

std::vector<std::shared_ptr<const Definizione>> currentDefinizioni(Reader& reader)
{
    std::vector<Id<Definizione>> ids;
    {
        Id<Definizione> id;
        Sql sql(reader, "SELECT definizione FROM servizi ORDER BY ordine, slug");
        sql.into(id);
        while (sql.next())
            ids.push_back(id);
    }
    std::vector<std::shared_ptr<const Definizione>> all;
    for (const auto& id : ids)
        all.push_back(definizione(reader, id));
    return all;
}

}
