#include "server/actions/operatori.h"

#include "core/api/operatori_json.h"
#include "core/base/error.h"
#include "server/operatori/credenziali.h"
#include "server/operatori/handlers.h"
#include "server/store/operatori.h"
#include "server/store/secondi_fattori.h"

#include <nlohmann/json.hpp>

namespace sdc::operatori {
namespace {

api::ContoOperatore describe(store::Reader& reader, const Operatore& o)
{
    return {o.id,      o.username,
            o.nome,    o.cognome,
            o.email,   o.ruolo == Ruolo::Amministratore,
            o.attivo,  o.tuttiServizi,
            o.servizi, store::hasSecondoFattore(reader, o.id)};
}

Operatore readOperatore(const http::Request& request)
{
    try {
        const auto conto = nlohmann::json::parse(request.body).get<api::ContoOperatore>();
        Operatore operatore;
        operatore.id = Id<Operatore>{request.param("operatore")};
        operatore.username = conto.username;
        operatore.nome = conto.nome;
        operatore.cognome = conto.cognome;
        operatore.email = conto.email;
        operatore.ruolo = conto.amministratore ? Ruolo::Amministratore : Ruolo::Operatore;
        operatore.tuttiServizi = conto.tuttiServizi;
        operatore.servizi = conto.servizi;
        return operatore;
    } catch (const std::exception&) {
        // Whatever is not what the API describes is the sender's to mend.
        throw Invalid("I dati inviati non sono quelli attesi.");
    }
}

std::string chiaveOf(const http::Request& request)
{
    return request.header("stanza-conferma");
}

using Act = void (*)(Context&, const Id<Operatore>&, const std::string& chiave);

http::Response act(const http::Request& request, Context& context, Act what)
{
    return answerOrRefuse(403, [&] {
        what(context, Id<Operatore>{request.param("operatore")}, chiaveOf(request));
        return noContent();
    });
}

using Write = Operatore (*)(Context&, const Operatore&, const std::string& chiave);

http::Response write(const http::Request& request, Context& context, int status, Write what)
{
    const Operatore typed = readOperatore(request);
    return answerOrRefuse(403, [&] {
        const Operatore written = what(context, typed, chiaveOf(request));
        return http::json(nlohmann::json(describe(context.database(), written)).dump(), status);
    });
}

}

http::Response listOperatori(const http::Request&, Context& context)
{
    api::ElencoOperatori elenco;
    for (const Operatore& operatore : store::operatori(context.database()))
        elenco.operatori.push_back(describe(context.database(), operatore));
    return http::json(nlohmann::json(elenco).dump());
}

http::Response addOperatore(const http::Request& request, Context& context)
{
    return write(request, context, 201, actions::createOperatore);
}

http::Response changeOperatore(const http::Request& request, Context& context)
{
    return write(request, context, 200, actions::changeOperatore);
}

http::Response disableOperatore(const http::Request& request, Context& context)
{
    actions::disableOperatore(context, Id<Operatore>{request.param("operatore")});
    return noContent();
}

http::Response enableOperatore(const http::Request& request, Context& context)
{
    return act(request, context, actions::enableOperatore);
}

http::Response inviteOperatore(const http::Request& request, Context& context)
{
    return act(request, context, actions::inviteOperatore);
}

http::Response dropSecondoFattoreOf(const http::Request& request, Context& context)
{
    return act(request, context, actions::dropSecondoFattoreOf);
}

}
