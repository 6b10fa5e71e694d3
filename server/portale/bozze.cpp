#include "server/portale/bozze.h"

#include "core/base/error.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"
#include "server/store/servizi.h"

namespace sdc::portale {

http::Response showBozze(const http::Request& request, Context& context, const std::vector<store::VocePratica>& bozze,
                         const std::string& another)
{
    const Frame frame{
        "bozza.html", {"BOZZA", {{"NOME", bozze.front().servizioNome}}}, Menu::Pratiche, {{{"PRATICHE", {}}}}};
    return render(request, context, frame, [&](http::Page& page) {
        for (const store::VocePratica& voce : bozze) {
            http::Page& one = page.add("BOZZA");
            one.set("ID", voce.id.text()).set("SERVIZIO", voce.servizioNome).set("PASSO", voce.passo);
            one.set("DATA", onScreen(romeDate(voce.creata)));
            one.showIf("ELIMINABILE", voce.stato == Stato::Bozza);
            if (!voce.nota.empty())
                one.add("CON_NOTA").set("NOTA", voce.nota);
        }
        if (!another.empty())
            page.add("NUOVA").set("SLUG", another);
    });
}

http::Response askElimina(const http::Request& request, Context& context)
{
    const Id<Pratica> id{request.param("pratica")};
    const Pratica pratica = actions::ownPratica(context.database(), id, context.cittadino().id);
    pratica.requireDraft();
    const auto definizione = store::definizione(context.database(), pratica.fields().definizione);
    const std::string& nome = definizione->servizio.nome;
    const Frame frame{"elimina_bozza.html", {"ELIMINA_BOZZA", {{"NOME", nome}}}, Menu::Pratiche, {{{"PRATICHE", {}}}}};
    return render(request, context, frame, [&](http::Page& page) {
        page.set("ID", id.text()).set("SERVIZIO", nome).set("DATA", onScreen(romeDate(pratica.fields().creata)));
    });
}

http::Response elimina(const http::Request& request, Context& context)
{
    actions::removeBozza(context, praticaId(request));
    return http::seeOther(base(context) + "/pratiche/?avviso=bozza-eliminata");
}

}
