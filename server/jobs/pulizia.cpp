#include "server/jobs/pulizia.h"

#include "server/jobs/worker.h"
#include "server/log.h"
#include "server/store/accessi.h"
#include "server/store/accessi_carta.h"
#include "server/store/allegati.h"
#include "server/store/conferme.h"
#include "server/store/identita.h"
#include "server/store/pratiche.h"
#include "server/store/sessions.h"
#include "server/store/snapshot.h"

namespace sdc::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kEvery{5};
/// How long ended sessions stay remembered, so that what their pages still post can be told from a forgery.
constexpr hours kRemembered{24};
/// How long a desk may be without the server before it must read its lists anew.
constexpr hours kChangesKept{24 * 7};
/// How long one can look up when a mail left or a document was printed.
constexpr hours kJobsKept{24 * 30};
/// How long a parked form waits for its citizen (doors).
constexpr hours kParked{24};
/// What the clocks of several servers may differ by.
constexpr minutes kTolerance{5};
/// How long a network stays known from which an operator entered.
constexpr hours kRetiKept{24 * 90};
constexpr std::size_t kAtOnce = 2000;

/// A folder each time, all of them in a day: none is ever listed whole with the others.
void sweepFiles(Room& room, Instant now)
{
    const auto turn = now.time_since_epoch() / std::chrono::duration_cast<seconds>(kEvery);
    const auto folder = static_cast<unsigned char>(turn % store::kFolders);
    // A database without any file may be the wrong one, or not restored yet: it condemns none.
    if (!store::namesFiles(*room.database))
        return;
    // Its session is had before the files' lock: who takes files in waits for that lock, not for a free session. The
    // first read comes under the lock, and sees all that was committed before.
    store::Snapshot snapshot(*room.database);
    const auto gone =
        room.files.sweep(folder, [&](const std::string& prefix) { return store::namedFiles(snapshot, prefix); });
    if (gone.value_or(0) > 0)
        log::info("file senza riga rimossi", {{"ente", room.ente.slug}, {"numero", std::to_string(*gone)}});
}

void forget(store::Transaction& transaction, Instant now)
{
    store::removeExpired(transaction, now - kRemembered, now);
    store::forgetIdentita(transaction, now);
    store::removeExpiredAccessiCarta(transaction, now);
    store::forgetConferme(transaction, now);
    store::forgetCambiamenti(transaction, now - kChangesKept, now + hours{24}, kAtOnce);
}

/// Dates of after what the clock could have given: it was ahead, and was set back.
void pullBack(store::Transaction& transaction, const Config& config, Instant now)
{
    const store::Limiti limiti{now, kTolerance};
    store::pullBackJobs(transaction, limiti, kLongestWait, kLease);
    store::endFutureSessions(transaction, limiti, store::TipoSessione::Cittadino, seconds{config.durataSessione});
    store::endFutureSessions(transaction, limiti, store::TipoSessione::Operatore,
                             seconds{config.durataSessioneOperatore});
    store::pullBackAttempts(transaction, limiti, kParked);
    store::cleanAccessi(transaction, now - kRemembered, now - kRetiKept, limiti);
}

}

void clean(const Config& config, Room& room, Instant now)
{
    {
        store::Transaction transaction(*room.database);
        forget(transaction, now);
        pullBack(transaction, config, now);
        transaction.commit();
    }
    store::forgetDone(*room.database, now - kJobsKept, room.jobVisti, kAtOnce);
    sweepFiles(room, now);
}

bool Ritmo::isTime(Instant now)
{
    const Instant last = last_.load();
    if (last <= now && now - last < kEvery)
        return false;
    last_ = now;
    return true;
}

}
