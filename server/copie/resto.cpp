#include "server/copie/resto.h"

#include "server/copie/manifesto.h"
#include "server/store/copia.h"

#include <stdexcept>
#include <system_error>

namespace sdc::copie {

void requireNoResto(const Config& config, const store::Storage& storage, const std::string& slug)
{
    const std::filesystem::path folder = folderOf(config.cartella, slug);
    const bool postgresql = config.database == TipoDatabase::Postgresql;
    if (!std::filesystem::exists(folder / kMark) &&
        (!postgresql || store::schemaState(*storage.schemi(), slug) != store::Schema::Incompiuto))
        return;
    throw std::runtime_error(
        "l'ente \"" + slug +
        "\" è in corso di ripristino, o ne resta uno interrotto: ripeti ripristina, oppure togli " + folder.string() +
        (postgresql ? " e lo schema " + store::schemaOf(slug) : ""));
}

void dropMark(const Config& config, const std::string& slug)
{
    std::error_code ignored;
    std::filesystem::remove(folderOf(config.cartella, slug) / kMark, ignored);
}

}
