#include "server/store/allegati.h"

#include "core/base/error.h"
#include "server/store/sql.h"

#include <algorithm>
#include <array>
#include <map>

namespace sdc::store {
namespace {

constexpr std::array<const char*, 3> kGeneri = {"modulo", "risposta", "file_esito"};

const char* name(GenereDocumento genere)
{
    return kGeneri.at(static_cast<std::size_t>(genere));
}

GenereDocumento genereFromName(const std::string& text)
{
    const auto found = std::find(kGeneri.begin(), kGeneri.end(), text);
    return static_cast<GenereDocumento>(found - kGeneri.begin());
}

void intoAllegato(Sql& sql, Allegato& a)
{
    sql.into(a.id).into(a.cittadino).into(a.nome).into(a.descrizione).into(a.tipo).into(a.dimensione);
    sql.into(a.sha256).into(a.caricato);
}

/// Every pratica that the citizen's files went with, by file: one query for the whole page.
std::map<std::string, std::vector<UsoAllegato>> usi(Reader& reader, const Id<Cittadino>& cittadino)
{
    std::map<std::string, std::vector<UsoAllegato>> byFile;
    std::string file;
    UsoAllegato uso;
    Sql sql(reader, R"(SELECT ap.allegato, p.id, p.servizio_nome, p.stato, MAX(s.quando)
                       FROM allegati_pratica ap JOIN pratiche p ON p.id = ap.pratica
                       JOIN passaggi s ON s.pratica = p.id AND s.stato = p.stato
                       WHERE p.cittadino = :cittadino
                       GROUP BY ap.allegato, p.id, p.servizio_nome, p.stato ORDER BY MAX(s.quando) DESC, p.id)");
    sql.use("cittadino", cittadino)
        .into(file)
        .into(uso.pratica)
        .into(uso.servizioNome)
        .into(uso.stato)
        .into(uso.quando);
    while (sql.next())
        byFile[file].push_back(uso);
    return byFile;
}

}

void insert(Transaction& transaction, const Allegato& allegato)
{
    Sql(transaction, R"(INSERT INTO allegati (id, cittadino, nome, descrizione, tipo, dimensione, sha256, caricato)
                        VALUES (:id, :cittadino, :nome, :descrizione, :tipo, :dimensione, :sha256, :caricato))")
        .use("id", allegato.id)
        .use("cittadino", allegato.cittadino)
        .use("nome", allegato.nome)
        .use("descrizione", allegato.descrizione)
        .use("tipo", allegato.tipo)
        .use("dimensione", static_cast<long long>(allegato.dimensione))
        .use("sha256", allegato.sha256)
        .use("caricato", allegato.caricato)
        .run();
}

std::optional<Allegato> findAllegato(Reader& reader, const Id<Allegato>& id, const Id<Cittadino>& cittadino)
{
    Allegato allegato;
    Sql sql(reader, R"(SELECT id, cittadino, nome, descrizione, tipo, dimensione, sha256, caricato FROM allegati
                       WHERE id = :id AND cittadino = :cittadino)");
    intoAllegato(sql.use("id", id).use("cittadino", cittadino), allegato);
    return sql.next() ? std::optional{allegato} : std::nullopt;
}

std::vector<Allegato> allegatiOf(Reader& reader, const std::vector<Id<Allegato>>& ids, const Id<Cittadino>& cittadino)
{
    // The ids as one text that SQL can look into, so that one query reads them all; ids hold no comma.
    std::string wanted = ",";
    for (const auto& id : ids)
        wanted += id.text() + ",";
    std::map<std::string, Allegato> found;
    if (!ids.empty()) {
        Allegato allegato;
        Sql sql(reader, R"(SELECT id, cittadino, nome, descrizione, tipo, dimensione, sha256, caricato FROM allegati
                           WHERE cittadino = :cittadino AND :ids LIKE '%,' || id || ',%')");
        intoAllegato(sql.use("cittadino", cittadino).use("ids", wanted), allegato);
        while (sql.next())
            found[allegato.id.text()] = allegato;
    }
    std::vector<Allegato> ordered;
    for (const auto& id : ids) {
        if (const auto one = found.find(id.text()); one != found.end())
            ordered.push_back(one->second);
    }
    return ordered;
}

std::vector<MioAllegato> allegati(Reader& reader, const Id<Cittadino>& cittadino, std::size_t limit)
{
    std::vector<MioAllegato> all;
    {
        Allegato allegato;
        Sql sql(reader, R"(SELECT id, cittadino, nome, descrizione, tipo, dimensione, sha256, caricato FROM allegati
                           WHERE cittadino = :cittadino ORDER BY caricato DESC, id LIMIT :limite)");
        intoAllegato(sql.use("cittadino", cittadino).use("limite", limit), allegato);
        while (sql.next())
            all.push_back({allegato, {}});
    }
    auto byFile = usi(reader, cittadino);
    for (MioAllegato& one : all)
        one.usi = std::move(byFile[one.allegato.id.text()]);
    return all;
}

void removeAllegato(Transaction& transaction, const Allegato& allegato)
{
    long long uses = 0;
    {
        Sql sql(transaction, "SELECT COUNT(*) FROM allegati_pratica WHERE allegato = :id");
        sql.use("id", allegato.id).into(uses).next();
    }
    if (uses > 0)
        throw Conflict("Il file è allegato a una pratica inviata e non può essere eliminato.");
    Sql(transaction, "DELETE FROM allegati WHERE id = :id").use("id", allegato.id).run();
}

void attach(Transaction& transaction, const Id<Pratica>& pratica, std::size_t posizione, const Allegato& allegato,
            const std::string& descrizione)
{
    Sql(transaction, R"(INSERT INTO allegati_pratica (pratica, posizione, allegato, descrizione)
                        VALUES (:pratica, :posizione, :allegato, :descrizione))")
        .use("pratica", pratica)
        .use("posizione", posizione)
        .use("allegato", allegato.id)
        .use("descrizione", descrizione)
        .run();
}

std::vector<AllegatoInviato> allegatiOf(Reader& reader, const Id<Pratica>& pratica)
{
    std::vector<AllegatoInviato> all;
    AllegatoInviato one;
    Sql sql(reader, R"(SELECT a.id, a.cittadino, a.nome, a.descrizione, a.tipo, a.dimensione, a.sha256, a.caricato,
                              ap.descrizione
                       FROM allegati_pratica ap JOIN allegati a ON a.id = ap.allegato
                       WHERE ap.pratica = :pratica ORDER BY ap.posizione)");
    intoAllegato(sql.use("pratica", pratica), one.allegato);
    sql.into(one.descrizione);
    while (sql.next())
        all.push_back(one);
    return all;
}

void insert(Transaction& transaction, const Id<Pratica>& pratica, const DocumentoSalvato& documento)
{
    Sql(transaction, R"(INSERT INTO documenti (id, pratica, genere, nome, tipo, dimensione, sha256, creato)
                        VALUES (:id, :pratica, :genere, :nome, :tipo, :dimensione, :sha256, :creato))")
        .use("id", documento.id)
        .use("pratica", pratica)
        .use("genere", name(documento.genere))
        .use("nome", documento.nome)
        .use("tipo", documento.tipo)
        .use("dimensione", static_cast<long long>(documento.dimensione))
        .use("sha256", documento.sha256)
        .use("creato", documento.creato)
        .run();
}

std::vector<DocumentoSalvato> documenti(Reader& reader, const Id<Pratica>& pratica)
{
    std::vector<DocumentoSalvato> all;
    DocumentoSalvato one;
    std::string genere;
    Sql sql(reader, R"(SELECT id, genere, nome, tipo, dimensione, sha256, creato FROM documenti
                       WHERE pratica = :pratica ORDER BY creato, id)");
    sql.use("pratica", pratica).into(one.id).into(genere).into(one.nome).into(one.tipo).into(one.dimensione);
    sql.into(one.sha256).into(one.creato);
    while (sql.next()) {
        one.genere = genereFromName(genere);
        all.push_back(one);
    }
    return all;
}

std::optional<DocumentoSalvato> findDocumento(Reader& reader, const Id<Pratica>& pratica, GenereDocumento genere)
{
    for (DocumentoSalvato& documento : documenti(reader, pratica)) {
        if (documento.genere == genere)
            return documento;
    }
    return std::nullopt;
}

bool namesFiles(Reader& reader)
{
    int found = 0;
    Sql sql(reader, "SELECT 1 WHERE EXISTS (SELECT 1 FROM allegati) OR EXISTS (SELECT 1 FROM documenti)");
    return sql.into(found).next();
}

long long countNamedFiles(Reader& reader)
{
    long long count = 0;
    Sql(reader, "SELECT COUNT(*) FROM (SELECT sha256 FROM allegati UNION SELECT sha256 FROM documenti) n")
        .into(count)
        .next();
    return count;
}

std::vector<std::string> namedFiles(Reader& reader, const std::string& prefix)
{
    std::vector<std::string> all;
    std::string sha256;
    // Hexadecimal digits end before "g".
    Sql sql(reader, R"(SELECT sha256 FROM allegati WHERE sha256 >= :da AND sha256 < :a
                       UNION SELECT sha256 FROM documenti WHERE sha256 >= :da AND sha256 < :a ORDER BY sha256)");
    sql.use("da", prefix).use("a", prefix + "g").into(sha256);
    while (sql.next())
        all.push_back(sha256);
    return all;
}

}
