#pragma once

#include "server/documents/stampa.h"
#include "server/gateways/mail.h"
#include "server/jobs/pulizia.h"
#include "server/rooms.h"
#include "server/store/jobs.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sdc::jobs {

/// What a job may use.
struct Tools
{
    Context context;
    documents::Stampa& stampa;
    gateways::Posta& posta;
};

/// A job cannot go on, and says why and who must act.
class JobFailure : public std::runtime_error
{
public:
    JobFailure(store::CausaErrore causa, const std::string& message) : std::runtime_error(message), causa_(causa) {}

    store::CausaErrore causa() const { return causa_; }

private:
    store::CausaErrore causa_;
};

/// Does one job of one ente, if one is due; whether there was one. Also what the threads below do, over and over.
bool runOne(const Tools& tools, Room& room, const std::string& worker, store::Coda coda = store::Coda::Tutte);

/// Longer than most jobs take; one that takes longer loses its lease, and is done again.
inline constexpr std::chrono::minutes kLease{10};
inline constexpr std::chrono::seconds kLongestWait{3600};

/// How long to wait before try number `tentativi` + 1: 2 s, 4 s, ... at most an hour.
std::chrono::seconds waitAfter(int tentativi);

/// The name of a server's workers: no other machine has it, also where it is called the same, nor another process of
/// this one, for the port is bound. It stays the same when the server is started again.
std::string workerName(const Config& config, int port, const std::filesystem::path& machineId = "/etc/machine-id");

/// The threads that do the jobs of all enti: one for documents and numbers, one for mail.
class Worker
{
public:
    /// `name` is this server's own: jobs that it had in hand when it was killed are taken up again at once.
    Worker(Tools tools, Rooms& rooms, std::string name);
    ~Worker();

private:
    void run(const std::stop_token& stop, store::Coda coda);
    /// One job of each ente; whether there was any.
    bool round(const std::stop_token& stop, store::Coda coda);
    /// Cleans all enti, where it is time.
    void cleanAll();
    /// Does it for every ente; what fails in one of them is logged and keeps nothing from the others.
    void forEach(const char* what, const std::function<void(Room&)>& act);

    Tools tools_;
    Rooms& rooms_;
    std::string name_;
    Ritmo ritmo_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<std::jthread> threads_;
};

}
