#include "server/lavori.h"

#include "core/base/error.h"
#include "server/store/attivita.h"
#include "server/store/jobs.h"

namespace sdc::lavori {
namespace {

constexpr std::size_t kMost = 1000;

}

std::string list(const Room& room)
{
    std::string text;
    for (const auto& job : store::jobInSospeso(*room.database, kMost)) {
        text += job.id + "\t" + job.genere + "\t" + job.stato + "\t" + job.pratica.text() + "\t" +
                std::to_string(job.tentativi) + "\t" + (job.stato == "fermo" ? "-" : toIso(job.prossimo)) + "\t" +
                job.causa + ": " + job.errore + "\n";
    }
    return text.empty() ? "nessun lavoro in sospeso\n" : text;
}

int retry(const Room& room, const std::string& id, Instant now)
{
    int count = 0;
    store::Transaction transaction(*room.database);
    for (const auto& job : store::jobInSospeso(transaction, kMost)) {
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
