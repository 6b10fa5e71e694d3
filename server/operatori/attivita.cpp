#include "core/base/error.h"
#include "server/actions/esporta.h"
#include "server/operatori/handlers.h"
#include "server/rooms.h"

#include <fstream>

namespace sdc::operatori {

/// Through a file that is gone once it is sent: the log of years is never in memory.
http::Response attivita(const http::Request& request, Context& context)
{
    if (context.operatore->ruolo != Ruolo::Amministratore)
        throw Forbidden("Il registro delle attività è riservato agli amministratori.");
    const std::string wanted = request.queryField("formato");
    const esportazione::Richiesta richiesta{
        esportazione::periodoFrom(request.queryField("da"), request.queryField("a")),
        esportazione::formatoFrom(wanted.empty() ? "csv" : wanted), context.now()};
    http::TempFile made{context.files().temporary()};
    {
        std::ofstream file(made.path(), std::ios::binary);
        actions::exportAttivita(*context.room, context.rooms.cassaforte(), {"operatore", context.operatore->id.text()},
                                richiesta, file);
    }
    const bool csv = richiesta.formato == esportazione::Formato::Csv;
    http::Response response = http::download(made.path(), "attivita-" + context.ente().slug + (csv ? ".csv" : ".jsonl"),
                                             csv ? "text/csv; charset=utf-8" : "application/jsonl");
    std::get<http::FileBody>(response.body).passing = true;
    made.release();
    return response;
}

}
