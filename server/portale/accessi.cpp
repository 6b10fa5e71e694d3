#include "core/base/text.h"
#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"

#include <nlohmann/json.hpp>

namespace sdc::portale {

http::Response accessi(const http::Request& request, Context& context)
{
    const Frame frame{"accessi.html", {"ACCESSI", {}}, Menu::Profilo, {{{"PROFILO", {}}}}};
    return render(request, context, frame, [&](http::Page& page) {
        for (const actions::Accesso& accesso : actions::accessi(context)) {
            http::Page& one = page.add("ACCESSO");
            one.set("DISPOSITIVO", accesso.sessione.dispositivo);
            one.showIf("SCONOSCIUTO", accesso.sessione.dispositivo.empty());
            one.set("DAL", onScreenAt(accesso.sessione.creata)).set("VISTO", onScreenAt(accesso.sessione.vista));
            if (!accesso.sessione.metodo.empty())
                one.add("COME")
                    .show("METODO_" + asciiUpper(accesso.sessione.metodo))
                    .set("LIVELLO", accesso.sessione.livello);
            if (accesso.questo)
                one.show("QUESTO");
            else
                one.add("ALTRO").set("ACCESSO", accesso.nome);
        }
    });
}

http::Response endAccesso(const http::Request& request, Context& context)
{
    if (request.formField("azione") != "tutti") {
        actions::endAccesso(context, request.formField("accesso"));
        return http::seeOther(base(context) + "/accessi?avviso=accesso-chiuso");
    }
    actions::endAccessi(context);
    http::Response response = http::seeOther(base(context) + "/?avviso=uscita-ovunque");
    response.cookie(doors::cookieName(context), "", -1);
    return response;
}

http::Response prolunga(const http::Request&, Context& context)
{
    const AccessoCittadino& accesso = *context.accesso;
    const auto left = (accesso.scade - context.now()).count();
    return http::json(nlohmann::json{{"secondi", left}, {"ultima", accesso.scade >= accesso.scadeComunque}}.dump());
}

}
