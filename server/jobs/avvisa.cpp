#include "core/base/text.h"
#include "server/http/templates.h"
#include "server/jobs/jobs.h"
#include "server/store/cittadini.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

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

/// The citizen's address of today; the one given at sending where today's is no address.
std::string addressOf(store::Reader& reader, const Cittadino& richiedente)
{
    const auto today = store::findCittadino(reader, richiedente.id);
    return today && isEmailAddress(today->email) ? today->email : richiedente.email;
}

gateways::Mail compose(const Tools& tools, const store::Job& job, const Cittadino& richiedente)
{
    const Context& context = tools.context;
    const Pratica pratica = store::pratica(context.database(), job.pratica);
    const auto definizione = store::definizione(context.database(), pratica.fields().definizione);
    const auto fill = [&](http::Page& page) {
        page.set("ENTE", context.ente().nome);
        page.set("NOME", fullName(richiedente.nome, richiedente.cognome));
        page.set("SERVIZIO", definizione->servizio.nome);
        page.set("URL", context.config.baseUrl() + "/" + context.ente().slug + "/pratiche/" + pratica.id().text());
        page.show("STATO_" + job.dati);
        if (pratica.fields().protocollo)
            page.set("PROTOCOLLO", pratica.fields().protocollo->text);
    };
    gateways::Mail mail;
    mail.messageId = job.id + "@" + domainOf(context.config.mittente);
    mail.da = {context.ente().nome, context.config.mittente};
    mail.a = {fullName(richiedente.nome, richiedente.cognome), richiedente.email};
    mail.oggetto = trim(context.templates.render("mail/oggetto.txt", [](http::Page&) {}));
    mail.testo = trim(context.templates.render("mail/cambio_stato.txt", fill)) + "\n";
    mail.html = context.templates.render("mail/cambio_stato.html", fill);
    if (isEmailAddress(context.ente().email))
        mail.rispondiA = context.ente().email;
    return mail;
}

}

JobFailure failureOf(const gateways::PostaNonInviata& failure)
{
    return {causaOf(failure.causa()), failure.what()};
}

std::string domainOf(const std::string& address)
{
    return address.substr(address.find('@') + 1);
}

void avvisa(const Tools& tools, const store::Job& job)
{
    store::Reader& reader = tools.context.database();
    auto richiedente = store::richiedente(reader, job.pratica);
    if (!richiedente)
        return;
    richiedente->email = addressOf(reader, *richiedente);
    if (!isEmailAddress(richiedente->email))
        return;
    try {
        tools.posta.send(compose(tools, job, *richiedente));
    } catch (const gateways::PostaNonInviata& failure) {
        throw failureOf(failure);
    }
}

}
