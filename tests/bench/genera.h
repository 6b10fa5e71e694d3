#pragma once

#include <filesystem>
#include <string>

namespace sdc::bench {

struct Richiesta
{
    /// A fresh folder: the demonstration's enti are made in it.
    std::filesystem::path cartella;
    /// libpq's connection string; empty: SQLite. Files lie in the folder all the same.
    std::string postgresql;
    std::filesystem::path risorse;
    std::size_t pratiche = 10'000;
    std::uint64_t seme = 1;
};

/// Who works on the generated pratiche, with the demonstration's password, beside its own operators: `tutti` for all
/// services, `due-servizi` for two.
inline constexpr const char* kTutti = "operatore";
inline constexpr const char* kDueServizi = "due-servizi";

/// Makes the demonstration and gives Rovereto pratiche of five years, in every state, with all that the application's
/// transactions would have kept.
void genera(const Richiesta& richiesta);

}
