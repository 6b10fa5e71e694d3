#include "server/copie/ripristino.h"

#include "core/protocollo/numero_protocollo.h"
#include "server/copie/backup.h"
#include "server/copie/controllo.h"
#include "server/copie/disco.h"
#include "server/copie/resto.h"
#include "server/rooms.h"
#include "server/store/attivita.h"
#include "server/store/copia.h"
#include "server/store/enti.h"
#include "server/store/registro.h"
#include "server/store/ricerche.h"
#include "server/verifica.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnfinished = ".ripristino-incompiuto-";
constexpr std::size_t kMostTold = 20;

struct Lavoro
{
    const Config& config;
    const std::function<Instant()>& now;
    Numeri numeri;
    fs::path copia;
    Manifesto manifesto;
    std::vector<CopiaEnte> enti;
    Avanzamento& avanzamento;
    store::Storage storage;
    bool postgresql;
};

/// Refuses a backup that is not as its manifest says; nothing was changed yet.
void requireSound(const Lavoro& lavoro)
{
    std::size_t count = 0;
    std::string all;
    checkCopia(lavoro.copia, lavoro.manifesto, lavoro.enti, lavoro.avanzamento, [&](const std::string& what) {
        if (++count <= kMostTold)
            all += "\n  " + what;
    });
    if (count > kMostTold)
        all += "\n  e altre " + std::to_string(count - kMostTold) + " anomalie";
    if (count > 0)
        throw std::runtime_error("la copia non è integra:" + all);
}

bool holdsFiles(const fs::path& folder)
{
    if (!fs::exists(folder))
        return false;
    const fs::recursive_directory_iterator all(folder);
    return std::any_of(begin(all), end(all),
                       [](const auto& entry) { return entry.symlink_status().type() != fs::file_type::directory; });
}

/// The enti that the server has; of a place where none was ever made nothing is made by asking.
std::set<std::string> known(const Lavoro& lavoro)
{
    const bool there = lavoro.postgresql ? store::hasSchema(*lavoro.storage.schemi(), "catalogo")
                                         : fs::exists(lavoro.config.cartella / kCatalogo);
    const auto catalogo = there ? lavoro.storage.catalogo() : nullptr;
    std::set<std::string> slugs;
    if (!catalogo || store::appliedVersion(*catalogo) == 0)
        return slugs;
    for (const Ente& ente : store::enti(*catalogo))
        slugs.insert(ente.slug);
    return slugs;
}

/// Refuses where one of the enti is there in any form; the rest of a restore that was cut off is none.
void requireAbsent(const Lavoro& lavoro)
{
    const auto schemi = lavoro.postgresql ? lavoro.storage.schemi() : nullptr;
    const std::set<std::string> there = known(lavoro);
    for (const CopiaEnte& ente : lavoro.enti) {
        const fs::path folder = folderOf(lavoro.config.cartella, ente.slug);
        if (there.contains(ente.slug))
            throw std::runtime_error("l'ente \"" + ente.slug + "\" esiste già: un ripristino non sostituisce dati");
        if (!fs::exists(folder / kMark) && holdsFiles(folder))
            throw std::runtime_error("la cartella " + folder.string() + " non è vuota");
        if (schemi && store::schemaState(*schemi, ente.slug) == store::Schema::Pieno)
            throw std::runtime_error("lo schema " + store::schemaOf(ente.slug) + " non è vuoto");
    }
}

void copyChecked(const fs::path& from, const fs::path& to, const std::string& sha256)
{
    if (store::copyFile(from, to) != sha256)
        throw std::runtime_error("la copia cambia mentre la si legge: " + from.filename().string());
}

void bringFiles(const Lavoro& lavoro, const CopiaEnte& ente, const fs::path& folder)
{
    const fs::path from = folderOf(lavoro.copia, ente.slug) / kAllegati;
    fs::create_directories(folder / kAllegati);
    lavoro.avanzamento.step(ente.slug + ": file");
    for (const auto& prefix : fs::directory_iterator(from)) {
        const fs::path target = folder / kAllegati / prefix.path().filename();
        fs::create_directory(target);
        for (const auto& file : fs::directory_iterator(prefix)) {
            const std::string name = file.path().filename().string();
            copyChecked(file.path(), target / name, name);
            lavoro.avanzamento.tick(ente.file);
        }
    }
}

/// What a server's own tables need once they are restored, whichever the database.
void prepare(const Lavoro& lavoro, store::Transaction& transaction, const CopiaEnte& ente)
{
    const bool hasIndex = !lavoro.postgresql && lavoro.manifesto.origine == "sqlite";
    if (!hasIndex)
        store::rebuildRicerche(transaction);
    store::beginAgain(transaction, ente.slug, ente.istante, lavoro.now());
    if (lavoro.numeri.certi)
        store::log(transaction, {"sistema", "", "numeri di protocollo confermati", "ente:" + ente.slug, ""},
                   lavoro.now());
    for (const auto& [anno, ultimo] : lavoro.numeri.ultimi)
        store::avanza(transaction, anno, ultimo, lavoro.now());
}

void prepareSqlite(const Lavoro& lavoro, const CopiaEnte& ente, const fs::path& work)
{
    const fs::path file = folderOf(work, ente.slug) / kTabelle;
    copyChecked(folderOf(lavoro.copia, ente.slug) / kTabelle, file, ente.parti.front().sha256);
    const auto database = store::Storage::sqlite(work).ente(ente.slug);
    store::migrateEnte(*database, lavoro.now());
    store::Transaction transaction(*database);
    prepare(lavoro, transaction, ente);
    transaction.commit();
}

void fillSchema(const Lavoro& lavoro, const CopiaEnte& ente)
{
    const auto copy = store::openReadOnly(folderOf(lavoro.copia, ente.slug) / kTabelle);
    const auto database = lavoro.storage.ente(ente.slug);
    store::Transaction transaction(*database);
    store::markUnfinished(transaction, ente.slug);
    store::restoreEnte(transaction, *copy, ente.migrazione, lavoro.now());
    prepare(lavoro, transaction, ente);
    transaction.commit();
}

/// Takes away what this restore, or an earlier one that was killed, put where the enti belong; never an ente's own.
void clear(const Lavoro& lavoro)
{
    const auto schemi = lavoro.postgresql ? lavoro.storage.schemi() : nullptr;
    const std::set<std::string> there = known(lavoro);
    for (const CopiaEnte& ente : lavoro.enti) {
        if (there.contains(ente.slug))
            continue;
        const fs::path folder = folderOf(lavoro.config.cartella, ente.slug);
        if (fs::exists(folder / kMark) || !holdsFiles(folder))
            fs::remove_all(folder);
        if (schemi && store::schemaState(*schemi, ente.slug) == store::Schema::Incompiuto)
            store::dropSchema(*schemi, ente.slug);
    }
}

/// With this commit the enti are there.
void addToCatalogo(const Lavoro& lavoro, const fs::path& work)
{
    copyChecked(lavoro.copia / kCatalogo, work / kCatalogo, lavoro.manifesto.catalogo.sha256);
    const auto copy = store::Storage::sqlite(work).catalogo();
    store::migrateCatalogo(*copy, lavoro.now());
    const auto catalogo = lavoro.storage.catalogo();
    store::migrateCatalogo(*catalogo, lavoro.now());
    store::Transaction transaction(*catalogo);
    for (const CopiaEnte& ente : lavoro.enti) {
        store::restoreCatalogo(transaction, *copy, ente.slug);
        if (lavoro.postgresql)
            store::markFinished(transaction, ente.slug);
    }
    transaction.commit();
}

void place(const Lavoro& lavoro, const fs::path& work)
{
    const fs::path enti = lavoro.config.cartella / "enti";
    fs::create_directories(enti);
    for (const CopiaEnte& ente : lavoro.enti) {
        lavoro.avanzamento.step(ente.slug + ": base dati");
        if (lavoro.postgresql)
            fillSchema(lavoro, ente);
        fs::rename(folderOf(work, ente.slug), enti / ente.slug);
    }
    makeSafe(enti);
    addToCatalogo(lavoro, work);
    for (const CopiaEnte& ente : lavoro.enti)
        dropMark(lavoro.config, ente.slug);
}

long long bytesNeeded(const Lavoro& lavoro)
{
    long long bytes = 0;
    for (const CopiaEnte& ente : lavoro.enti)
        bytes += ente.byteFile + (lavoro.postgresql ? 0 : ente.parti.front().byte);
    return bytes;
}

void bringAll(const Lavoro& lavoro)
{
    fs::create_directories(lavoro.config.cartella);
    const auto schemi = lavoro.postgresql ? lavoro.storage.schemi() : nullptr;
    const auto lease = schemi ? std::optional{schemi->lease()} : std::nullopt;
    const OneAtATime alone(lavoro.config.cartella / ".ripristino.blocco");
    if (!alone.isMine() || (lease && !store::lockRestore(*lease)))
        throw std::runtime_error("un altro ripristino è in corso");
    const Incompiuta work(lavoro.config.cartella, kUnfinished);
    requireSpace(work.path(), bytesNeeded(lavoro));
    // Whoever had the lock before may have brought the same enti.
    requireAbsent(lavoro);
    clear(lavoro);
    try {
        for (const CopiaEnte& ente : lavoro.enti) {
            const fs::path folder = folderOf(work.path(), ente.slug);
            fs::create_directories(folder);
            writeNew(folder / kMark, "");
            bringFiles(lavoro, ente, folder);
            if (!lavoro.postgresql)
                prepareSqlite(lavoro, ente, work.path());
        }
        makeSafe(work.path());
        place(lavoro, work.path());
    } catch (const std::exception&) {
        clear(lavoro);
        throw;
    }
}

void tell(const Lavoro& lavoro)
{
    for (const CopiaEnte& ente : lavoro.enti) {
        const auto pratiche = ente.righe.find("pratiche");
        std::cout << "ripristinato " << ente.slug << ": " << (pratiche == ente.righe.end() ? 0 : pratiche->second)
                  << " pratiche, " << ente.file << " file, dati del " << onScreenAt(ente.istante) << "\n";
        for (const auto& [anno, ultimo] : ente.protocollo)
            std::cout << "  ultimo numero di protocollo del " << anno
                      << " nella copia: " << formatProtocollo(static_cast<int>(ultimo), anno) << "\n";
        if (ente.mancanti > 0)
            std::cout << "  " << ente.mancanti << " file mancavano già quando la copia fu fatta\n";
    }
    for (const Escluso& escluso : lavoro.manifesto.esclusi)
        std::cout << "nella copia non c'è l'ente " << escluso.slug << ": " << escluso.causa << "\n";
    for (const auto& [anno, ultimo] : lavoro.numeri.ultimi)
        std::cout << "il protocollo del " << anno << " prosegue da " << formatProtocollo(ultimo + 1, anno)
                  << "; i numeri saltati sono agli atti, e li nomina verifica\n";
    std::cout << "Quel che è accaduto dopo la copia non c'è.\nI lavori in attesa proseguono: una mail già partita dopo "
                 "la copia può ripetersi, con lo stesso "
                 "Message-ID.\nTutti devono accedere di nuovo; i moduli lasciati a metà da sessioni scadute sono "
                 "dimenticati.\n";
}

Lavoro prepareLavoro(const Config& config, const RichiestaRipristino& richiesta, const std::function<Instant()>& now,
                     Avanzamento& avanzamento)
{
    const fs::path& da = richiesta.da;
    if (!fs::is_directory(da))
        throw std::runtime_error("la cartella " + da.string() + " non c'è");
    if (isWithin(da, config.cartella))
        throw std::runtime_error("la copia sta dentro la cartella dei dati: spostala altrove");
    const fs::path copia = fs::canonical(da);
    Manifesto manifesto = readManifesto(copia);
    std::vector<CopiaEnte> enti = chosen(manifesto, richiesta.ente);
    requireNumeri(richiesta.numeri, enti);
    return {config,
            now,
            richiesta.numeri,
            copia,
            std::move(manifesto),
            std::move(enti),
            avanzamento,
            openStorage(config),
            config.database == TipoDatabase::Postgresql};
}

}

int restore(const Config& config, const RichiestaRipristino& richiesta, const std::function<Instant()>& now)
{
    Avanzamento avanzamento;
    try {
        const Lavoro lavoro = prepareLavoro(config, richiesta, now, avanzamento);
        requireAbsent(lavoro);
        requireSound(lavoro);
        bringAll(lavoro);
        avanzamento.step("");
        tell(lavoro);
    } catch (const std::exception& error) {
        throw std::runtime_error("nulla è stato ripristinato: " + reasonOf(error));
    }
    return verifica::run(config, richiesta.ente, std::cout);
}

}
