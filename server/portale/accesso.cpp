#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "server/actions/accesso_cittadino.h"
#include "server/actions/compila.h"
#include "server/doors/doors.h"
#include "server/gateways/identita.h"
#include "server/portale/frame.h"

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
                      page.showIf("NESSUNA_SCELTA", status == 422);
                      if (choices.empty())
                          page.show("CHIUSO");
                      else
                          addChoices(page, choices, comeBack);
                  });
}

/// Puts what was typed when the session ended back into its draft, and leads there.
void giveBack(Context& context, const Cittadino& cittadino, const doors::Parcheggio& parked, http::Response& response)
{
    context.accesso = AccessoCittadino{cittadino, "", ""};
    const auto field = [&](std::string_view name) {
        for (const auto& [key, value] : parked.fields) {
            if (key == name)
                return value;
        }
        return std::string{};
    };
    try {
        actions::savePasso(context, Id<Pratica>{parked.pratica},
                           {parked.passo, actions::Mossa::Resta, parked.fields, false, field("nota")});
        response.header("Location", parked.path + "?avviso=dati-ripresi");
    } catch (const Refusal&) {
        // The draft was sent or deleted meanwhile: there is nothing to put it back into, and the login stands.
        return;
    }
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
    const actions::Entrato entered = actions::login(context, *identita);
    http::Response response = http::seeOther(comeBack);
    if (const auto parked = doors::unpark(request, context, entered.cittadino.id, response))
        giveBack(context, entered.cittadino, *parked, response);
    response.cookie(doors::cookieName(context), entered.token);
    return response;
}

http::Response logout(const http::Request&, Context& context)
{
    actions::logout(context);
    http::Response response = http::seeOther(base(context) + "/?avviso=uscita");
    response.cookie(doors::cookieName(context), "", -1);
    return response;
}

}
