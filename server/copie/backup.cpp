#include "server/copie/backup.h"

#include "server/copie/avanzamento.h"
#include "server/copie/conservate.h"
#include "server/copie/disco.h"
#include "server/copie/manifesto.h"
#include "server/copie/origine.h"
#include "server/rooms.h"
#include "server/store/allegati.h"
#include "server/store/copia.h"
#include "server/verifica.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <system_error>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

constexpr int kDataDamaged = 3;
constexpr int kEntiMissing = 4;
constexpr int kOldOnesLeft = 5;

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

/// No disk has room for the others either.
bool isDiskFull(const std::exception& error)
{
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    const int code = system == nullptr ? 0 : system->code().value();
    return code == ENOSPC || code == EDQUOT || code == EFBIG ||
           std::string_view{error.what()}.find("disk is full") != std::string_view::npos;
}

/// One that cannot be opened keeps no other from being copied.
std::vector<Origine> openAll(const Config& config, const store::Storage& storage, const std::vector<Ente>& enti,
                             Manifesto& manifesto)
{
    std::vector<Origine> all;
    for (const Ente& ente : enti) {
        try {
            all.push_back(openOrigine(config, storage, ente));
        } catch (const std::exception& error) {
            manifesto.esclusi.push_back({ente.slug, reasonOf(error)});
        }
    }
    return all;
}

/// Of an ente that does not say how much it holds nothing may be copied in the end.
long long bytesNeeded(const std::vector<Origine>& origini, bool copiesFiles)
{
    long long bytes = 0;
    for (const Origine& origine : origini) {
        try {
            bytes += store::bytesOfTables(*origine.database);
            bytes += copiesFiles ? store::bytesOfFiles(*origine.database) : 0;
        } catch (const std::exception&) {
            continue;
        }
    }
    return bytes;
}

/// Never a symbolic link; what does not answer is none.
bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::symlink_status(path, ignored).type() == fs::file_type::regular;
}

bool link(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    if (isFile(from))
        fs::create_hard_link(from, to, error);
    return isFile(to);
}

/// Does it, and takes away again what does not have the content that was taken in, or cannot be read: a file that
/// rotted in an earlier backup would rot in all later ones.
bool bring(const fs::path& to, const std::string& sha256, const std::function<std::string()>& act)
{
    try {
        if (act() == sha256)
            return true;
    } catch (const store::Unreadable&) {
        // A fault of what is copied: the other files are copied all the same.
    }
    fs::remove(to);
    return false;
}

bool linkSound(const fs::path& from, const fs::path& to, const std::string& sha256)
{
    return link(from, to) && bring(to, sha256, [&] { return store::sha256OfFile(to); });
}

/// Brings one file into the backup; false where the data themselves have it no more as it was taken in, or cannot read
/// it.
bool bringFile(const Lavoro& lavoro, const Origine& origine, const std::string& sha256, const fs::path& target)
{
    const fs::path name = fs::path{kAllegati} / sha256.substr(0, 2) / sha256;
    const fs::path live = fileOf(origine, sha256);
    const auto& precedente = lavoro.richiesta.precedente;
    if (precedente && linkSound(folderOf(*precedente, origine.ente.slug) / name, target, sha256))
        return true;
    if (!isFile(live))
        return false;
    if (lavoro.richiesta.collega && linkSound(live, target, sha256))
        return true;
    return bring(target, sha256, [&] { return store::copyFile(live, target); });
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

/// All that can be copied; what cannot is named in the manifest.
void copyAll(const Lavoro& lavoro, const std::vector<Origine>& origini, Manifesto& manifesto)
{
    fs::create_directory(lavoro.folder / "enti");
    for (const Origine& origine : origini) {
        try {
            manifesto.enti.push_back(copyOne(lavoro, origine));
        } catch (const std::exception& error) {
            if (isDiskFull(error))
                throw;
            fs::remove_all(folderOf(lavoro.folder, origine.ente.slug));
            manifesto.esclusi.push_back({origine.ente.slug, reasonOf(error)});
        }
    }
    if (manifesto.enti.empty() && !manifesto.esclusi.empty())
        throw std::runtime_error(manifesto.esclusi.front().slug + ": " + manifesto.esclusi.front().causa);
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
    if (missing > 0)
        std::cerr << "ATTENZIONE: la copia è completa, ma " << missing
                  << " file dei dati mancano, sono alterati o non si leggono; dice quali: verifica\n";
    for (const Escluso& escluso : manifesto.esclusi)
        std::cerr << "ATTENZIONE: nella copia manca l'ente " << escluso.slug << ": " << escluso.causa << "\n";
    if (!manifesto.esclusi.empty())
        return kEntiMissing;
    return missing > 0 ? kDataDamaged : 0;
}

/// A backup that was made, and what is in it.
struct Fatta
{
    fs::path path;
    Manifesto manifesto;
};

Fatta make(const Config& config, const RichiestaBackup& richiesta, const std::function<Instant()>& now)
{
    const fs::path parent = requireFolder(richiesta.in, config);
    if (richiesta.precedente)
        readManifesto(*richiesta.precedente);
    const store::Storage storage = openStorage(config);
    const auto catalogo = openCatalogo(config, storage);
    Manifesto manifesto;
    const auto origini = openAll(config, storage, entiOf(*catalogo, richiesta.ente), manifesto);
    requireSpace(parent, bytesNeeded(origini, !richiesta.precedente && !richiesta.collega));

    Avanzamento avanzamento;
    Incompiuta incompiuta(parent, kUnfinishedBackup);
    const Lavoro lavoro{richiesta, incompiuta.path(), now, avanzamento};
    manifesto.programma = SDC_VERSION;
    manifesto.creata = now();
    manifesto.origine = config.database == TipoDatabase::Sqlite ? "sqlite" : "postgresql";
    store::copyCatalogo(*catalogo, lavoro.folder / kCatalogo, richiesta.ente, manifesto.creata);
    manifesto.migrazioneCatalogo = store::appliedVersion(*store::openReadOnly(lavoro.folder / kCatalogo));
    manifesto.catalogo = parteOf(lavoro.folder / kCatalogo);
    copyAll(lavoro, origini, manifesto);
    writeManifesto(lavoro.folder, manifesto);
    const fs::path name = nameFor(parent, richiesta.ente, manifesto.creata);
    avanzamento.step("scrittura sul disco");
    incompiuta.publish(name);
    avanzamento.step("");
    return {name, std::move(manifesto)};
}

/// The server's figures tell how old it is: one without any of the enti is not what to rely on.
void note(const Config& config, const Manifesto& manifesto)
{
    try {
        noteCopia(config, manifesto.creata);
    } catch (const std::exception& error) {
        std::cerr << "ATTENZIONE: l'età della copia non sarà nelle cifre del server: " << reasonOf(error) << "\n";
    }
}

/// Old ones go only where the new one was read again from the first byte to the last, and nothing was wrong: there is
/// always one that was found sound.
int keep(const Config& config, const RichiestaBackup& richiesta, const Fatta& fatta, int status)
{
    try {
        if (status == 0 && verifica::runOnCopia(config, fatta.path, std::nullopt, std::cout) == 0) {
            keepNewest(fatta.path, richiesta.ente, *richiesta.tieni);
            return 0;
        }
        std::cerr << "ATTENZIONE: la copia non è senza difetti, quindi nessuna delle precedenti è stata tolta\n";
    } catch (const std::exception& error) {
        std::cerr << "ATTENZIONE: le copie più vecchie non si possono togliere: " << reasonOf(error) << "\n";
    }
    return status == 0 ? kOldOnesLeft : status;
}

}

std::string reasonOf(const std::exception& error)
{
    std::string what = error.what();
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    const int code = system == nullptr ? 0 : system->code().value();
    if (isDiskFull(error))
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
    std::optional<Fatta> fatta;
    try {
        fatta = make(config, richiesta, now);
    } catch (const std::exception& error) {
        // What failed says nothing of what is left of it.
        throw std::runtime_error("nessuna copia è stata fatta: " + reasonOf(error));
    }
    const int status = tell(fatta->path, fatta->manifesto);
    if (!richiesta.ente && fatta->manifesto.esclusi.empty())
        note(config, fatta->manifesto);
    return richiesta.tieni ? keep(config, richiesta, *fatta, status) : status;
}

}
