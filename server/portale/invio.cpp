#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/actions/submit.h"
#include "server/doors/doors.h"
#include "server/portale/passo_pagina.h"

#include <charconv>

namespace sdc::portale {
namespace {

bool isSent(Context& context, const Id<Pratica>& id)
{
    return actions::ownPratica(context.database(), id, context.cittadino().id).fields().inviata.has_value();
}

http::Response alreadySent(const Context& context, const Id<Pratica>& id)
{
    return http::seeOther(praticaUrl(context, id) + "?avviso=gia-inviata");
}

/// The step to complete before sending, where there is one.
std::optional<http::Response> stepToMend(Context& context, const Id<Pratica>& id)
{
    const auto fault = actions::faultsOf(context, id);
    if (!fault)
        return std::nullopt;
    return http::seeOther(passoUrl(context, id, fault->passo) + "?avviso=controlla-passo");
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

std::optional<std::string> notaOf(const http::Request& request)
{
    return request.hasFormField("nota") ? std::optional{request.formField("nota")} : std::nullopt;
}

/// Keeps the note that stands on the summary beside "Invia".
void saveNota(const http::Request& request, Context& context, const actions::Bozza& bozza)
{
    const auto nota = notaOf(request);
    if (!nota || normalizeNewlines(*nota) == bozza.nota)
        return;
    const std::string& summary = bozza.definizione->servizio.modulo.passi.back().chiave;
    actions::savePasso(context, bozza.pratica.id(), {summary, actions::Mossa::Resta, {}, false, nota});
}

/// The summary again, with what is wrong with the note.
http::Response showSummary(const http::Request& request, Context& context, const actions::Bozza& bozza,
                           const std::vector<FieldError>& errors)
{
    const Passo& summary = bozza.definizione->servizio.modulo.passi.back();
    return showPasso(request, context, bozza, {&summary, errors, normalizeNewlines(request.formField("nota")), {}});
}

}

http::Response askInvio(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    if (isSent(context, id))
        return alreadySent(context, id);
    if (auto step = stepToMend(context, id))
        return std::move(*step);
    return showConfirm(request, context, actions::openBozza(context, id));
}

http::Response submit(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    if (isSent(context, id))
        return alreadySent(context, id);
    const actions::Bozza bozza = actions::openBozza(context, id);
    if (const auto fault = actions::noteFault(notaOf(request)))
        return showSummary(request, context, bozza, {*fault});
    const bool confirmed = request.formField("conferma") == "si";
    auto step = stepToMend(context, id);
    // What is not sent now must not lose the note.
    if (!confirmed || step || bozza.pratica.versione() != versionOf(request))
        saveNota(request, context, bozza);
    if (step)
        return std::move(*step);
    if (!confirmed)
        return showConfirm(request, context, actions::openBozza(context, id));
    if (!doors::mayDo(context, "invio", 1, context.config.inviiPerOra)) {
        saveNota(request, context, bozza);
        return http::later(
            fault(request, context, 429, "Hai inviato molte pratiche nell'ultima ora: riprova più tardi."), 3600);
    }
    actions::submit(context, id, versionOf(request), notaOf(request));
    return http::seeOther(praticaUrl(context, id) + "?avviso=pratica-inviata");
}

}
