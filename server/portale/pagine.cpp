#include "server/portale/handlers.h"

#include "server/doors/doors.h"
#include "server/portale/frame.h"
#include "server/rooms.h"

#include <algorithm>

namespace sdc::portale {
namespace {

const std::vector<Section> kFromHome;

/// The page written for this status, or for the nearest one.
int pageFor(int status)
{
    switch (status) {
    case 403:
    case 404:
    case 409:
    case 413:
    case 422:
    case 429:
        return status;
    case 405:
        return 404;
    default:
        return status < 500 ? 422 : 500;
    }
}

/// An address that no route knows may still be below an ente: then the fault is told in its frame.
void findRoom(const http::Request& request, Context& context)
{
    const auto end = std::min(request.path.find('/', 1), request.path.size());
    if (request.path.size() > 1)
        context.room = context.rooms.find(request.path.substr(1, end - 1));
    doors::pubblico(request, context);
}

}

http::Response privacy(const http::Request& request, Context& context)
{
    return render(request, context, {"privacy.html", {"PRIVACY", {}}, Menu::None, kFromHome}, [&](http::Page& page) {
        const Ente& ente = context.ente();
        page.set("INDIRIZZO", ente.indirizzo).set("EMAIL", ente.email).set("PEC", ente.pec);
    });
}

http::Response accessoOperatori(const http::Request& request, Context& context)
{
    return render(request, context, {"accesso_operatori.html", {"OPERATORI", {}}, Menu::None, kFromHome},
                  [&](http::Page& page) { page.set("SERVER", context.config.baseUrl()); });
}

http::Response passwordDimenticata(const http::Request& request, Context& context)
{
    return render(request, context, {"password_dimenticata.html", {"PASSWORD", {}}, Menu::None, kFromHome},
                  [&](http::Page& page) {
                      const Ente& ente = context.ente();
                      page.set("EMAIL", ente.email);
                      if (!ente.telefono.empty())
                          page.add("CON_TELEFONO").set("TELEFONO", ente.telefono);
                  });
}

http::Response fault(const http::Request& request, Context& context, int status, const std::string& message)
{
    if (context.room == nullptr && status < 500)
        findRoom(request, context);
    const std::string kind = std::to_string(pageFor(status));
    const bool tells = status != 404 && status < 500 && !message.empty();
    return render(request, context, {"errore.html", {kind, {}}, Menu::None, std::nullopt, status},
                  [&](http::Page& page) {
                      page.show("E" + kind).show(context.room == nullptr ? "SENZA_ENTE" : "DELL_ENTE");
                      if (tells)
                          page.add("CON_MESSAGGIO").set("MESSAGGIO", message);
                  });
}

}
