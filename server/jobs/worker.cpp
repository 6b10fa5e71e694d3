#include "server/jobs/worker.h"

#include "core/base/error.h"
#include "server/jobs/jobs.h"
#include "server/jobs/scadenze.h"
#include "server/log.h"
#include "server/store/registro.h"

#include <Poco/Environment.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace sdc::jobs {
namespace {

constexpr std::chrono::milliseconds kPause{250};

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
        return job.pratica.empty() ? avvisaOperatore(tools, job) : avvisa(tools, job);
    case store::GenereJob::AvvisaProfilo:
        return avvisaProfilo(tools, job);
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

/// What is wrong with the rows of a pratica stays wrong; the machine's own faults pass.
store::CausaErrore causaOf(const std::exception& error)
{
    if (dynamic_cast<const store::OrologioIndietro*>(&error) != nullptr)
        return store::CausaErrore::Configurazione;
    const bool ofData = dynamic_cast<const nlohmann::json::exception*>(&error) != nullptr ||
                        dynamic_cast<const std::bad_optional_access*>(&error) != nullptr ||
                        dynamic_cast<const Invalid*>(&error) != nullptr ||
                        dynamic_cast<const NotFound*>(&error) != nullptr;
    return ofData ? store::CausaErrore::Dati : store::CausaErrore::Transitoria;
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

}

std::chrono::seconds waitAfter(int tentativi)
{
    return std::min(std::chrono::seconds{1LL << std::clamp(tentativi, 1, 12)}, kLongestWait);
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
        putOff(tools, room, *job, {causaOf(error), error.what()});
    }
    return true;
}

std::string workerName(const Config& config, int port, const std::filesystem::path& machineId)
{
    std::string id;
    // Without the machine's own id that of its running since it was switched on: what a power cut leaves waits then
    // until its lease is over.
    for (const std::filesystem::path& file : {machineId, std::filesystem::path{"/proc/sys/kernel/random/boot_id"}}) {
        if (id.empty())
            std::ifstream(file) >> id;
    }
    return Poco::Environment::nodeName() + "/" + id + ":" + config.indirizzo + ":" + std::to_string(port);
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

void Worker::cleanAll()
{
    const Instant now = tools_.context.now();
    if (!ritmo_.isTime(now))
        return;
    forEach("pulizia non riuscita", [&](Room& room) { clean(tools_.context.config, room, now); });
    forEach("registri non accorciati",
            [&](Room& room) { forgetScaduti(tools_.context.config, rooms_.cassaforte(), room, now); });
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
                cleanAll();
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
