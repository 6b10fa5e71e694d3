#pragma once

#include "core/ente/ente.h"
#include "server/config.h"
#include "server/store/migrations.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sdc::copie {

/// One ente of a server, open as it is: its tables are brought to no newer version, and none are made.
struct Origine
{
    Ente ente;
    std::unique_ptr<store::Database> database;
    std::filesystem::path allegati;
    /// Of its tables.
    int versione = 0;
};

/// The catalogue as it is. These throw std::runtime_error with a sentence where there is nothing, or something of a
/// newer program.
std::unique_ptr<store::Database> openCatalogo(const Config& config, const store::Storage& storage);
/// All enti of the catalogue, or one; throws where it does not know it.
std::vector<Ente> entiOf(store::Database& catalogo, const std::optional<std::string>& slug);
Origine openOrigine(const Config& config, const store::Storage& storage, const Ente& ente);

/// Where one of its files is.
std::filesystem::path fileOf(const Origine& origine, const std::string& sha256);

}
