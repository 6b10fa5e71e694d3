#pragma once

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/prova/lettura_mime.h"

namespace sdc::prova {

/// How the mail server misbehaves on request.
enum class Guasto {
    Nessuno,
    Rifiuta,    ///< no such mailbox
    Inoltro,    ///< it does not relay for this sender
    Temporaneo, ///< not now
    Lento,      ///< it takes its time
    Muto,       ///< it takes the mail and never says so
};

/// A message as it came.
struct Ricevuta
{
    std::size_t numero = 0;
    std::string a; ///< the addresses of the envelope
    std::string eml;
    MailLetta letta;
};

/// The letterbox of everybody; kept in a folder when there is one. Thread-safe.
class CassettaPostale
{
public:
    /// Finds again what the folder holds; without a folder all is in memory.
    explicit CassettaPostale(std::optional<std::filesystem::path> folder);

    void put(const std::string& from, const std::vector<std::string>& recipients, const std::string& message);
    /// Newest first.
    std::vector<Ricevuta> all() const;
    std::optional<Ricevuta> find(std::size_t numero) const;
    void clear();

    Guasto guasto() const;
    void setGuasto(Guasto guasto);

private:
    void load(const std::filesystem::path& file);
    void add(std::size_t numero, std::string eml);
    std::filesystem::path fileOf(std::size_t numero) const;

    std::optional<std::filesystem::path> folder_;
    mutable std::mutex mutex_;
    std::vector<Ricevuta> mails_;
    std::size_t last_ = 0;
    Guasto guasto_ = Guasto::Nessuno;
};

}
