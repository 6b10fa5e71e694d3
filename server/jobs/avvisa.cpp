#include "core/base/text.h"
#include "server/http/templates.h"
#include "server/jobs/jobs.h"
#include "server/jobs/spedizione.h"
#include "server/store/cittadini.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

namespace sdc::jobs {
namespace {

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
    gateways::Mail mail = startMail(tools, job, {fullName(richiedente.nome, richiedente.cognome), richiedente.email});
    mail.oggetto = trim(context.templates.render("mail/oggetto.txt", [](http::Page&) {}));
    mail.testo = trim(context.templates.render("mail/cambio_stato.txt", fill)) + "\n";
    mail.html = context.templates.render("mail/cambio_stato.html", fill);
    return mail;
}

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
    send(tools, compose(tools, job, *richiedente));
}

}
