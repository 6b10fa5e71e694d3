#include "server/gateways/registro_idp.h"

#include "core/base/error.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace sdc::gateways {
namespace {

namespace fs = std::filesystem;

std::string readFile(const fs::path& path)
{
    if (file_size(path) > RegistroIdp::kLargest)
        throw Invalid("è troppo grande");
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw Invalid("non si può leggere");
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> metadataIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() == ".xml")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Gathers from one source; a fault in it keeps nothing from the others.
template <class Read>
void gather(const fs::path& source, std::vector<std::string>& faults, const Read& read)
{
    try {
        read();
    } catch (const Invalid& error) {
        faults.push_back(source.string() + ": " + error.what());
    } catch (const fs::filesystem_error& error) {
        faults.push_back(source.string() + ": " + error.code().message());
    }
}

}

std::vector<std::string> RegistroIdp::reload(Instant now)
{
    Lista found;
    std::vector<std::string> faults;
    read_ = fingerprint();
    const auto add = [&found](saml::ProviderSpid provider) {
        // The first that claims a name has it: what an administrator put in place cannot be replaced by the federation.
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const auto& other) { return other.entityId == provider.entityId; });
        if (!known)
            found.push_back(std::move(provider));
    };
    if (!fonti_.cie.empty()) {
        gather(fonti_.cie, faults, [&] {
            saml::ProviderSpid card = saml::readProvider(readFile(fonti_.cie));
            card.cie = card.issuerFormatMayBeAbsent = true;
            add(std::move(card));
        });
    }
    for (const fs::path& folder : fonti_.cartelle) {
        gather(folder, faults, [&] {
            for (const fs::path& file : metadataIn(folder))
                gather(file, faults, [&] { add(saml::readProvider(readFile(file))); });
        });
    }
    if (!fonti_.federazione.empty()) {
        // Where the file cannot be read any more, those that it named last go on.
        gather(fonti_.federazione, faults, [&] {
            if (exists(fonti_.federazione))
                federati_ = saml::readFederazione(readFile(fonti_.federazione), fonti_.fidati, now);
        });
        for (const saml::ProviderSpid& provider : federati_)
            add(provider);
    }
    const std::lock_guard lock(mutex_);
    lista_ = std::make_shared<const Lista>(std::move(found));
    return faults;
}

std::string RegistroIdp::fingerprint() const
{
    std::vector<fs::path> files{fonti_.federazione, fonti_.cie};
    std::error_code fault;
    for (const fs::path& folder : fonti_.cartelle) {
        for (fs::directory_iterator it(folder, fault); !fault && it != fs::directory_iterator(); it.increment(fault))
            files.push_back(it->path());
    }
    std::sort(files.begin(), files.end());
    std::string all;
    for (const fs::path& file : files) {
        const auto time = fs::last_write_time(file, fault).time_since_epoch().count();
        all += file.string() + " " + std::to_string(fs::file_size(file, fault)) + " " + std::to_string(time) + "\n";
    }
    return all;
}

bool RegistroIdp::changed() const
{
    return fingerprint() != read_;
}

std::optional<saml::ProviderSpid> RegistroIdp::find(const std::string& entityId) const
{
    const auto all = [this] {
        const std::lock_guard lock(mutex_);
        return lista_;
    }();
    const auto found = std::find_if(all->begin(), all->end(), [&](const auto& p) { return p.entityId == entityId; });
    return found == all->end() ? std::nullopt : std::optional{*found};
}

std::vector<saml::ProviderSpid> RegistroIdp::all() const
{
    const std::lock_guard lock(mutex_);
    return *lista_;
}

}
