#pragma once

#include "core/pratica/allegato.h"
#include "core/pratica/pratica.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

void insert(Transaction& transaction, const Allegato& allegato);
/// A file of this citizen; nothing for somebody else's.
std::optional<Allegato> findAllegato(Reader& reader, const Id<Allegato>& id, const Id<Cittadino>& cittadino);
/// The files among `ids` that are this citizen's, in the order of `ids`.
std::vector<Allegato> allegatiOf(Reader& reader, const std::vector<Id<Allegato>>& ids, const Id<Cittadino>& cittadino);

/// Where a file went: the pratica, its state and when it came into it.
struct UsoAllegato
{
    Id<Pratica> pratica;
    std::string servizioNome;
    Stato stato = Stato::Inviata;
    Instant quando;
};
struct MioAllegato
{
    Allegato allegato;
    std::vector<UsoAllegato> usi;
};
/// The citizen's files, newest first, with the sent pratiche that they went with.
std::vector<MioAllegato> allegati(Reader& reader, const Id<Cittadino>& cittadino, std::size_t limit);
/// Throws Conflict where it went with a sent pratica.
void removeAllegato(Transaction& transaction, const Allegato& allegato);

/// A file as a pratica was sent with it.
struct AllegatoInviato
{
    Allegato allegato;
    std::string descrizione;
};
void attach(Transaction& transaction, const Id<Pratica>& pratica, std::size_t posizione, const Allegato& allegato,
            const std::string& descrizione);
std::vector<AllegatoInviato> allegatiOf(Reader& reader, const Id<Pratica>& pratica);

/// Documents that the ente makes or gives about a pratica.
enum class GenereDocumento { Modulo, Risposta, FileEsito };

struct DocumentoSalvato
{
    std::string id;
    GenereDocumento genere = GenereDocumento::Modulo;
    std::string nome;
    std::string tipo;
    std::int64_t dimensione = 0;
    std::string sha256;
    Instant creato;
};
void insert(Transaction& transaction, const Id<Pratica>& pratica, const DocumentoSalvato& documento);
std::vector<DocumentoSalvato> documenti(Reader& reader, const Id<Pratica>& pratica);
std::optional<DocumentoSalvato> findDocumento(Reader& reader, const Id<Pratica>& pratica, GenereDocumento genere);

/// Whether any row names a file.
bool namesFiles(Reader& reader);
/// How many contents the rows name, each once.
long long countNamedFiles(Reader& reader);
/// The SHA-256 of each content that a row names and whose hexadecimal form begins so, each once; at a time no more than
/// one folder of files.
std::vector<std::string> namedFiles(Reader& reader, const std::string& prefix);

}
