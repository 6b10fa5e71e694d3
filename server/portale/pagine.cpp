#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/doors/doors.h"
#include "server/http/router.h"
#include "server/portale/frame.h"
#include "server/rooms.h"

#include <algorithm>
#include <array>

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

/// Whether the message says more than the page does by itself.
bool tells(const std::string& message)
{
    return !message.empty() && message != NotFound{}.what() && message != http::kImprevisto;
}

/// What was typed into a form that was not taken: nowhere else can it be read again.
void addTyped(http::Page& page, const http::Request& request, int status)
{
    constexpr std::array<std::string_view, 8> kOwn = {"csrf",     "azione",  "versione", "conferma",
                                                      "identita", "ritorno", "chiaro",   "link"};
    http::Page* list = nullptr;
    for (const auto& [name, value] : request.form) {
        const bool own = std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end() || name.starts_with("scegli.");
        if (own || trim(value).empty() || (status != 403 && status != 409 && status != 429 && status != 503))
            continue;
        if (list == nullptr)
            list = &page.add("SCRITTO");
        list->add("VOCE").set("VALORE", normalizeNewlines(value));
    }
}

/// To the pratica that the request was about, or to the page with the form.
void addWayBack(http::Page& page, const http::Request& request, const Context& context, int status)
{
    const std::string& pratica = request.param("pratica");
    if (status == 409 && !pratica.empty())
        page.add("ALLA_PRATICA").set("URL", base(context) + "/pratiche/" + http::encodeUrl(pratica));
    else if (request.method == "POST" && !request.params.empty() &&
             (status == 403 || status == 413 || status == 429 || status == 503))
        page.add("ALLA_PAGINA").set("URL", request.path);
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

http::Response fault(const http::Request& request, Context& context, int status, const std::string& message)
{
    // Whoever asks too often is not looked up in the database each time.
    if (context.room == nullptr && status < 500 && status != 429)
        findRoom(request, context);
    const std::string kind = std::to_string(pageFor(status));
    return render(request, context, {"errore.html", {kind, {}}, Menu::None, std::nullopt, status},
                  [&](http::Page& page) {
                      page.show("E" + kind).show(context.room == nullptr ? "SENZA_ENTE" : "DELL_ENTE");
                      if (tells(message))
                          page.add("CON_MESSAGGIO").set("MESSAGGIO", message);
                      addTyped(page, request, status);
                      addWayBack(page, request, context, status);
                  });
}

}
