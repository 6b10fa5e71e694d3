#include "server/portale/handlers.h"

#include "core/base/text.h"
#include "core/cittadino/profilo.h"
#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/portale/frame.h"
#include "server/portale/ripresa.h"
#include "server/portale/testi.h"
#include "server/store/conferme.h"
#include "server/store/termini.h"

#include <algorithm>

namespace sdc::portale {
namespace {

std::string fieldOf(const http::Fields& fields, const std::string& name)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.first == name; });
    return found == fields.end() ? "" : trim(found->second);
}

Indirizzo readIndirizzo(const http::Fields& fields, const std::string& prefix)
{
    const auto field = [&](const char* name) { return fieldOf(fields, prefix + name); };
    return {field("via"), field("cap"), field("citta"), field("provincia"), field("stato")};
}

Profilo readProfilo(const http::Fields& fields)
{
    return {fieldOf(fields, "email"), fieldOf(fields, "cellulare"), readIndirizzo(fields, "residenza_"),
            readIndirizzo(fields, "domicilio_"), fieldOf(fields, "data_nascita")};
}

/// A page of this ente's to go on to; none where nothing was asked for before.
std::string comeBackOf(const Context& context, const std::string& wish)
{
    return wish.empty() ? "" : doors::safeReturn(context, wish);
}

/// Whether the saved address is known to be the citizen's, or a link is on its way.
void fillEmailState(http::Page& page, const Context& context)
{
    const Cittadino& cittadino = context.cittadino();
    const auto confirmed = store::emailConfermata(context.database(), cittadino.id);
    if (confirmed && confirmed->email == cittadino.email) {
        page.add("EMAIL_CONFERMATA").set("QUANDO", onScreen(romeDate(confirmed->quando)));
        return;
    }
    if (!isEmailAddress(cittadino.email) || !cittadino.confermato)
        return;
    http::Page& waiting = page.add("EMAIL_DA_CONFERMARE").set("INDIRIZZO", cittadino.email);
    const auto link = store::findConferma(context.database(), cittadino.id);
    const bool sent = link && link->email == cittadino.email && link->scade > context.now();
    if (sent && !link->respinta)
        waiting.add("INVIATA").set("QUANDO", onScreenAt(link->creata)).set("FINO", onScreenAt(link->scade));
    waiting.showIf("RESPINTA", sent && link->respinta).showIf("SENZA_LINK", !sent);
}

void addFacoltativi(http::Page& page, const Context& context)
{
    const auto optional = store::terminiFacoltativi(context.database(), context.cittadino().id);
    if (optional.empty())
        return;
    http::Page& section = page.add("FACOLTATIVI");
    for (const store::Termine& termine : optional) {
        http::Page& one = section.add("TERMINE");
        one.set("ID", termine.id).set("TITOLO", termine.titolo);
        includeTesto(one, "TESTO", linesOf(termine.testo), context.ente().nome);
    }
}

void fillIndirizzo(http::Page& page, const std::string& prefix, const Indirizzo& indirizzo)
{
    page.set(prefix + "VIA", indirizzo.via).set(prefix + "CAP", indirizzo.cap).set(prefix + "CITTA", indirizzo.citta);
    page.set(prefix + "PROVINCIA", indirizzo.provincia).set(prefix + "STATO", indirizzo.stato);
}

void fillIdentita(http::Page& page, const Cittadino& cittadino)
{
    page.set("NOME_UTENTE", fullName(cittadino.nome, cittadino.cognome));
    page.set("NOME", cittadino.nome).set("COGNOME", cittadino.cognome).set("CODICE_FISCALE", cittadino.codiceFiscale);
    page.set("LUOGO_NASCITA", cittadino.luogoNascita);
    // A day of birth that no identity told is the citizen's to say, among the fields.
    if (!mayDeclareBirth(cittadino))
        page.add("NASCITA_NOTA").set("DATA_NASCITA", onScreen(*cittadino.dataNascita));
}

void fillFields(http::Page& page, const Profilo& profilo, const std::vector<FieldError>& errors)
{
    page.set("EMAIL", profilo.email).set("CELLULARE", profilo.cellulare);
    fillIndirizzo(page, "RESIDENZA_", profilo.residenza);
    fillIndirizzo(page, "DOMICILIO_", profilo.domicilio);
    for (const FieldError& error : errors)
        page.add("ERRORE_" + asciiUpper(error.field)).set("TESTO", error.message);
}

void addAccepted(http::Page& page, const Context& context)
{
    const auto accepted = store::terminiAccettati(context.database(), context.cittadino().id);
    if (accepted.empty())
        return;
    http::Page& section = page.add("TERMINI");
    for (const auto& [termine, quando, revocata] : accepted) {
        http::Page& one = section.add("TERMINE");
        one.set("TITOLO", termine.titolo).set("VERSIONE", termine.versione).set("QUANDO", onScreen(quando));
        if (revocata)
            one.add("REVOCATA").set("QUANDO", onScreen(*revocata));
        else if (!termine.obbligatorio)
            one.add("REVOCABILE").set("ID", termine.id);
        includeTesto(one, "TESTO", linesOf(termine.testo), context.ente().nome);
    }
}

http::Response showProfilo(const http::Request& request, Context& context, const Profilo& profilo,
                           const std::string& comeBack, const std::vector<FieldError>& errors)
{
    const Frame frame{"profilo.html", {"PROFILO", {}}, Menu::Profilo, std::nullopt, errors.empty() ? 200 : 422};
    return render(request, context, frame, [&](http::Page& page) {
        includeErrors(page, errors);
        page.showIf("DA_CONFERMARE", !isComplete(context.cittadino()));
        page.set("RITORNO", comeBack);
        fillIdentita(page, context.cittadino());
        fillFields(page, profilo, errors);
        if (mayDeclareBirth(context.cittadino()))
            page.add("NASCITA_DA_DIRE").set("DATA_NASCITA", profilo.dataNascita);
        fillEmailState(page, context);
        addAccepted(page, context);
        addFacoltativi(page, context);
    });
}

}

http::Response profilo(const http::Request& request, Context& context)
{
    const Cittadino& cittadino = context.cittadino();
    const Profilo saved{cittadino.email, cittadino.cellulare, cittadino.residenza, cittadino.domicilio,
                        cittadino.dataNascita ? inDocument(*cittadino.dataNascita) : ""};
    const auto parked = parkedProfilo(request, context);
    return showProfilo(request, context, parked ? readProfilo(*parked) : saved,
                       comeBackOf(context, request.queryField("ritorno")), {});
}

http::Response saveProfilo(const http::Request& request, Context& context)
{
    const Profilo posted = readProfilo(request.form);
    const std::string comeBack = comeBackOf(context, request.formField("ritorno"));
    const bool asksLink = request.formField("link") == "si";
    std::string notice = "profilo-salvato";
    try {
        const auto link =
            actions::saveProfilo(context, posted, asksLink ? actions::Link::Nuovo : actions::Link::SeManca);
        if (link == actions::EsitoLink::Inviato)
            notice = "profilo-da-confermare";
        if (link == actions::EsitoLink::Troppi)
            notice = "profilo-troppi-link";
    } catch (const Invalid& error) {
        return showProfilo(request, context, posted, comeBack, error.fields());
    }
    const bool stays = comeBack.empty() || asksLink;
    const std::string onward = comeBack.empty() ? "" : "&ritorno=" + http::encodeUrl(comeBack);
    http::Response response = http::seeOther(stays ? base(context) + "/profilo?avviso=" + notice + onward : comeBack);
    forgetParkedProfilo(request, context, response);
    giveBack(request, context, response);
    return response;
}

http::Response changeConsenso(const http::Request& request, Context& context)
{
    const bool gives = request.formField("azione") == "dai";
    actions::changeConsenso(context, request.formField("termine"), gives);
    return http::seeOther(base(context) + "/profilo?avviso=" + (gives ? "consenso-dato" : "consenso-revocato"));
}

}
