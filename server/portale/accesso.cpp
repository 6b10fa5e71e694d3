#include "server/portale/handlers.h"

#include "core/servizio/servizio.h"
#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/gateways/registro_idp.h"
#include "server/portale/frame.h"
#include "server/portale/ripresa.h"
#include "server/portale/spid.h"

#include <algorithm>
#include <random>

namespace sdc::portale {
namespace {

using gateways::saml::ProviderSpid;

/// In an order of its own for each reader, so that none is favoured (AgID's rules for the button).
std::vector<ProviderSpid> shuffled(const Context& context)
{
    auto all = context.identita.idp.all();
    std::shuffle(all.begin(), all.end(), std::mt19937{std::random_device{}()});
    return all;
}

/// What a page that leads to a login is told: where to come back to, and the level that a service asks for.
struct Richiesto
{
    std::string comeBack;
    /// 0 where none was named: then the usual one.
    int livello = 0;
};

int livelloOf(const http::Request& request)
{
    const std::string text = request.queryField("livello");
    return text == "2" || text == "3" ? text[0] - '0' : 0;
}

void setWays(http::Page& page, const Richiesto& wish)
{
    page.set("RITORNO", http::encodeUrl(wish.comeBack));
    if (wish.livello > 0)
        page.add("CON_LIVELLO").set("LIVELLO", wish.livello);
}

void addProviders(http::Page& page, const std::vector<ProviderSpid>& providers, const Richiesto& wish)
{
    http::Page* spid = nullptr;
    for (const ProviderSpid& provider : providers) {
        const bool ofSpid = !provider.cie && !provider.eidas;
        if (ofSpid && spid == nullptr)
            spid = &page.add("SPID");
        http::Page& one = ofSpid ? spid->add("GESTORE") : page.add(provider.cie ? "CIE" : "EIDAS");
        one.set("NOME", provider.nome).set("IDP", http::encodeUrl(provider.entityId));
        setWays(one, wish);
    }
}

http::Response showLogin(const http::Request& request, Context& context, const Richiesto& wish)
{
    const auto providers = shuffled(context);
    return render(request, context, {"accesso.html", {"ACCESSO", {}}}, [&](http::Page& page) {
        const bool open = !providers.empty() || context.carte != nullptr;
        page.showIf("CHIUSO", !open).showIf("APERTO", open && !context.accesso);
        page.showIf("SOLITO", wish.livello <= kLivelloSolito);
        if (wish.livello > kLivelloSolito)
            page.add("PIU_FORTE").set("LIVELLO", wish.livello).showIf("GIA_DENTRO", context.accesso.has_value());
        addProviders(page, providers, wish);
        if (context.carte != nullptr)
            setWays(page.add("CARTA"), wish);
    });
}

}

http::Response accesso(const http::Request& request, Context& context)
{
    const Richiesto wish{doors::safeReturn(context, request.queryField("ritorno")), livelloOf(request)};
    if (!context.accesso || context.accesso->livello < wish.livello)
        return showLogin(request, context, wish);
    http::Response response = http::seeOther(wish.comeBack);
    giveBack(request, context, response);
    return response;
}

http::Response logout(const http::Request& request, Context& context)
{
    http::Response response = http::seeOther(base(context) + "/?avviso=uscita");
    // A session that ended by itself has nothing left to end.
    if (context.accesso) {
        const auto presso = actions::logout(context);
        context.accesso.reset();
        if (presso)
            response = logoutAtProvider(request, context, *presso);
    }
    response.cookie(doors::cookieName(context), "", -1);
    return response;
}

http::Response leave(const http::Request&, Context& context)
{
    return http::seeOther(base(context) + "/");
}

}
