#include "server/jobs/worker.h"

#include "server/jobs/jobs.h"
#include "server/log.h"
#include "server/store/allegati.h"
#include "server/store/sessions.h"

#include <algorithm>

namespace sdc::jobs {
namespace {

constexpr std::chrono::milliseconds kPause{250};
/// Longer than most jobs take; one that takes longer loses its lease, and is done again.
constexpr std::chrono::minutes kLease{10};
constexpr std::chrono::minutes kSweepEvery{5};
/// How long ended sessions stay remembered, so that what their pages still post can be told from a forgery.
constexpr std::chrono::hours kRemembered{24};
constexpr int kFolders = 256;

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

/// The fault's name in the log: each kind of job that waits for something to be mended is told once, not job by job.
std::string guastoOf(const store::Job& job)
{
    return "lavoro non riuscito: " + std::string{store::name(job.genere)};
}

void tell(const Tools& tools, const Room& room, const store::Job& job, const JobFailure& failure)
{
    const std::string genere{store::name(job.genere)};
    Misure& misure = tools.context.rooms.misure();
    misure.failed(room.ente.slug, genere, std::string{store::name(failure.causa())});
    if (!store::stops(failure.causa()))
        return misure.guasti.met(guastoOf(job), room.ente.slug, failure.what());
    log::error("lavoro fermo", {{"ente", room.ente.slug},
                                {"lavoro", genere},
                                {"id", job.id},
                                {"pratica", job.pratica.text()},
                                {"causa", failure.what()}});
}

void putOff(const Tools& tools, Room& room, const store::Job& job, const JobFailure& failure)
{
    tell(tools, room, job, failure);
    store::Transaction transaction(*room.database);
    const Instant next = tools.context.now() + waitAfter(job.tentativi);
    const bool held = store::postpone(transaction, job, failure.causa(), failure.what(), next);
    transaction.commit();
    if (!held)
        tellLate(room, job);
}

std::optional<store::Job> take(const Tools& tools, Room& room, const std::string& worker, store::Coda coda)
{
    const Instant now = tools.context.now();
    if (!store::hasDueJob(*room.database, coda, now))
        return std::nullopt;
    store::Transaction transaction(*room.database);
    auto job = store::takeJob(transaction, {worker, coda, now + kLease}, now);
    transaction.commit();
    return job;
}

/// A folder each time, all of them in a day: none is ever listed whole with the others.
void sweepFiles(Room& room, Instant now)
{
    const auto turn = now.time_since_epoch() / std::chrono::duration_cast<std::chrono::seconds>(kSweepEvery);
    const auto folder = static_cast<unsigned char>(turn % kFolders);
    // A database without any file may be the wrong one, or not restored yet: it condemns none.
    if (!store::namesFiles(*room.database))
        return;
    const auto gone =
        room.files.sweep(folder, [&](const std::string& prefix) { return store::namedFiles(*room.database, prefix); });
    if (gone.value_or(0) > 0)
        log::info("file senza riga rimossi", {{"ente", room.ente.slug}, {"numero", std::to_string(*gone)}});
}

}

std::chrono::seconds waitAfter(int tentativi)
{
    return std::min(std::chrono::seconds{1LL << std::clamp(tentativi, 1, 12)}, std::chrono::seconds{3600});
}

bool runOne(const Tools& tools, Room& room, const std::string& worker, store::Coda coda)
{
    const auto job = take(tools, room, worker, coda);
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
        tools.context.rooms.misure().guasti.over(guastoOf(*job), room.ente.slug);
    } catch (const JobFailure& failure) {
        putOff(tools, room, *job, failure);
    } catch (const std::exception& error) {
        putOff(tools, room, *job, {store::CausaErrore::Transitoria, error.what()});
    }
    return true;
}

Worker::Worker(Tools tools, Rooms& rooms, std::string name)
    : tools_(std::move(tools)),
      rooms_(rooms),
      name_(std::move(name))
{
    forEach("lavori lasciati non ripresi", [this](Room& room) {
        store::Transaction transaction(*room.database);
        store::releaseLeases(transaction, name_);
        transaction.commit();
    });
    for (const auto coda : {store::Coda::Iter, store::Coda::Posta})
        threads_.emplace_back([this, coda](const std::stop_token& stop) { run(stop, coda); });
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
    forEach("pulizia non riuscita", [now](Room& room) {
        {
            store::Transaction transaction(*room.database);
            store::removeExpired(transaction, now - kRemembered, now);
            transaction.commit();
        }
        sweepFiles(room, now);
    });
}

void Worker::forEach(const char* what, const std::function<void(Room&)>& act)
{
    Guasti& guasti = rooms_.misure().guasti;
    for (Room* room : rooms_.all()) {
        try {
            act(*room);
            guasti.over(what, room->ente.slug);
        } catch (const std::exception& error) {
            // A damaged or locked ente must not stop the work of the others.
            guasti.met(what, room->ente.slug, error.what());
        }
    }
}

bool Worker::round(const std::stop_token& stop, store::Coda coda)
{
    bool worked = false;
    forEach("lavori non letti", [&](Room& room) {
        if (!stop.stop_requested())
            worked = runOne(tools_, room, name_, coda) || worked;
    });
    return worked;
}

void Worker::run(const std::stop_token& stop, store::Coda coda)
{
    const std::string guasto = "giro dei lavori interrotto";
    Guasti& guasti = rooms_.misure().guasti;
    while (!stop.stop_requested()) {
        bool worked = false;
        try {
            if (coda == store::Coda::Iter)
                sweep();
            worked = round(stop, coda);
            guasti.over(guasto, "");
        } catch (const std::exception& error) {
            guasti.met(guasto, "", error.what());
        }
        if (worked)
            continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kPause, [] { return false; });
    }
}

}
