#include "server/actions/nuova_password.h"

#include "core/base/text.h"
#include "server/doors/doors.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"

namespace sdc::portale {
namespace {

constexpr std::size_t kLongestUsername = 60;

const std::vector<Section> kNearHome;

http::Response showForgotten(const http::Request& request, Context& context, const std::vector<FieldError>& errors)
{
    const Frame frame{"password_dimenticata.html", {"PASSWORD", {}}, Menu::None, kNearHome, errors.empty() ? 200 : 422};
    return render(request, context, frame, [&](http::Page& page) {
        const Ente& ente = context.ente();
        includeErrors(page, errors);
        page.set("EMAIL", ente.email).set("USERNAME", firstCodePoints(request.formField("username"), 200));
        if (const std::string* fault = errorAt(errors, "username"))
            page.add("ERRORE_USERNAME").set("TESTO", *fault);
        if (!ente.telefono.empty())
            page.add("CON_TELEFONO").set("TELEFONO", ente.telefono);
    });
}

/// The page of a code: the form, or, where the code sets no password any more, how to have another one.
http::Response showNuova(const http::Request& request, Context& context, const std::string& codice,
                         const std::vector<FieldError>& errors)
{
    const auto titolare = actions::titolareDelCodice(context, codice);
    const int status = !titolare ? 410 : errors.empty() ? 200 : 422;
    const Frame frame{"nuova_password.html", {"NUOVA_PASSWORD", {}}, Menu::None, kNearHome, status};
    return render(request, context, frame, [&](http::Page& page) {
        if (!titolare) {
            page.show("SCADUTO");
            return;
        }
        http::Page& form = page.add("MODULO");
        includeErrors(form, errors);
        form.set("CODICE", codice).set("USERNAME", titolare->username);
        for (const FieldError& error : errors)
            form.add("ERRORE_" + asciiUpper(error.field)).set("TESTO", error.message);
    });
}

}

http::Response passwordDimenticata(const http::Request& request, Context& context)
{
    return showForgotten(request, context, {});
}

http::Response askNuovaPassword(const http::Request& request, Context& context)
{
    if (!doors::mayTry(request, context))
        return fault(request, context, 429, "");
    const std::string username = trim(request.formField("username"));
    if (username.empty() || username.size() > kLongestUsername)
        return showForgotten(request, context, {{"username", "Scrivi il tuo nome utente."}});
    actions::askNuovaPassword(context, username);
    return http::seeOther(base(context) + "/password-dimenticata?avviso=link-inviato");
}

http::Response nuovaPassword(const http::Request& request, Context& context)
{
    return showNuova(request, context, request.queryField("codice"), {});
}

http::Response setNuovaPassword(const http::Request& request, Context& context)
{
    if (!doors::mayTry(request, context))
        return fault(request, context, 429, "");
    const std::string codice = request.formField("codice");
    const std::string password = request.formField("password");
    if (password != request.formField("ripetuta"))
        return showNuova(request, context, codice, {{"ripetuta", "Le due password non sono uguali."}});
    try {
        actions::setNuovaPassword(context, codice, password);
    } catch (const Invalid& error) {
        return showNuova(request, context, codice, error.fields());
    } catch (const Conflict&) {
        return showNuova(request, context, "", {});
    }
    return http::seeOther(base(context) + "/accesso-operatori?avviso=password-cambiata");
}

}
