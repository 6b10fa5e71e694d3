#include "server/lavori.h"

#include "core/base/error.h"
#include "server/store/attivita.h"
#include "server/store/jobs.h"

#include <algorithm>
#include <limits>

namespace sdc::lavori {
namespace {

/// What one reads; who retries means all of them.
constexpr std::size_t kShown = 1000;
constexpr std::size_t kAll = std::numeric_limits<int>::max();

}

std::string list(const Room& room)
{
    std::string text;
    auto jobs = store::jobInSospeso(*room.database, kShown + 1);
    const bool more = jobs.size() > kShown;
    jobs.resize(std::min(jobs.size(), kShown));
    for (const auto& job : jobs) {
        text += job.id + "\t" + job.genere + "\t" + job.stato + "\t" + job.pratica.text() + "\t" +
                std::to_string(job.tentativi) + "\t" + (job.stato == "fermo" ? "-" : toIso(job.prossimo)) + "\t" +
                job.causa + ": " + job.errore + "\n";
    }
    if (more)
        text += "e altri, oltre ai " + std::to_string(kShown) + " più vecchi\n";
    return text.empty() ? "nessun lavoro in sospeso\n" : text;
}

int retry(const Room& room, const std::string& id, Instant now)
{
    int count = 0;
    store::Transaction transaction(*room.database);
    for (const auto& job : store::jobInSospeso(transaction, kAll)) {
        if ((id != "tutti" && id != job.id) || !store::retry(transaction, job.id, now))
            continue;
        store::log(transaction, {"sistema", "", "lavoro ritentato", "lavoro:" + job.id, job.genere}, now);
        ++count;
    }
    if (count == 0)
        throw NotFound("Non c'è alcun lavoro in sospeso con questo nome.");
    transaction.commit();
    return count;
}

}
