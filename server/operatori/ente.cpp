#include "core/api/ente_json.h"
#include "core/base/error.h"
#include "server/doors/doors.h"
#include "server/operatori/handlers.h"
#include "server/rooms.h"
#include "server/store/elenchi.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace sdc::operatori {

http::Response protocollo(const http::Request&, Context& context)
{
    api::ConfigurazioneProtocollo configurazione;
    configurazione.gestore = "Registro interno";
    for (const auto& definizione : store::currentDefinizioni(context.database()))
        configurazione.righe.push_back(
            {definizione->servizio.nome, definizione->servizio.slug, definizione->servizio.protocollo});
    return http::json(nlohmann::json(configurazione).dump());
}

http::Response metriche(const http::Request&, Context& context)
{
    api::Metriche metriche;
    const auto servizi = store::servizi(context.database());
    metriche.serviziAttivi = std::count_if(servizi.begin(), servizi.end(),
                                           [](const auto& s) { return s.attivazione == Attivazione::Attivo; });
    for (const auto& [anno, pratiche] : store::pratichePerAnno(context.database(), *context.operatore))
        metriche.praticheAnno.push_back({anno, pratiche});
    return http::json(nlohmann::json(metriche).dump());
}

namespace {

/// Whether the operator is what they were when they began to listen; as long as nobody can tell, they listen on.
bool mayListen(const Context& context)
{
    static const std::string kGuasto = "ascolti non controllati";
    Guasti& guasti = context.rooms.misure().guasti;
    try {
        const auto now = doors::operatoreOf(context, context.sessioneOperatore);
        guasti.over(kGuasto, context.ente().slug);
        return now && now->tuttiServizi == context.operatore->tuttiServizi &&
               now->servizi == context.operatore->servizi;
    } catch (const std::exception& error) {
        // Two thousand listeners meet one fault: it is told once.
        guasti.met(kGuasto, context.ente().slug, error.what());
        return true;
    }
}

}

http::Response eventi(const http::Request& request, Context& context)
{
    const std::string text = request.queryField("da");
    http::Events events;
    events.ente = context.ente().slug;
    events.owner = context.sessioneOperatore;
    // Held by the stream as long as it lasts.
    events.concerns = [operatore = *context.operatore, counted = context.rooms.misure().listener()](
                          const std::string& servizio) { return servizio.empty() || operatore.enabledFor(servizio); };
    events.stillAllowed = [context] { return mayListen(context); };
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), events.from);
    if (error != std::errc{} || end != text.data() + text.size() || events.from < 0)
        throw Invalid("Il numero \"da\" non è valido.");
    if (!store::remembersAfter(context.database(), events.from))
        events.from = http::Events::kNothing;
    return {200, {{"Content-Type", "text/event-stream"}}, events};
}

}
