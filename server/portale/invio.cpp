#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/actions/submit.h"
#include "server/portale/passo_pagina.h"

#include <charconv>

namespace sdc::portale {
namespace {

Id<Pratica> praticaId(const http::Request& request)
{
    return Id<Pratica>{request.param("pratica")};
}

/// Where to go instead of sending: the detail where it was sent already, the step that has a fault.
std::optional<http::Response> insteadOfSending(Context& context, const Id<Pratica>& id)
{
    if (actions::ownPratica(context.database(), id, context.cittadino().id).fields().inviata)
        return http::seeOther(praticaUrl(context, id) + "?avviso=gia-inviata");
    if (const auto fault = actions::faultsOf(context, id))
        return http::seeOther(passoUrl(context, id, fault->passo) + "?avviso=controlla-passo");
    return std::nullopt;
}

http::Response showConfirm(const http::Request& request, Context& context, const actions::Bozza& bozza)
{
    const Servizio& servizio = bozza.definizione->servizio;
    const Section service{"SERVIZIO", {{"SLUG", servizio.slug}, {"NOME", servizio.nome}}};
    const Frame frame{
        "invio_conferma.html", {"INVIO", {{"NOME", servizio.nome}}}, Menu::Servizi, {{{"SERVIZI", {}}, service}}};
    return render(request, context, frame, [&](http::Page& page) {
        page.set("ID", bozza.pratica.id().text()).set("VERSIONE", bozza.pratica.versione());
        page.set("SERVIZIO", servizio.nome).set("PASSO", servizio.modulo.passi.back().chiave);
    });
}

/// The version of the draft that the citizen read and confirmed; 0 is none.
int versionOf(const http::Request& request)
{
    const std::string text = request.formField("versione");
    int version = 0;
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

/// Saves the note that stands on the summary beside "Invia"; says which version the draft has then.
int saveNota(const http::Request& request, Context& context, const actions::Bozza& bozza)
{
    const int version = versionOf(request);
    const std::string nota = normalizeNewlines(request.formField("nota"));
    if (bozza.pratica.versione() != version || !request.hasFormField("nota") || nota == bozza.nota)
        return version;
    const std::string& summary = bozza.definizione->servizio.modulo.passi.back().chiave;
    actions::savePasso(context, bozza.pratica.id(), {summary, actions::Mossa::Resta, {}, false, nota});
    return version + 1;
}

}

http::Response askInvio(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    if (auto elsewhere = insteadOfSending(context, id))
        return std::move(*elsewhere);
    return showConfirm(request, context, actions::openBozza(context, id));
}

http::Response submit(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    if (auto elsewhere = insteadOfSending(context, id))
        return std::move(*elsewhere);
    const actions::Bozza bozza = actions::openBozza(context, id);
    const int version = saveNota(request, context, bozza);
    if (request.formField("conferma") != "si")
        return showConfirm(request, context, actions::openBozza(context, id));
    actions::submit(context, id, version);
    return http::seeOther(praticaUrl(context, id) + "?avviso=pratica-inviata");
}

}
