#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace sdc::actions {

/// A posted file, already on disk.
struct FileInviato
{
    std::filesystem::path path;
    std::string nome;
    /// What the citizen wrote of it; empty: the field's label.
    std::string descrizione;
    std::int64_t dimensione = 0;
    std::string sha256;
    std::string firstBytes;
};
}
