#pragma once

#include "core/base/time.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sdc::copie {

/// One file of a backup that is not an attachment or document.
struct Parte
{
    std::string nome;
    long long byte = 0;
    std::string sha256;
};

/// What a backup holds of one ente.
struct CopiaEnte
{
    std::string slug;
    std::string nome;
    /// The copy holds all that was answered before.
    Instant istante;
    int migrazione = 0;
    std::map<std::string, long long> righe;
    /// The last number of the register, by year.
    std::map<int, long long> protocollo;
    /// The head of the activity log's chain.
    long long attivita = 0;
    std::string catena;
    /// Attachments and documents; those that were missing or damaged when the backup was made.
    long long file = 0;
    long long byteFile = 0;
    long long mancanti = 0;
    /// stanza.sqlite and allegati.elenco.
    std::vector<Parte> parti;
};

/// An ente of the server that could not be copied, and why.
struct Escluso
{
    std::string slug;
    std::string causa;
};

/// What a backup says of itself.
struct Manifesto
{
    std::string programma;
    Instant creata;
    std::string origine;
    int migrazioneCatalogo = 0;
    Parte catalogo;
    std::vector<CopiaEnte> enti;
    std::vector<Escluso> esclusi;
};

inline constexpr const char* kManifesto = "manifesto.json";
inline constexpr const char* kManifestoSha = "manifesto.sha256";
inline constexpr const char* kCatalogo = "catalogo.sqlite";
inline constexpr const char* kTabelle = "stanza.sqlite";
inline constexpr const char* kElenco = "allegati.elenco";
inline constexpr const char* kAllegati = "allegati";

/// Where a backup, or a server, keeps what is one ente's.
std::filesystem::path folderOf(const std::filesystem::path& root, const std::string& slug);

/// Reads and checks it against its own hash; throws std::runtime_error with a sentence.
Manifesto readManifesto(const std::filesystem::path& copia);
void writeManifesto(const std::filesystem::path& copia, const Manifesto& manifesto);
/// A file with its size and hash as they are.
Parte parteOf(const std::filesystem::path& file);

}
