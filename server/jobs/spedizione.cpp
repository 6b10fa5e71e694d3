#include "server/jobs/spedizione.h"

#include "core/base/text.h"

namespace sdc::jobs {
namespace {

store::CausaErrore causaOf(gateways::CausaPosta causa)
{
    switch (causa) {
    case gateways::CausaPosta::Configurazione:
        return store::CausaErrore::Configurazione;
    case gateways::CausaPosta::Dati:
        return store::CausaErrore::Dati;
    // A mail handed over without an answer goes out again under the same Message-ID: better twice than never.
    case gateways::CausaPosta::Transitoria:
    case gateways::CausaPosta::Incerta:
        return store::CausaErrore::Transitoria;
    }
    return store::CausaErrore::Transitoria;
}

std::string domainOf(const std::string& address)
{
    return address.substr(address.find('@') + 1);
}

}

gateways::Mail startMail(const Tools& tools, const store::Job& job, const gateways::Casella& to)
{
    const Context& context = tools.context;
    gateways::Mail mail;
    mail.messageId = job.id + "@" + domainOf(context.config.mittente);
    mail.da = {context.ente().nome, context.config.mittente};
    mail.a = to;
    if (isEmailAddress(context.ente().email))
        mail.rispondiA = context.ente().email;
    return mail;
}

JobFailure toJobFailure(const gateways::PostaNonInviata& failure)
{
    return {causaOf(failure.causa()), failure.what()};
}

void send(const Tools& tools, const gateways::Mail& mail)
{
    try {
        tools.posta.send(mail);
    } catch (const gateways::PostaNonInviata& failure) {
        throw toJobFailure(failure);
    }
}

}
