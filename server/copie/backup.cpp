#include "server/copie/backup.h"

#include "server/copie/avanzamento.h"
#include "server/copie/disco.h"
#include "server/copie/manifesto.h"
#include "server/rooms.h"
#include "server/store/allegati.h"
#include "server/store/copia.h"
#include "server/store/enti.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <system_error>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

constexpr int kDataDamaged = 3;
constexpr const char* kUnfinished = ".stanza-incompiuta-";

/// One ente of the server, open as it is: a backup brings no tables to a newer version.
struct Origine
{
    Ente ente;
    std::unique_ptr<store::Database> database;
    fs::path allegati;
};

struct Lavoro
{
    const RichiestaBackup& richiesta;
    fs::path folder;
    const std::function<Instant()>& now;
    Avanzamento& avanzamento;
};

fs::path requireFolder(const fs::path& folder, const Config& config)
{
    if (!fs::is_directory(folder))
        throw std::runtime_error("la cartella " + folder.string() + " non c'è: se è un disco, va prima montato");
    if (isWithin(folder, config.cartella))
        throw std::runtime_error("la cartella " + folder.string() +
                                 " sta dentro quella dei dati: una copia va tenuta altrove");
    if (fs::exists(folder / kManifesto))
        throw std::runtime_error("la cartella " + folder.string() +
                                 " è una copia: indica quella che contiene le copie");
    return fs::canonical(folder);
}

std::vector<Ente> chosen(store::Database& catalogo, const std::optional<std::string>& slug)
{
    if (store::appliedVersion(catalogo) == 0)
        throw std::runtime_error("qui non ci sono dati: controlla la configurazione");
    if (!slug)
        return store::enti(catalogo);
    const auto ente = store::findEnte(catalogo, *slug);
    if (!ente)
        throw std::runtime_error("l'ente \"" + *slug + "\" non esiste");
    return {*ente};
}

void requireKnown(store::Reader& reader, store::Tables tables, const std::string& whose)
{
    const int version = store::appliedVersion(reader);
    if (version == 0)
        throw std::runtime_error(whose + ": non ci sono tabelle");
    if (version > store::newestVersion(tables))
        throw std::runtime_error(whose +
                                 ": le tabelle sono di una versione più recente di questo programma: aggiornalo");
}

std::vector<Origine> openAll(const Config& config, const store::Storage& storage, const std::vector<Ente>& enti)
{
    std::vector<Origine> all;
    for (const Ente& ente : enti) {
        const fs::path folder = folderOf(config.cartella, ente.slug);
        if (config.database == TipoDatabase::Sqlite && !fs::exists(folder / kTabelle))
            throw std::runtime_error(ente.slug + ": manca la base dati");
        all.push_back({ente, storage.ente(ente.slug), folder / kAllegati});
        requireKnown(*all.back().database, store::Tables::Ente, ente.slug);
    }
    return all;
}

long long bytesNeeded(const std::vector<Origine>& origini, bool copiesFiles)
{
    long long bytes = 0;
    for (const Origine& origine : origini) {
        bytes += store::bytesOfTables(*origine.database);
        bytes += copiesFiles ? store::bytesOfFiles(*origine.database) : 0;
    }
    return bytes;
}

bool link(const fs::path& from, const fs::path& to)
{
    if (fs::symlink_status(from).type() != fs::file_type::regular)
        return false;
    std::error_code error;
    fs::create_hard_link(from, to, error);
    return !error;
}

/// Links what is still as it was taken in; a file that rotted in an earlier backup would rot in all later ones.
bool linkSound(const fs::path& from, const fs::path& to, const std::string& sha256)
{
    if (!link(from, to))
        return false;
    if (store::sha256OfFile(to) == sha256)
        return true;
    fs::remove(to);
    return false;
}

/// Brings one file into the backup; false where the data themselves have it no more as it was taken in.
bool bringFile(const Lavoro& lavoro, const Origine& origine, const std::string& sha256, const fs::path& target)
{
    const fs::path name = fs::path{kAllegati} / sha256.substr(0, 2) / sha256;
    const fs::path live = origine.allegati / sha256.substr(0, 2) / sha256;
    const auto& precedente = lavoro.richiesta.precedente;
    if (precedente && linkSound(folderOf(*precedente, origine.ente.slug) / name, target, sha256))
        return true;
    if (!fs::is_regular_file(live))
        return false;
    if (lavoro.richiesta.collega && linkSound(live, target, sha256))
        return true;
    if (store::copyFile(live, target) == sha256)
        return true;
    fs::remove(target);
    return false;
}

/// The files that the copied tables name, and their list: "SHA-256 SIZE", or "SHA-256 manca", in order.
void bringFiles(const Lavoro& lavoro, const Origine& origine, store::Reader& tables, CopiaEnte& copia)
{
    const fs::path folder = folderOf(lavoro.folder, origine.ente.slug);
    fs::create_directory(folder / kAllegati);
    std::ofstream list(folder / kElenco, std::ios::binary);
    list.exceptions(std::ios::failbit | std::ios::badbit);
    const long long all = store::countNamedFiles(tables);
    lavoro.avanzamento.step(origine.ente.slug + ": file");
    for (int i = 0; i < store::kFolders; ++i) {
        const std::string prefix = store::folderName(i);
        const auto names = store::namedFiles(tables, prefix);
        if (!names.empty())
            fs::create_directory(folder / kAllegati / prefix);
        for (const std::string& sha256 : names) {
            const fs::path target = folder / kAllegati / prefix / sha256;
            const bool there = bringFile(lavoro, origine, sha256, target);
            const auto size = there ? static_cast<long long>(fs::file_size(target)) : 0;
            ++(there ? copia.file : copia.mancanti);
            copia.byteFile += size;
            list << sha256 << ' ' << (there ? std::to_string(size) : "manca") << '\n';
            lavoro.avanzamento.tick(all);
        }
    }
    list.close();
}

CopiaEnte copyOne(const Lavoro& lavoro, const Origine& origine)
{
    const fs::path folder = folderOf(lavoro.folder, origine.ente.slug);
    fs::create_directories(folder);
    // From before the tables are read until their files are here nothing is swept: what they name is there.
    const store::Files files(origine.allegati);
    const store::Hold hold = files.hold();
    CopiaEnte copia;
    copia.slug = origine.ente.slug;
    copia.nome = origine.ente.nome;
    copia.istante = lavoro.now();
    lavoro.avanzamento.step(copia.slug + ": base dati");
    store::copyEnte(*origine.database, folder / kTabelle, copia.istante);
    const auto tables = store::openReadOnly(folder / kTabelle);
    copia.migrazione = store::appliedVersion(*tables);
    copia.righe = store::countRows(*tables, store::tablesOf(*tables));
    copia.protocollo = store::lastNumbers(*tables);
    std::tie(copia.attivita, copia.catena) = store::lastAttivita(*tables);
    bringFiles(lavoro, origine, *tables, copia);
    lavoro.avanzamento.step(copia.slug + ": impronte");
    copia.parti = {parteOf(folder / kTabelle), parteOf(folder / kElenco)};
    return copia;
}

/// "stanza-rovereto-20261125T050428Z"; of a second one in the same second, with "-2".
fs::path nameFor(const fs::path& parent, const std::optional<std::string>& ente, Instant when)
{
    std::string stamp = toIso(when);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    const std::string name = "stanza-" + (ente ? *ente + "-" : "") + stamp;
    fs::path path = parent / name;
    for (int i = 2; fs::exists(fs::symlink_status(path)); ++i)
        path = parent / (name + "-" + std::to_string(i));
    return path;
}

int tell(const fs::path& path, const Manifesto& manifesto)
{
    long long missing = 0;
    std::cout << "copia di sicurezza: " << path.string() << "\n";
    for (const CopiaEnte& ente : manifesto.enti) {
        std::cout << "  " << ente.slug << ": " << ente.righe.at("pratiche") << " pratiche, " << ente.file << " file ("
                  << sizeText(ente.byteFile) << "), dati del " << onScreenAt(ente.istante) << "\n";
        missing += ente.mancanti;
    }
    std::cout << "Il file di configurazione, i segreti e i certificati non sono nella copia: conservali a parte.\n";
    if (missing == 0)
        return 0;
    std::cerr << "ATTENZIONE: la copia è completa, ma " << missing
              << " file mancavano o erano alterati già nei dati; dice quali: verifica\n";
    return kDataDamaged;
}

int make(const Config& config, const RichiestaBackup& richiesta, const std::function<Instant()>& now)
{
    const fs::path parent = requireFolder(richiesta.in, config);
    if (richiesta.precedente)
        readManifesto(*richiesta.precedente);
    if (config.database == TipoDatabase::Sqlite && !fs::exists(config.cartella / kCatalogo))
        throw std::runtime_error("in " + config.cartella.string() + " non ci sono dati");
    const store::Storage storage = openStorage(config);
    const auto catalogo = storage.catalogo();
    const auto origini = openAll(config, storage, chosen(*catalogo, richiesta.ente));
    requireKnown(*catalogo, store::Tables::Catalogo, "catalogo");
    requireSpace(parent, bytesNeeded(origini, !richiesta.precedente && !richiesta.collega));

    Avanzamento avanzamento;
    Incompiuta incompiuta(parent, kUnfinished);
    const Lavoro lavoro{richiesta, incompiuta.path(), now, avanzamento};
    Manifesto manifesto;
    manifesto.programma = SDC_VERSION;
    manifesto.creata = now();
    manifesto.origine = config.database == TipoDatabase::Sqlite ? "sqlite" : "postgresql";
    store::copyCatalogo(*catalogo, lavoro.folder / kCatalogo, richiesta.ente, manifesto.creata);
    manifesto.migrazioneCatalogo = store::appliedVersion(*store::openReadOnly(lavoro.folder / kCatalogo));
    manifesto.catalogo = parteOf(lavoro.folder / kCatalogo);
    fs::create_directory(lavoro.folder / "enti");
    for (const Origine& origine : origini)
        manifesto.enti.push_back(copyOne(lavoro, origine));
    writeManifesto(lavoro.folder, manifesto);
    const fs::path name = nameFor(parent, richiesta.ente, manifesto.creata);
    avanzamento.step("scrittura sul disco");
    incompiuta.publish(name);
    avanzamento.step("");
    return tell(name, manifesto);
}

}

std::string reasonOf(const std::exception& error)
{
    std::string what = error.what();
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    const int code = system == nullptr ? 0 : system->code().value();
    if (code == ENOSPC || code == EDQUOT || what.find("disk is full") != std::string::npos)
        return "lo spazio sul disco è finito";
    if (dynamic_cast<const std::ios_base::failure*>(&error) != nullptr)
        return "non si riesce a scrivere: il disco è pieno, o non risponde";
    if (code == EACCES || code == EPERM)
        return "permesso negato (" + what + ")";
    if (code == EROFS)
        return "il disco è in sola lettura (" + what + ")";
    return what;
}

int backup(const Config& config, const RichiestaBackup& richiesta, const std::function<Instant()>& now)
{
    try {
        return make(config, richiesta, now);
    } catch (const std::exception& error) {
        // What failed says nothing of what is left of it.
        throw std::runtime_error("nessuna copia è stata fatta: " + reasonOf(error));
    }
}

}
