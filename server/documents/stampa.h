#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/documenti/documento.h"

namespace sdc::documents {

class ProcessoStampa;

/// How long the worker may be silent on a document, and how long it may idle before it is sent home.
struct Pazienza
{
    std::chrono::milliseconds silence = std::chrono::seconds(30);
    std::chrono::milliseconds idle = std::chrono::seconds(60);
};

/// What was printed: how many pages, and the characters ("U+4E2D") no font has, printed as a substitute.
struct Stampato
{
    int pagine = 0;
    std::vector<std::string> sostituiti;
};

/// Why a document was not printed.
enum class CausaStampa {
    Transitoria,    ///< the same document may pass later
    Configurazione, ///< somebody must install what is missing
    Dati,           ///< this document will never pass
};

/// A document was not printed; the text says why, in Italian, for an administrator.
class StampaFallita : public std::runtime_error
{
public:
    StampaFallita(CausaStampa causa, const std::string& message) : std::runtime_error(message), causa_(causa) {}

    CausaStampa causa() const { return causa_; }

private:
    CausaStampa causa_;
};

/// Prints documents as PDF/A through the worker process stanza-stampa, which it starts when needed; thread-safe.
class Stampa
{
public:
    explicit Stampa(std::filesystem::path worker, Pazienza pazienza = {});
    ~Stampa();

    Stampa(const Stampa&) = delete;
    Stampa& operator=(const Stampa&) = delete;

    /// Writes the file whole or not at all. Throws StampaFallita; a worker that fell silent or died is gone then, and
    /// the next call starts another.
    Stampato print(const Documento& documento, const std::filesystem::path& file);

private:
    std::string exchange(const std::string& request);
    void dismiss();
    void dismissWhenIdle(const std::stop_token& stop);

    std::filesystem::path worker_;
    Pazienza pazienza_;
    std::mutex mutex_;
    std::unique_ptr<ProcessoStampa> processo_;
    std::chrono::steady_clock::time_point lastUse_;
    std::condition_variable_any used_;
    std::jthread idleWatch_;
};

}
