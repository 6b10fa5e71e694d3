#include "server/portale/handlers.h"

#include "server/portale/frame.h"
#include "server/rooms.h"
#include "server/store/pagine.h"

namespace sdc::portale {

std::string versione(Context& context)
{
    return context.room == nullptr ? context.rooms.versione() : store::versionePagine(context.database());
}

http::Response enti(const http::Request& request, Context& context)
{
    return render(request, context, {"enti.html", {"ENTI", {}}}, [&](http::Page& page) {
        const auto rooms = context.rooms.all();
        page.showIf("NESSUNO", rooms.empty());
        for (const Room* room : rooms) {
            http::Page& voce = page.add("VOCE");
            voce.set("SLUG", room->ente.slug).set("NOME", room->ente.nome);
            voce.set("STEMMA", crest(context, room->ente));
        }
    });
}

}
