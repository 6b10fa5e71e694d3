#include "server/portale/handlers.h"

#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/gateways/identita.h"
#include "server/portale/frame.h"
#include "server/portale/ripresa.h"

namespace sdc::portale {
namespace {

void addChoices(http::Page& page, const std::vector<gateways::SceltaIdentita>& choices, const std::string& comeBack)
{
    http::Page& form = page.add("PROVA");
    form.set("RITORNO", comeBack);
    int number = 0;
    for (const auto& choice : choices) {
        http::Page& one = form.add("IDENTITA");
        one.set("CHIAVE", choice.chiave).set("NOME", choice.nome).set("DETTAGLIO", choice.descrizione);
        // The first keeps the plain id, to which the summary of errors leads.
        one.set("SUFFISSO", ++number == 1 ? "" : "-" + std::to_string(number));
    }
}

http::Response showLogin(const http::Request& request, Context& context, const std::string& comeBack, int status)
{
    const auto choices = context.identita.choices();
    return render(request, context, {"accesso.html", {"ACCESSO", {}}, Menu::None, std::nullopt, status},
                  [&](http::Page& page) {
                      if (status == 422)
                          includeErrors(page, {{"identita", "Scegli con quale identità entrare."}});
                      if (choices.empty())
                          page.show("CHIUSO");
                      else
                          addChoices(page, choices, comeBack);
                  });
}

}

http::Response accesso(const http::Request& request, Context& context)
{
    const std::string comeBack = doors::safeReturn(context, request.queryField("ritorno"));
    return context.accesso ? http::seeOther(comeBack) : showLogin(request, context, comeBack, 200);
}

http::Response login(const http::Request& request, Context& context)
{
    if (!doors::mayTry(request, context))
        return fault(request, context, 429, "");
    const std::string comeBack = doors::safeReturn(context, request.formField("ritorno"));
    const auto identita = context.identita.identify(request.formField("identita"));
    if (!identita)
        return showLogin(request, context, comeBack, 422);
    const actions::Entrato entered = actions::login(context, *identita, doors::dispositivo(request));
    http::Response response = http::seeOther(comeBack);
    context.accesso = AccessoCittadino{entered.cittadino, "", ""};
    giveBack(request, context, response);
    response.cookie(doors::cookieName(context), entered.token);
    return response;
}

http::Response logout(const http::Request&, Context& context)
{
    // A session that ended by itself has nothing left to end.
    if (context.accesso)
        actions::logout(context);
    http::Response response = http::seeOther(base(context) + "/?avviso=uscita");
    response.cookie(doors::cookieName(context), "", -1);
    return response;
}

http::Response leave(const http::Request&, Context& context)
{
    return http::seeOther(base(context) + "/");
}

}
