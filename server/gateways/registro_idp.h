#pragma once

#include "core/base/time.h"
#include "server/gateways/luoghi.h"
#include "server/gateways/saml/provider.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sdc::gateways {

/// Where the identity providers' metadata are.
struct FontiIdp
{
    /// The last good copy of the federation's signed file; where there is none yet, there are none of its providers.
    std::filesystem::path federazione;
    /// PEM of those who may sign it.
    std::vector<std::string> fidati;
    /// Folders with a file for each further provider, put there by an administrator.
    std::vector<std::filesystem::path> cartelle;
    /// The metadata of the electronic identity card's provider.
    std::filesystem::path cie;
};

/// The identity providers that this server trusts.
class RegistroIdp
{
public:
    RegistroIdp() = default;
    /// Of a file, in bytes: larger than the federation's has ever been, and smaller than what would hurt.
    static constexpr std::size_t kLargest = 16UL * 1024 * 1024;

    /// Knows none before it has read them.
    explicit RegistroIdp(FontiIdp fonti) : fonti_(std::move(fonti)) {}

    /// Reads the sources again; what cannot be read is left out, and said in the answer, a sentence each.
    std::vector<std::string> reload(Instant now);
    /// Whether the files are no longer those that were read.
    bool changed() const;
    /// PEM of those who may sign the federation's file.
    const std::vector<std::string>& fidati() const { return fonti_.fidati; }

    std::optional<saml::ProviderSpid> find(const std::string& entityId) const;
    std::vector<saml::ProviderSpid> all() const;

private:
    using Lista = std::vector<saml::ProviderSpid>;

    /// Names, sizes and times of all files.
    std::string fingerprint() const;

    FontiIdp fonti_;
    std::string read_;
    Lista federati_;
    mutable std::mutex mutex_;
    /// Shared with who is reading while it is replaced.
    std::shared_ptr<const Lista> lista_ = std::make_shared<Lista>();
};

/// What is known about who people are.
struct Identificazione
{
    RegistroIdp idp;
    Luoghi luoghi;
};

}
