#include "server/portale/handlers.h"

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

void addProviders(http::Page& page, const std::vector<ProviderSpid>& providers, const std::string& comeBack)
{
    http::Page* spid = nullptr;
    for (const ProviderSpid& provider : providers) {
        const bool ofSpid = !provider.cie && !provider.eidas;
        if (ofSpid && spid == nullptr)
            spid = &page.add("SPID");
        http::Page& one = ofSpid ? spid->add("GESTORE") : page.add(provider.cie ? "CIE" : "EIDAS");
        one.set("NOME", provider.nome).set("IDP", http::encodeUrl(provider.entityId));
        one.set("RITORNO", http::encodeUrl(comeBack));
    }
}

http::Response showLogin(const http::Request& request, Context& context, const std::string& comeBack)
{
    const auto providers = shuffled(context);
    return render(request, context, {"accesso.html", {"ACCESSO", {}}}, [&](http::Page& page) {
        const bool open = !providers.empty() || context.carte != nullptr;
        page.showIf("CHIUSO", !open).showIf("APERTO", open);
        addProviders(page, providers, comeBack);
        if (context.carte != nullptr)
            page.add("CARTA").set("RITORNO", http::encodeUrl(comeBack));
    });
}

}

http::Response accesso(const http::Request& request, Context& context)
{
    const std::string comeBack = doors::safeReturn(context, request.queryField("ritorno"));
    if (!context.accesso)
        return showLogin(request, context, comeBack);
    http::Response response = http::seeOther(comeBack);
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
