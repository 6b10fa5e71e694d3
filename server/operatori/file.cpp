#include "core/base/error.h"
#include "server/actions/lavora.h"
#include "server/http/stored_file.h"
#include "server/operatori/handlers.h"
#include "server/store/allegati.h"

#include <algorithm>

namespace sdc::operatori {
namespace {

Id<Pratica> visibleId(const http::Request& request, Context& context)
{
    const Id<Pratica> id{request.param("pratica")};
    actions::requireVisible(context, id);
    return id;
}

}

http::Response documento(const http::Request& request, Context& context)
{
    const Id<Pratica> id = visibleId(request, context);
    const auto documenti = store::documenti(context.database(), id);
    const auto found = std::find_if(documenti.begin(), documenti.end(),
                                    [&](const auto& d) { return d.id == request.param("documento"); });
    if (found == documenti.end())
        throw NotFound("Il documento non esiste.");
    http::Response response = http::storedFile(context, found->sha256, {found->nome, found->tipo});
    actions::openFile(context, id, "documento:" + found->id);
    return response;
}

http::Response allegato(const http::Request& request, Context& context)
{
    const Id<Pratica> id = visibleId(request, context);
    const auto allegati = store::allegatiOf(context.database(), id);
    const auto found = std::find_if(allegati.begin(), allegati.end(),
                                    [&](const auto& a) { return a.allegato.id.text() == request.param("allegato"); });
    if (found == allegati.end())
        throw NotFound("L'allegato non esiste.");
    const Allegato& file = found->allegato;
    http::Response response = http::storedFile(context, file.sha256, {file.nome, file.tipo});
    actions::openFile(context, id, "allegato:" + file.id.text());
    return response;
}

}
