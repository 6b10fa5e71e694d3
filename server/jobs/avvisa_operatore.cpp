#include "core/base/text.h"
#include "server/actions/nuova_password.h"
#include "server/http/templates.h"
#include "server/jobs/jobs.h"
#include "server/jobs/spedizione.h"

namespace sdc::jobs {
namespace {

const char* sectionOf(actions::MailOperatore mail, const Operatore& operatore)
{
    switch (mail) {
    case actions::MailOperatore::NuovaPassword:
        return "NUOVA_PASSWORD";
    case actions::MailOperatore::Invito:
        return "INVITO";
    case actions::MailOperatore::PasswordCambiata:
        return "PASSWORD_CAMBIATA";
    case actions::MailOperatore::IndirizzoCambiato:
        return "INDIRIZZO_CAMBIATO";
    case actions::MailOperatore::RuoloCambiato:
        return operatore.ruolo == Ruolo::Amministratore ? "ORA_AMMINISTRATORE" : "ORA_OPERATORE";
    case actions::MailOperatore::SecondoFattoreTolto:
        return "SECONDO_FATTORE_TOLTO";
    case actions::MailOperatore::Riabilitato:
        return "RIABILITATO";
    }
    return "";
}

gateways::Mail composeForOperatore(const Tools& tools, const store::Job& job, const actions::Recapito& recapito)
{
    const Context& context = tools.context;
    const Operatore& operatore = recapito.operatore;
    const std::string nome = operatore.nome + " " + operatore.cognome;
    const std::string base = context.config.baseUrl() + "/" + context.ente().slug;
    const auto say = [&](http::Page& page) { page.show(sectionOf(actions::mailOf(job)->mail, operatore)); };
    const auto fill = [&](http::Page& page) {
        page.set("ENTE", context.ente().nome).set("NOME", nome).set("USERNAME", operatore.username);
        page.set("URL", base + "/nuova-password?codice=" + recapito.codice);
        page.set("ALTRO", base + "/password-dimenticata");
        say(page);
    };
    gateways::Mail mail = startMail(tools, job, {nome, operatore.email});
    mail.oggetto = trim(context.templates.render("mail/operatore_oggetto.txt", say));
    mail.testo = trim(context.templates.render("mail/operatore.txt", fill)) + "\n";
    mail.html = context.templates.render("mail/operatore.html", fill);
    return mail;
}

}

void avvisaOperatore(const Tools& tools, const store::Job& job)
{
    const auto recapito = actions::makeLink(tools.context, job);
    if (recapito)
        send(tools, composeForOperatore(tools, job, *recapito));
}

}
