#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace sdc {

/// What was found of credentials a short while ago: programs send theirs with every request, and a password is made to
/// take long. In this process alone; what is secret of them by a keyed hash, which opens nothing.
class Conosciuti
{
public:
    using Steady = std::function<std::chrono::steady_clock::time_point()>;

    /// Whose they were, and what they were found to agree with: where that has changed, they are to be looked at anew.
    struct Voce
    {
        std::string ente;
        std::string prova;
    };

    /// A place among those who look at the same credentials for the first time: one after the other, and what the one
    /// before finds wrong is wrong for those who have waited. Throws Busy where it takes longer than a password.
    class Fila
    {
    public:
        Fila(Conosciuti& conosciuti, const std::string& credenziali);
        ~Fila() { fila_.mutex.unlock(); }
        Fila(const Fila&) = delete;
        Fila& operator=(const Fila&) = delete;

        /// They were found wrong since this one came.
        bool foundWrong() const { return fila_.wrong == credenziali_ && fila_.wrongAt > came_; }
        void setWrong();

    private:
        friend class Conosciuti;
        struct Una
        {
            std::timed_mutex mutex;
            std::atomic<long long> turns = 0;
            /// The last that were found wrong, and in which turn.
            std::string wrong;
            long long wrongAt = 0;
        };

        Una& fila_;
        std::string credenziali_;
        long long came_;
    };

    explicit Conosciuti(Steady now = &std::chrono::steady_clock::now, std::size_t most = kMost)
        : now_(std::move(now)),
          most_(most)
    {
    }

    /// Any thread may ask.
    std::optional<Voce> find(const std::string& credenziali) const;
    /// For ten minutes from now; of more than can be kept, none is.
    void remember(const std::string& credenziali, Voce voce);

private:
    static constexpr std::size_t kMost = 10'000;
    static constexpr std::chrono::minutes kKept{10};

    struct Fino
    {
        std::chrono::steady_clock::time_point fine;
        Voce voce;
    };

    Steady now_;
    std::size_t most_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Fino> voci_;
    /// Each for a part of all credentials.
    std::array<Fila::Una, 64> file_;
};

}
