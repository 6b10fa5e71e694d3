#include "server/copie/controllo.h"

#include "server/store/allegati.h"
#include "server/store/copia.h"
#include "server/store/enti.h"
#include "server/store/files.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShaSize = 64;

bool isRegular(const fs::path& file)
{
    return fs::symlink_status(file).type() == fs::file_type::regular;
}

/// Tells what is in the folder beside `expected`, and what of that is not there.
void checkNames(const fs::path& folder, const std::set<std::string>& expected, const std::string& where,
                const store::Tell& tell)
{
    if (fs::symlink_status(folder).type() != fs::file_type::directory)
        return tell(where + ": manca la cartella " + folder.filename().string());
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder))
        found.insert(entry.path().filename().string());
    for (const std::string& name : expected) {
        if (found.erase(name) == 0)
            tell(where + ": manca " + name);
    }
    for (const std::string& name : found)
        tell(where + ": c'è qualcosa in più: " + name);
}

bool checkParte(const fs::path& folder, const Parte& parte, const std::string& where, const store::Tell& tell)
{
    const fs::path file = folder / parte.nome;
    if (!isRegular(file)) {
        tell(where + ": manca " + parte.nome);
        return false;
    }
    if (static_cast<long long>(fs::file_size(file)) == parte.byte && store::sha256OfFile(file) == parte.sha256)
        return true;
    tell(where + ": " + parte.nome + " è alterato");
    return false;
}

/// Whether the tables are such as the manifest says, and such as this program knows.
bool checkTables(store::Reader& tables, store::Tables which, int migrazione, const std::string& where,
                 const store::Tell& tell)
{
    const int version = store::appliedVersion(tables);
    if (version != migrazione)
        tell(where + ": il manifesto dice tabelle di versione " + std::to_string(migrazione) +
             ", ma sono di versione " + std::to_string(version));
    else if (version > store::newestVersion(which))
        tell(where + ": le tabelle (versione " + std::to_string(version) +
             ") sono più recenti di questo programma: aggiornalo");
    else if (store::hasForeignObjects(tables) || store::tablesOf(tables) != store::expectedTables(which, version))
        tell(where + ": le tabelle non sono quelle della versione " + std::to_string(version));
    else
        return true;
    return false;
}

/// A line of the list of files.
struct Voce
{
    std::string sha256;
    bool missing = false;
    long long size = 0;
};

std::optional<Voce> voceFrom(const std::string& line)
{
    if (line.size() <= kShaSize + 1 || line[kShaSize] != ' ')
        return std::nullopt;
    Voce voce{line.substr(0, kShaSize), line.substr(kShaSize + 1) == "manca", 0};
    const char* end = line.data() + line.size();
    if (!voce.missing && std::from_chars(line.data() + kShaSize + 1, end, voce.size).ptr != end)
        return std::nullopt;
    return voce;
}

class Elenco
{
public:
    explicit Elenco(const fs::path& file) : stream_(file, std::ios::binary) { next(); }

    /// Those of one folder, which must come in order.
    std::vector<Voce> of(const std::string& prefix)
    {
        std::vector<Voce> all;
        for (; voce_ && voce_->sha256.starts_with(prefix); next())
            all.push_back(*voce_);
        return all;
    }
    bool isAtEnd() const { return !voce_ && stream_.eof(); }

private:
    void next()
    {
        std::string line;
        voce_ = std::getline(stream_, line) ? voceFrom(line) : std::nullopt;
    }

    std::ifstream stream_;
    std::optional<Voce> voce_;
};

/// One folder of files; whether there is one.
bool checkFolder(const fs::path& folder, const std::vector<Voce>& voci, const std::string& where,
                 const store::Tell& tell)
{
    std::set<std::string> present;
    for (const Voce& voce : voci) {
        if (!voce.missing)
            present.insert(voce.sha256);
    }
    if (voci.empty())
        return false;
    checkNames(folder, present, where, tell);
    for (const Voce& voce : voci) {
        const fs::path file = folder / voce.sha256;
        if (voce.missing || !fs::exists(fs::symlink_status(file)))
            continue;
        if (!isRegular(file) || static_cast<long long>(fs::file_size(file)) != voce.size ||
            store::sha256OfFile(file) != voce.sha256)
            tell(where + ": il file " + voce.sha256 + " è alterato");
    }
    return true;
}

void checkFiles(const fs::path& folder, const CopiaEnte& ente, store::Reader& tables, Avanzamento& avanzamento,
                const store::Tell& tell)
{
    Elenco elenco(folder / kElenco);
    std::set<std::string> folders;
    long long count = 0;
    avanzamento.step(ente.slug + ": file della copia");
    for (int i = 0; i < store::kFolders; ++i) {
        const std::string prefix = store::folderName(i);
        const std::vector<Voce> voci = elenco.of(prefix);
        std::vector<std::string> listed;
        std::transform(voci.begin(), voci.end(), std::back_inserter(listed), [](const Voce& v) { return v.sha256; });
        if (listed != store::namedFiles(tables, prefix))
            tell(ente.slug + ": l'elenco dei file e le tabelle non nominano gli stessi file (" + prefix + ")");
        if (checkFolder(folder / kAllegati / prefix, voci, ente.slug, tell))
            folders.insert(prefix);
        for (const Voce& voce : voci) {
            count += voce.missing ? 0 : 1;
            avanzamento.tick(ente.file + ente.mancanti);
        }
    }
    if (!elenco.isAtEnd() || count != ente.file)
        tell(ente.slug + ": l'elenco dei file non è quello del manifesto");
    checkNames(folder / kAllegati, folders, ente.slug, tell);
}

/// Whether the tables are as they were written.
bool checkEnte(const fs::path& copia, const CopiaEnte& ente, Avanzamento& avanzamento, const store::Tell& tell)
{
    const fs::path folder = folderOf(copia, ente.slug);
    checkNames(folder, {kTabelle, kElenco, kAllegati}, ente.slug, tell);
    avanzamento.step(ente.slug + ": impronte della copia");
    const bool sound = checkParte(folder, ente.parti[0], ente.slug, tell);
    const bool listed = checkParte(folder, ente.parti[1], ente.slug, tell);
    if (!sound)
        return false;
    const auto tables = store::openReadOnly(folder / kTabelle);
    if (!checkTables(*tables, store::Tables::Ente, ente.migrazione, ente.slug, tell))
        return false;
    if (store::countRows(*tables, store::tablesOf(*tables)) != ente.righe ||
        store::lastNumbers(*tables) != ente.protocollo ||
        store::lastAttivita(*tables) != std::pair{ente.attivita, ente.catena})
        tell(ente.slug + ": le righe delle tabelle non sono quelle del manifesto");
    if (listed)
        checkFiles(folder, ente, *tables, avanzamento, tell);
    return true;
}

void checkCatalogo(const fs::path& copia, const Manifesto& manifesto, const std::set<std::string>& slugs,
                   const store::Tell& tell)
{
    if (!checkParte(copia, manifesto.catalogo, "copia", tell))
        return;
    const auto catalogo = store::openReadOnly(copia / kCatalogo);
    if (!checkTables(*catalogo, store::Tables::Catalogo, manifesto.migrazioneCatalogo, "catalogo", tell))
        return;
    for (const std::string& slug : slugs) {
        if (!store::findEnte(*catalogo, slug))
            tell("catalogo: manca l'ente " + slug);
    }
}

}

std::vector<CopiaEnte> chosen(const Manifesto& manifesto, const std::optional<std::string>& slug)
{
    std::vector<CopiaEnte> enti;
    for (const CopiaEnte& ente : manifesto.enti) {
        if (!slug || ente.slug == *slug)
            enti.push_back(ente);
    }
    if (slug && enti.empty())
        throw std::runtime_error("nella copia non c'è l'ente \"" + *slug + "\"");
    return enti;
}

std::set<std::string> checkCopia(const fs::path& copia, const Manifesto& manifesto, const std::vector<CopiaEnte>& enti,
                                 Avanzamento& avanzamento, const store::Tell& tell)
{
    checkNames(copia, {kManifesto, kManifestoSha, kCatalogo, "enti"}, "copia", tell);
    std::set<std::string> slugs;
    for (const CopiaEnte& ente : manifesto.enti)
        slugs.insert(ente.slug);
    checkNames(copia / "enti", slugs, "copia", tell);
    checkCatalogo(copia, manifesto, slugs, tell);
    std::set<std::string> sound;
    for (const CopiaEnte& ente : enti) {
        try {
            if (checkEnte(copia, ente, avanzamento, tell))
                sound.insert(ente.slug);
        } catch (const std::exception& error) {
            // One that cannot be read is a fault like others: the rest is looked at all the same.
            tell(ente.slug + ": la verifica si è interrotta: " + error.what());
        }
    }
    return sound;
}

}
