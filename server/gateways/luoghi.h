#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>

namespace sdc::gateways {

/// The places of birth by their cadastral code ("H612"), which is what identities tell of them.
class Luoghi
{
public:
    Luoghi() = default;
    /// Lines of code, tab, name. Throws std::runtime_error where the file cannot be read.
    explicit Luoghi(const std::filesystem::path& file);

    /// "Rovereto"; empty where the code is of no place.
    std::string nameOf(const std::string& codice) const;

private:
    std::unordered_map<std::string, std::string> nomi_;
};

}
