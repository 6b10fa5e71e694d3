#include "core/servizio/ammissione.h"

#include "core/cittadino/cittadino.h"

namespace sdc {

Ammissione admit(const Servizio& servizio, int livello, const std::optional<Date>& nascita, Date today)
{
    if (livello < servizio.livelloAccesso)
        return Ammissione::LivelloBasso;
    const bool old = servizio.etaMinima == 0 || (nascita && ageOn(*nascita, today) >= servizio.etaMinima);
    return old ? Ammissione::Ammesso : Ammissione::TroppoGiovane;
}

}
