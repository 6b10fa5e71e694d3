#include "server/jobs/scadenze.h"

#include "server/sigilli.h"
#include "server/store/attivita.h"
#include "server/store/tracce_spid.h"

namespace sdc::jobs {
namespace {

constexpr int kMesiTracce = 24;
/// A row of these may be 200 kB; one of the log is a line.
constexpr std::size_t kTracceAtOnce = 100;
constexpr std::size_t kAttivitaAtOnce = 2000;

/// The beginning of the day that many months ago.
Instant monthsBefore(Instant now, int months)
{
    using namespace std::chrono;
    const year_month_day then = year_month_day{floor<days>(now)} - std::chrono::months{months};
    return then.ok() ? sys_days{then} : sys_days{then.year() / then.month() / last};
}

struct Registro
{
    const store::Catena& catena;
    const char* azione;
    store::Scaduti scaduti;
};

void forget(const Registro& registro, const store::Firmatario& firmatario, Room& room, Instant now)
{
    store::Transaction transaction(*room.database);
    const long long gone = store::forgetOldest(transaction, registro.catena, registro.scaduti, firmatario, now);
    if (gone == 0)
        return;
    const auto punto = store::puntoFermo(transaction, registro.catena);
    store::log(transaction,
               {"sistema", "", registro.azione, "riga:" + std::to_string(punto->numero), std::to_string(gone)}, now);
    transaction.commit();
}

}

void forgetScaduti(const Config& config, const secrets::Cassaforte& cassaforte, Room& room, Instant now)
{
    const store::Firmatario firmatario = sigilli::firmatario(cassaforte, room.ente);
    const Instant tracce = monthsBefore(now, kMesiTracce);
    forget({store::kCatenaTracce, "tracce di accesso cancellate", {tracce, kTracceAtOnce}}, firmatario, room, now);
    if (config.anniAttivita == 0)
        return;
    const Instant attivita = monthsBefore(now, 12 * config.anniAttivita);
    forget({store::kCatenaAttivita, "attività cancellate", {attivita, kAttivitaAtOnce}}, firmatario, room, now);
}

}
