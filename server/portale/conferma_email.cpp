#include "server/actions/accesso_cittadino.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"

namespace sdc::portale {
namespace {

enum class Vista { Domanda, Fatto, NonValido };

/// Nothing personal stands on it: whoever has the link may not be the citizen.
http::Response show(const http::Request& request, Context& context, Vista vista, const std::string& token)
{
    const int status = vista == Vista::NonValido ? 404 : 200;
    const Frame frame{"conferma_email.html", {"CONFERMA_EMAIL", {}}, Menu::None, std::nullopt, status};
    return render(request, context, frame, [&](http::Page& page) {
        if (vista == Vista::Domanda)
            page.add("DOMANDA").set("CHIAVE", token);
        page.showIf("FATTO", vista == Vista::Fatto).showIf("NON_VALIDO", vista == Vista::NonValido);
    });
}

}

http::Response askConfermaEmail(const http::Request& request, Context& context)
{
    const std::string token = request.queryField("chiave");
    return show(request, context, actions::isGoodConferma(context, token) ? Vista::Domanda : Vista::NonValido, token);
}

http::Response confirmEmail(const http::Request& request, Context& context)
{
    const bool done = actions::confirmEmail(context, request.formField("chiave"));
    return show(request, context, done ? Vista::Fatto : Vista::NonValido, "");
}

}
