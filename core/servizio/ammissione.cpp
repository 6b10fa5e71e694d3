#include "core/servizio/ammissione.h"

#include "core/cittadino/cittadino.h"

namespace sdc {

Ammissione admit(const Servizio& servizio, int livello, const std::optional<Date>& nascita, Date today)
{
    if (livello < servizio.livelloAccesso)
        return Ammissione::LivelloBasso;
    if (servizio.etaMinima == 0)
        return Ammissione::Ammesso;
    if (!nascita)
        return Ammissione::NascitaIgnota;
    return ageOn(*nascita, today) < servizio.etaMinima ? Ammissione::TroppoGiovane : Ammissione::Ammesso;
}

}
