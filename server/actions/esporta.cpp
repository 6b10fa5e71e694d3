#include "server/actions/esporta.h"

namespace sdc::actions {

void exportAttivita(Room& room, const secrets::Cassaforte& cassaforte, const Richiedente& richiedente,
                    const esportazione::Richiesta& richiesta, std::ostream& out)
{
    const store::Periodo& periodo = richiesta.periodo;
    const std::string span =
        (periodo.da ? toIso(*periodo.da) : "") + "/" + (periodo.prima ? toIso(*periodo.prima) : "");
    {
        store::Transaction transaction(*room.database);
        store::log(transaction, {richiedente.tipo, richiedente.id, "attività esportate", "", span}, richiesta.now);
        transaction.commit();
    }
    esportazione::write(*room.database, room.ente, cassaforte, richiesta, out);
}

}
