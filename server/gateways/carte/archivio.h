#pragma once

#include "core/base/time.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sdc::gateways::carte {

/// What is kept on disk of the outside's lists: the last good copy of each stays until a better one comes. Several
/// processes may share it; each file is replaced as a whole.
class Archivio
{
public:
    explicit Archivio(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// The authorities (DER) in a PEM file, or in all of a folder. Throws std::runtime_error where one cannot be read.
    static std::vector<std::string> readAutorita(const std::filesystem::path& path);

    /// The authorities that the trust list named last, and the list's number.
    struct Elenco
    {
        long long numero = 0;
        std::vector<std::string> autorita;
        Instant prossimo;
    };
    std::optional<Elenco> elenco() const;
    void save(const Elenco& elenco) const;

    /// The list of revocations last had from an address.
    std::optional<std::string> revoche(const std::string& url) const;
    /// Those of all addresses.
    std::vector<std::string> everyRevoche() const;
    void saveRevoche(const std::string& url, const std::string& der) const;

    /// Addresses that cards of trusted authorities have named.
    std::vector<std::string> punti() const;
    /// False where they are known already, or there are too many.
    bool addPunto(const std::string& url) const;

    /// Changes with whatever is in the folder, and with what is at `other`.
    std::string versione(const std::filesystem::path& other) const;

private:
    std::filesystem::path revocheOf(const std::string& url) const;
    void write(const std::filesystem::path& file, const std::string& bytes) const;

    std::filesystem::path folder_;
};

}
