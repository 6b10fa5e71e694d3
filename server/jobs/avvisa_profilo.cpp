#include "core/base/text.h"
#include "server/http/templates.h"
#include "server/jobs/jobs.h"
#include "server/jobs/spedizione.h"
#include "server/store/conferme.h"

#include <nlohmann/json.hpp>

namespace sdc::jobs {
namespace {

gateways::Mail compose(const Tools& tools, const store::Job& job, const std::string& email, const std::string& kind,
                       const std::string& url)
{
    const Context& context = tools.context;
    const auto fill = [&](http::Page& page) { page.set("ENTE", context.ente().nome).set("URL", url); };
    // The address may be a stranger's, mistyped: the mail names nobody.
    gateways::Mail mail = startMail(tools, job, {"", email});
    mail.oggetto = trim(context.templates.render("mail/" + kind + "_oggetto.txt", [](http::Page&) {}));
    mail.testo = trim(context.templates.render("mail/" + kind + ".txt", fill)) + "\n";
    mail.html = context.templates.render("mail/" + kind + ".html", fill);
    return mail;
}

void sendLink(const Tools& tools, const store::Job& job, const nlohmann::json& dati)
{
    const Context& context = tools.context;
    const std::string hash = dati.at("hash");
    const auto conferma = store::findConfermaByHash(context.database(), hash, context.now());
    // Used, run out, or a newer one was asked for meanwhile.
    if (!conferma)
        return;
    const std::string token = context.rooms.cassaforte().unseal(dati.at("sigillo"), "conferma_email:" + hash);
    const std::string url = context.config.baseUrl() + "/" + context.ente().slug + "/conferma-email?chiave=" + token;
    try {
        tools.posta.send(compose(tools, job, conferma->email, "conferma_email", url));
    } catch (const gateways::PostaNonInviata& failure) {
        if (failure.causa() != gateways::CausaPosta::Dati)
            throw toJobFailure(failure);
        // A mistyped address is its citizen's to mend, who finds it said in the profile; no administrator can.
        store::Transaction transaction(context.database());
        store::markRespinta(transaction, hash);
        transaction.commit();
    }
}

}

void avvisaProfilo(const Tools& tools, const store::Job& job)
{
    const auto dati = nlohmann::json::parse(job.dati);
    if (dati.at("tipo") == "conferma")
        return sendLink(tools, job, dati);
    const std::string url = tools.context.config.baseUrl() + "/" + tools.context.ente().slug + "/profilo";
    send(tools, compose(tools, job, dati.at("email"), "indirizzo_cambiato", url));
}

}
