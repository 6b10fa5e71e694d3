#include "server/portale/ripresa.h"

#include "core/base/error.h"
#include "server/actions/compila.h"
#include "server/doors/doors.h"
#include "server/portale/handlers.h"
#include "server/portale/passo_pagina.h"

#include <algorithm>
#include <charconv>

namespace sdc::portale {
namespace {

std::optional<std::string> fieldOf(const doors::Parcheggio& parked, std::string_view name)
{
    const auto found = std::find_if(parked.fields.begin(), parked.fields.end(),
                                    [&](const auto& field) { return field.first == name; });
    return found == parked.fields.end() ? std::nullopt : std::optional{found->second};
}

std::optional<int> versionOf(const doors::Parcheggio& parked)
{
    const std::string text = fieldOf(parked, "versione").value_or("");
    int version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{version} : std::nullopt;
}

std::string noticeOf(const doors::Parcheggio& parked, const actions::EsitoPasso& esito)
{
    if (esito.superata)
        return "?avviso=bozza-piu-recente";
    if (esito.aggiornata && !parked.passo.empty())
        return "?avviso=modulo-cambiato";
    return std::string{parked.scaduta ? "?avviso=dati-ripresi" : "?avviso=dati-ritrovati"} +
           (parked.conFile ? "&file=si" : "");
}

/// Where the parked profile was to lead to.
std::string returnOf(const http::Fields& fields)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [](const auto& f) { return f.first == "ritorno"; });
    return found == fields.end() || found->second.empty() ? "" : "&ritorno=" + http::encodeUrl(found->second);
}

}

std::optional<http::Fields> parkedProfilo(const http::Request& request, Context& context)
{
    auto parked = doors::findParked(request, context, context.cittadino().id);
    return parked && parked->pratica.empty() ? std::optional{std::move(parked->fields)} : std::nullopt;
}

void forgetParkedProfilo(const http::Request& request, Context& context, http::Response& response)
{
    if (parkedProfilo(request, context))
        doors::unpark(request, context, context.cittadino().id, response);
}

void keepForLater(const http::Request& request, Context& context, http::Response& response)
{
    if (!doors::park(request, context, response))
        response = fault(request, context, 403,
                         "La sessione era finita e quello che hai scritto non è stato conservato: se ti serve, copialo "
                         "da qui prima di accedere di nuovo.");
}

void giveBack(const http::Request& request, Context& context, http::Response& response)
{
    if (parkedProfilo(request, context)) {
        // Terms may come first: the profile's page asks for it whenever it is opened.
        response.header("Location",
                        base(context) + "/profilo?avviso=profilo-ripreso" + returnOf(*parkedProfilo(request, context)));
        return;
    }
    const auto waiting = doors::findParked(request, context, context.cittadino().id);
    // A service that asks for more than this session has gets nothing from it: the form waits for one that suffices.
    if (waiting && !doors::mayFill(context, Id<Pratica>{waiting->pratica}))
        return;
    const auto parked = doors::unpark(request, context, context.cittadino().id, response);
    if (!parked)
        return;
    const Id<Pratica> id{parked->pratica};
    try {
        const actions::EsitoPasso esito = actions::savePasso(context, id,
                                                             {parked->passo, actions::Mossa::Resta, parked->fields,
                                                              false, fieldOf(*parked, "nota"), versionOf(*parked)});
        response.header("Location", passoUrl(context, id, esito.next) + noticeOf(*parked, esito));
    } catch (const Refusal&) {
        // The draft was sent or deleted meanwhile: there is nothing to put it back into, and one goes on without.
        return;
    }
}

}
