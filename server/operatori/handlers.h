#pragma once

#include "server/context.h"
#include "server/http/message.h"

/// The operator API: JSON for the desktop program (resources/openapi/operatori.yaml).
namespace sdc::operatori {

http::Response login(const http::Request& request, Context& context);
http::Response whoAmI(const http::Request& request, Context& context);
http::Response logout(const http::Request& request, Context& context);

// One's own access.
http::Response mioAccesso(const http::Request& request, Context& context);
http::Response confirmIdentita(const http::Request& request, Context& context);
http::Response changePassword(const http::Request& request, Context& context);
http::Response endOtherSessions(const http::Request& request, Context& context);
http::Response beginSecondoFattore(const http::Request& request, Context& context);
http::Response confirmSecondoFattore(const http::Request& request, Context& context);
http::Response dropSecondoFattore(const http::Request& request, Context& context);

// The accounts, for administrators.
http::Response listOperatori(const http::Request& request, Context& context);
http::Response addOperatore(const http::Request& request, Context& context);
http::Response changeOperatore(const http::Request& request, Context& context);
http::Response disableOperatore(const http::Request& request, Context& context);
http::Response enableOperatore(const http::Request& request, Context& context);
http::Response inviteOperatore(const http::Request& request, Context& context);
http::Response dropSecondoFattoreOf(const http::Request& request, Context& context);

http::Response listPratiche(const http::Request& request, Context& context);
http::Response showPratica(const http::Request& request, Context& context);
http::Response takeCharge(const http::Request& request, Context& context);
http::Response release(const http::Request& request, Context& context);
http::Response decide(const http::Request& request, Context& context);
http::Response keepBozzaEsito(const http::Request& request, Context& context);
http::Response dropBozzaEsito(const http::Request& request, Context& context);

http::Response documento(const http::Request& request, Context& context);
http::Response allegato(const http::Request& request, Context& context);

http::Response attivita(const http::Request& request, Context& context);
http::Response protocollo(const http::Request& request, Context& context);
http::Response metriche(const http::Request& request, Context& context);
http::Response eventi(const http::Request& request, Context& context);

}
