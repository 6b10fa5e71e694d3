#include "server/jobs/worker.h"

#include "server/jobs/jobs.h"
#include "server/log.h"
#include "server/store/sessions.h"

#include <algorithm>

namespace sdc::jobs {
namespace {

constexpr std::chrono::milliseconds kPause{250};
/// Longer than any job may take: a printing has 30 seconds, a mail about as long.
constexpr std::chrono::minutes kLease{5};
constexpr std::chrono::minutes kSweepEvery{5};
/// How long ended sessions stay remembered.
constexpr std::chrono::hours kRemembered{2};

void perform(const Tools& tools, const store::Job& job)
{
    switch (job.genere) {
    case store::GenereJob::StampaModulo:
        return stampaModulo(tools, job.pratica);
    case store::GenereJob::ProtocollaModulo:
        return protocollaModulo(tools, job.pratica);
    case store::GenereJob::StampaRisposta:
        return stampaRisposta(tools, job.pratica);
    case store::GenereJob::ProtocollaRisposta:
        return protocollaRisposta(tools, job.pratica);
    case store::GenereJob::Avvisa:
        return avvisa(tools, job);
    }
}

/// Another worker has the job by now: what it does stands, and ours was the same work done once more.
void tellLate(const Room& room, const store::Job& job)
{
    log::error("lavoro finito a tempo scaduto",
               {{"ente", room.ente.slug}, {"lavoro", std::string{store::name(job.genere)}}, {"id", job.id}});
}

void putOff(const Tools& tools, Room& room, const store::Job& job, store::CausaErrore causa, const std::string& why)
{
    log::error("lavoro non riuscito", {{"ente", room.ente.slug},
                                       {"lavoro", std::string{store::name(job.genere)}},
                                       {"pratica", job.pratica.text()},
                                       {"tentativo", std::to_string(job.tentativi)},
                                       {"causa", why}});
    store::Transaction transaction(*room.database);
    const bool held = store::postpone(transaction, job, causa, why, tools.context.now() + waitAfter(job.tentativi));
    transaction.commit();
    if (!held)
        tellLate(room, job);
}

std::optional<store::Job> take(const Tools& tools, Room& room, const std::string& worker)
{
    const Instant now = tools.context.now();
    if (!store::hasDueJob(*room.database, now))
        return std::nullopt;
    store::Transaction transaction(*room.database);
    auto job = store::takeJob(transaction, worker, now, now + kLease);
    transaction.commit();
    return job;
}

}

std::chrono::seconds waitAfter(int tentativi)
{
    return std::min(std::chrono::seconds{1LL << std::clamp(tentativi, 1, 12)}, std::chrono::seconds{3600});
}

bool runOne(const Tools& tools, Room& room, const std::string& worker)
{
    const auto job = take(tools, room, worker);
    if (!job)
        return false;
    Tools here{tools.context, tools.stampa, tools.posta};
    here.context.room = &room;
    try {
        perform(here, *job);
        store::Transaction transaction(*room.database);
        const bool held = store::finish(transaction, *job, tools.context.now());
        transaction.commit();
        if (!held)
            tellLate(room, *job);
    } catch (const JobFailure& failure) {
        putOff(tools, room, *job, failure.causa(), failure.what());
    } catch (const std::exception& error) {
        putOff(tools, room, *job, store::CausaErrore::Transitoria, error.what());
    }
    return true;
}

Worker::Worker(Tools tools, Rooms& rooms, std::string name, int threads)
    : tools_(std::move(tools)),
      rooms_(rooms),
      name_(std::move(name))
{
    for (Room* room : rooms_.all()) {
        store::Transaction transaction(*room->database);
        store::releaseLeases(transaction, name_);
        transaction.commit();
    }
    for (int i = 0; i < threads; ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

Worker::~Worker()
{
    for (auto& thread : threads_)
        thread.request_stop();
}

void Worker::sweep()
{
    const Instant now = tools_.context.now();
    if (now - swept_.load() < kSweepEvery)
        return;
    swept_ = now;
    for (Room* room : rooms_.all()) {
        store::Transaction transaction(*room->database);
        store::removeExpired(transaction, now - kRemembered);
        transaction.commit();
    }
}

bool Worker::round()
{
    bool worked = false;
    for (Room* room : rooms_.all())
        worked = runOne(tools_, *room, name_) || worked;
    return worked;
}

void Worker::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        bool worked = false;
        try {
            sweep();
            worked = round();
        } catch (const std::exception& error) {
            log::error("giro dei lavori interrotto", {{"causa", error.what()}});
        }
        if (worked)
            continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kPause, [] { return false; });
    }
}

}
