#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "server/actions/compila.h"
#include "server/http/stored_file.h"
#include "server/portale/frame.h"
#include "server/store/allegati.h"

namespace sdc::portale {
namespace {

constexpr std::size_t kMost = 500;

Allegato own(const http::Request& request, Context& context)
{
    auto found =
        store::findAllegato(context.database(), Id<Allegato>{request.param("allegato")}, context.cittadino().id);
    if (!found)
        throw NotFound("L'allegato non esiste.");
    return std::move(*found);
}

void addUses(http::Page& file, const std::vector<store::UsoAllegato>& uses)
{
    if (uses.empty())
        return;
    http::Page& list = file.add("PRATICHE");
    for (const store::UsoAllegato& use : uses) {
        http::Page& one = list.add("PRATICA");
        one.set("ID", use.pratica.text()).set("SERVIZIO", use.servizioNome);
        one.set("STATO", std::string{name(use.stato)}).set("DATA", onScreen(romeDate(use.quando)));
    }
}

}

http::Response allegati(const http::Request& request, Context& context)
{
    const auto mine = store::allegati(context.database(), context.cittadino().id, kMost);
    return render(request, context, {"allegati.html", {"ALLEGATI", {}}, Menu::Allegati}, [&](http::Page& page) {
        page.showIf("VUOTO", mine.empty());
        if (mine.empty())
            return;
        http::Page& list = page.add("ELENCO");
        for (const auto& [allegato, uses] : mine) {
            http::Page& file = list.add("FILE");
            file.set("ID", allegato.id.text()).set("NOME_FILE", allegato.nome).set("DESCRIZIONE", allegato.descrizione);
            file.showIf("ELIMINABILE", uses.empty());
            addUses(file, uses);
        }
    });
}

http::Response allegato(const http::Request& request, Context& context)
{
    const Allegato file = own(request, context);
    return http::storedFile(context, file.sha256, {file.nome, file.tipo});
}

http::Response askEliminaAllegato(const http::Request& request, Context& context)
{
    const Allegato file = own(request, context);
    const Frame frame{"elimina_allegato.html", {"ELIMINA_ALLEGATO", {}}, Menu::Allegati, {{{"ALLEGATI", {}}}}};
    return render(request, context, frame, [&](http::Page& page) {
        page.set("ID", file.id.text()).set("NOME_FILE", file.nome).set("DESCRIZIONE", file.descrizione);
    });
}

http::Response eliminaAllegato(const http::Request& request, Context& context)
{
    actions::removeAllegato(context, Id<Allegato>{request.param("allegato")});
    return http::seeOther(base(context) + "/allegati?avviso=allegato-eliminato");
}

}
