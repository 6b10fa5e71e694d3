#include "server/portale/handlers.h"

#include "core/base/text.h"
#include "core/cittadino/profilo.h"
#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/portale/frame.h"
#include "server/portale/ripresa.h"
#include "server/portale/testi.h"
#include "server/store/termini.h"

#include <algorithm>

namespace sdc::portale {
namespace {

Indirizzo readIndirizzo(const http::Request& request, const std::string& prefix)
{
    const auto field = [&](const char* name) { return trim(request.formField(prefix + name)); };
    return {field("via"), field("cap"), field("citta"), field("provincia"), field("stato")};
}

Profilo readProfilo(const http::Request& request)
{
    return {trim(request.formField("email")), trim(request.formField("cellulare")),
            readIndirizzo(request, "residenza_"), readIndirizzo(request, "domicilio_")};
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
    page.set("DATA_NASCITA", cittadino.dataNascita ? onScreen(*cittadino.dataNascita) : "");
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
    for (const auto& [termine, quando] : accepted) {
        http::Page& one = section.add("TERMINE");
        one.set("TITOLO", termine.titolo).set("QUANDO", onScreen(quando));
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
        addAccepted(page, context);
    });
}

}

http::Response profilo(const http::Request& request, Context& context)
{
    const Cittadino& cittadino = context.cittadino();
    const Profilo saved{cittadino.email, cittadino.cellulare, cittadino.residenza, cittadino.domicilio};
    return showProfilo(request, context, saved, request.queryField("ritorno"), {});
}

http::Response saveProfilo(const http::Request& request, Context& context)
{
    const Profilo posted = readProfilo(request);
    const std::string comeBack = request.formField("ritorno");
    try {
        actions::saveProfilo(context, posted);
    } catch (const Invalid& error) {
        return showProfilo(request, context, posted, comeBack, error.fields());
    }
    const bool stays = comeBack.empty();
    http::Response response = http::seeOther(stays ? base(context) + "/profilo?avviso=profilo-salvato"
                                                   : doors::safeReturn(context, comeBack));
    giveBack(request, context, response);
    return response;
}

}
