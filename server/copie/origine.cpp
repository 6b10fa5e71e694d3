#include "server/copie/origine.h"

#include "server/copie/manifesto.h"
#include "server/store/copia.h"
#include "server/store/enti.h"

#include <stdexcept>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

/// Whether there is a database: opening one that is not there would make it.
bool isThere(const Config& config, const store::Storage& storage, const fs::path& file, const std::string& schema)
{
    if (config.database == TipoDatabase::Postgresql)
        return store::hasSchema(*storage.schemi(), schema);
    return fs::exists(file);
}

int knownVersion(store::Reader& reader, store::Tables tables)
{
    const int version = store::appliedVersion(reader);
    if (version == 0)
        throw std::runtime_error("non ci sono tabelle");
    if (version > store::newestVersion(tables))
        throw std::runtime_error("le tabelle sono di una versione più recente di questo programma: aggiornalo");
    return version;
}

}

std::unique_ptr<store::Database> openCatalogo(const Config& config, const store::Storage& storage)
{
    const fs::path file = config.cartella / kCatalogo;
    if (!isThere(config, storage, file, "catalogo"))
        throw std::runtime_error("qui non ci sono dati: controlla la configurazione");
    auto catalogo = storage.catalogo();
    knownVersion(*catalogo, store::Tables::Catalogo);
    return catalogo;
}

std::vector<Ente> entiOf(store::Database& catalogo, const std::optional<std::string>& slug)
{
    if (!slug)
        return store::enti(catalogo);
    const auto ente = store::findEnte(catalogo, *slug);
    if (!ente)
        throw std::runtime_error("l'ente \"" + *slug + "\" non esiste");
    return {*ente};
}

Origine openOrigine(const Config& config, const store::Storage& storage, const Ente& ente)
{
    const fs::path folder = folderOf(config.cartella, ente.slug);
    if (!isThere(config, storage, folder / kTabelle, store::schemaOf(ente.slug)))
        throw std::runtime_error("manca la base dati");
    Origine origine{ente, storage.ente(ente.slug), folder / kAllegati, 0};
    origine.versione = knownVersion(*origine.database, store::Tables::Ente);
    return origine;
}

fs::path fileOf(const Origine& origine, const std::string& sha256)
{
    return origine.allegati / sha256.substr(0, 2) / sha256;
}

}
