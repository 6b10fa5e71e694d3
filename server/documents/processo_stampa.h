#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace sdc::documents {

/// The worker is no longer there.
class ProcessoInterrotto : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A running stanza-stampa and the socket that is its standard input and output; ended and reaped on destruction.
class ProcessoStampa
{
public:
    explicit ProcessoStampa(const std::filesystem::path& worker);
    ~ProcessoStampa();

    ProcessoStampa(const ProcessoStampa&) = delete;
    ProcessoStampa& operator=(const ProcessoStampa&) = delete;

    /// Sends a line and waits for the line that answers it. Throws ProcessoInterrotto when the worker
    /// goes away, StampaFallita when it is silent for too long.
    std::string exchange(const std::string& line, std::chrono::milliseconds patience);

    /// Whether it is alive and waits for a document.
    bool ready() const;

    /// Does not wait for the worker's consent.
    void kill();

private:
    using Deadline = std::chrono::steady_clock::time_point;

    void send(const std::string& line, Deadline deadline);
    std::string receive(Deadline deadline);
    void await(short events, Deadline deadline);
    void endWithin(std::chrono::milliseconds patience);

    pid_t pid_ = -1;
    int socket_ = -1;
};

}
