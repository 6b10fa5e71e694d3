#pragma once

#include "core/base/time.h"
#include "server/gateways/carte/archivio.h"
#include "server/gateways/carte/carta.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sdc::gateways::carte {

/// Whose cards are believed: the authorities that the administrator trusts and those of the state's trust list, never
/// the system's, with what they have revoked. Any thread may ask.
class Fiducia
{
public:
    /// `proprie`: the administrator's authorities, empty: none. `senzaRevoche`: whether a card is believed also where
    /// nobody can say whether it was revoked. Throws std::runtime_error where they cannot be read.
    Fiducia(Archivio archivio, std::filesystem::path proprie, bool senzaRevoche);
    ~Fiducia();

    /// Who the bearer of a certificate (DER) is, where one of the authorities itself has signed it, it is valid now,
    /// and not revoked.
    Riconoscimento check(const std::string& der, Instant now);

    /// Reads the files again where they have changed; whether they had. Throws as the constructor does, and goes on
    /// with what it had.
    bool reread();
    /// The certificates of the authorities, as DER.
    std::vector<std::string> autorita() const;
    /// Whether a card came whose revocations are not known here: then they are to be fetched. Asking forgets it.
    bool takeWish() { return wish_.exchange(false); }

    const Archivio& archivio() const { return archivio_; }
    const std::filesystem::path& proprie() const { return proprie_; }

private:
    struct Stato;
    std::shared_ptr<const Stato> stato() const;
    void learn(const Stato& stato, const std::string& der, Instant now);

    const Archivio archivio_;
    const std::filesystem::path proprie_;
    const bool senzaRevoche_;
    std::atomic<bool> wish_ = false;
    mutable std::mutex mutex_;
    std::shared_ptr<const Stato> stato_;
    std::mutex learning_;
    std::string versione_;
};

}
