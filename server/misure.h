#pragma once

#include "server/guasti.h"

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace sdc {

/// What this process has met since it began, for who watches over it.
class Misure
{
public:
    /// A name for each label; all of them from a short list of ours.
    using Etichette = std::array<std::string, 3>;

    explicit Misure(std::function<Guasti::Steady::time_point()> steady) : guasti(std::move(steady)) {}

    Guasti guasti;

    void answered(int status);
    /// A try of a job that did not succeed.
    void failed(const std::string& ente, const std::string& genere, const std::string& causa);
    /// A file that a row names was not there, or is there (again).
    void missing(const std::string& ente, const std::string& file);
    void found(const std::string& ente, const std::string& file);
    /// Counted as a listener to events, or as a connection, as long as it lives.
    std::shared_ptr<void> listener() { return counted(listeners_); }
    std::shared_ptr<void> connection() { return counted(connections_); }

    std::chrono::system_clock::time_point begun() const { return begun_; }
    /// Answers of 1xx to 5xx.
    std::array<long long, 5> answers() const;
    long long listeners() const { return *listeners_; }
    long long connections() const { return *connections_; }
    std::map<Etichette, long long> failures() const;
    /// Per ente, the files that were met missing and not since found.
    std::map<std::string, std::set<std::string>> missingFiles() const;

private:
    // A counter of its own, since what it counts may outlive the rest by a moment.
    using Count = std::shared_ptr<std::atomic<long long>>;
    static std::shared_ptr<void> counted(const Count& count);

    const std::chrono::system_clock::time_point begun_ = std::chrono::system_clock::now();
    std::array<std::atomic<long long>, 5> answers_{};
    Count listeners_ = std::make_shared<std::atomic<long long>>(0);
    Count connections_ = std::make_shared<std::atomic<long long>>(0);
    mutable std::mutex mutex_;
    std::map<Etichette, long long> failures_;
    std::map<std::string, std::set<std::string>> missing_;
};

}
