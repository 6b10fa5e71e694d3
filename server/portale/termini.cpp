#include "server/portale/handlers.h"

#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/portale/frame.h"
#include "server/portale/ripresa.h"
#include "server/portale/testi.h"
#include "server/store/termini.h"

#include <algorithm>

namespace sdc::portale {
namespace {

std::vector<std::string> consents(const http::Request& request)
{
    std::vector<std::string> ids;
    for (const auto& [name, value] : request.form) {
        if (name == "consenso")
            ids.push_back(value);
    }
    return ids;
}

struct Answer
{
    std::string comeBack;
    std::vector<std::string> accepted;
    std::vector<FieldError> errors;
};

/// Whether a consent is for a text that is not asked for (any more): its version changed while the page was open.
bool namesOther(const std::vector<std::string>& accepted, const std::vector<store::Termine>& asked)
{
    return std::any_of(accepted.begin(), accepted.end(), [&](const std::string& id) {
        return std::none_of(asked.begin(), asked.end(), [&](const store::Termine& t) { return t.id == id; });
    });
}

http::Response showTermini(const http::Request& request, Context& context, const Answer& answer)
{
    auto missing = store::termineDaAccettare(context.database(), context.cittadino().id);
    const auto optional = store::terminiFacoltativi(context.database(), context.cittadino().id);
    missing.insert(missing.end(), optional.begin(), optional.end());
    const Frame frame{"termini.html", {"TERMINI", {}}, Menu::None, std::nullopt, answer.errors.empty() ? 200 : 422};
    return render(request, context, frame, [&](http::Page& page) {
        includeErrors(page, answer.errors);
        page.set("RITORNO", answer.comeBack);
        page.showIf("CAMBIATI", namesOther(answer.accepted, missing));
        for (const store::Termine& termine : missing) {
            http::Page& one = page.add("TERMINE");
            one.set("ID", termine.id).set("CHIAVE", termine.chiave).set("TITOLO", termine.titolo);
            one.showIf("OBBLIGATORIO", termine.obbligatorio).showIf("FACOLTATIVO", !termine.obbligatorio);
            one.showIf("SCELTO",
                       std::find(answer.accepted.begin(), answer.accepted.end(), termine.id) != answer.accepted.end());
            one.showIf("CON_ERRORE", errorAt(answer.errors, "termine_" + termine.id) != nullptr);
            includeTesto(one, "TESTO", linesOf(termine.testo), context.ente().nome);
        }
    });
}

}

http::Response termini(const http::Request& request, Context& context)
{
    const std::string comeBack = doors::safeReturn(context, request.queryField("ritorno"));
    if (store::termineDaAccettare(context.database(), context.cittadino().id).empty())
        return http::seeOther(comeBack);
    return showTermini(request, context, {comeBack, {}, {}});
}

http::Response acceptTermini(const http::Request& request, Context& context)
{
    const std::string comeBack = doors::safeReturn(context, request.formField("ritorno"));
    try {
        actions::acceptTermini(context, consents(request));
    } catch (const Invalid& error) {
        return showTermini(request, context, {comeBack, consents(request), error.fields()});
    }
    http::Response response = http::seeOther(comeBack);
    giveBack(request, context, response);
    return response;
}

}
