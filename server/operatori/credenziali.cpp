#include "server/operatori/credenziali.h"

#include "core/api/errore_json.h"
#include "core/api/operatori_json.h"
#include "server/actions/accesso_operatore.h"
#include "server/actions/conferma.h"
#include "server/operatori/handlers.h"
#include "server/store/secondi_fattori.h"
#include "server/store/sessions.h"

#include <nlohmann/json.hpp>

namespace sdc::operatori {
namespace {

// 401 would tell the program that its session is over.
constexpr int kWrongHere = 403;

actions::Conferma confermaOf(const api::ConfermaAccesso& typed, const http::Request& request)
{
    return {typed.password, typed.codice, http::networkOf(request.address)};
}

api::ConfermaAccesso readConferma(const http::Request& request)
{
    try {
        return nlohmann::json::parse(request.body).get<api::ConfermaAccesso>();
    } catch (const std::exception&) {
        // Whatever is not what the API describes is the sender's to mend.
        throw Invalid("I dati inviati non sono quelli attesi.");
    }
}

/// A refusal that says what is still to be sent.
http::Response problemThat(int status, const Refusal& refusal, bool api::Problema::*needs)
{
    http::Response response = http::problem(status, refusal.what());
    auto body = nlohmann::json::parse(std::get<std::string>(response.body)).get<api::Problema>();
    body.*needs = true;
    response.body = nlohmann::json(body).dump();
    return response;
}

/// Of one's own access: whoever asks is known, so the sentence is about what they typed alone.
http::Response whereConfirmed(const actions::Conferma& conferma, const std::function<http::Response()>& answer)
{
    return answerOrRefuse(kWrongHere, [&] {
        try {
            return answer();
        } catch (const Forbidden&) {
            // The lower level does not know whether a name was typed too.
            return http::problem(kWrongHere, conferma.codice.empty() ? "La password non è corretta."
                                                                     : "La password o il codice non sono corretti.");
        }
    });
}

}

http::Response noContent()
{
    return {204, {}, std::string{}};
}

http::Response answerOrRefuse(int status, const std::function<http::Response()>& answer)
{
    try {
        return answer();
    } catch (const actions::TooManyTries& refusal) {
        return http::later(http::problem(429, refusal.what()), static_cast<int>(refusal.wait().count()));
    } catch (const actions::ServeCodice& refusal) {
        return problemThat(status, refusal, &api::Problema::serveCodice);
    } catch (const actions::ServeConferma& refusal) {
        return problemThat(status, refusal, &api::Problema::serveConferma);
    } catch (const Forbidden& refusal) {
        return http::problem(status, refusal.what());
    }
}

http::Response mioAccesso(const http::Request&, Context& context)
{
    const Id<Operatore>& id = context.operatore->id;
    api::MioAccesso mio;
    mio.secondoFattore = store::hasSecondoFattore(context.database(), id);
    mio.codiciRimasti = store::codiciRecupero(context.database(), id);
    const auto open =
        store::sessioniAperte(context.database(), id.text(), store::TipoSessione::Operatore, context.now());
    mio.altreSessioni = static_cast<std::int64_t>(open.size()) - 1;
    return http::json(nlohmann::json(mio).dump());
}

http::Response confirmIdentita(const http::Request& request, Context& context)
{
    const auto conferma = confermaOf(readConferma(request), request);
    return whereConfirmed(conferma, [&] {
        const auto confirmed = actions::confirmIdentita(context, conferma);
        return http::json(nlohmann::json(api::ChiaveConferma{confirmed.chiave, confirmed.scade}).dump(), 201);
    });
}

http::Response changePassword(const http::Request& request, Context& context)
{
    const api::ConfermaAccesso typed = readConferma(request);
    const auto conferma = confermaOf(typed, request);
    return whereConfirmed(conferma, [&] {
        actions::changePassword(context, conferma, typed.nuova);
        return noContent();
    });
}

http::Response endOtherSessions(const http::Request&, Context& context)
{
    actions::endOtherSessions(context);
    return noContent();
}

http::Response beginSecondoFattore(const http::Request& request, Context& context)
{
    const auto conferma = confermaOf(readConferma(request), request);
    return whereConfirmed(conferma, [&] {
        const auto begun = actions::beginSecondoFattore(context, conferma);
        return http::json(nlohmann::json(api::NuovoFattore{begun.segreto, begun.uri}).dump(), 201);
    });
}

http::Response confirmSecondoFattore(const http::Request& request, Context& context)
{
    const std::string codice = readConferma(request).codice;
    return answerOrRefuse(kWrongHere, [&] {
        const api::CodiciRecupero codici{actions::confirmSecondoFattore(context, codice)};
        return http::json(nlohmann::json(codici).dump());
    });
}

http::Response dropSecondoFattore(const http::Request& request, Context& context)
{
    const auto conferma = confermaOf(readConferma(request), request);
    return whereConfirmed(conferma, [&] {
        actions::dropSecondoFattore(context, conferma);
        return noContent();
    });
}

}
