#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/portale/bozze.h"
#include "server/portale/passo_pagina.h"
#include "server/portale/righe.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace sdc::portale {
namespace {

Id<Pratica> praticaId(const http::Request& request)
{
    return Id<Pratica>{request.param("pratica")};
}

/// What a button of a step asks for: "avanti", "togli:campo:id".
struct Azione
{
    std::string what;
    std::string campo;
    std::string which;
};

Azione readAzione(const http::Request& request)
{
    const std::string text = request.formField("azione");
    const auto first = text.find(':');
    if (first == std::string::npos)
        return {text.empty() ? "avanti" : text, "", ""};
    const auto second = std::min(text.find(':', first + 1), text.size());
    return {text.substr(0, first), text.substr(first + 1, second - first - 1),
            second < text.size() ? text.substr(second + 1) : ""};
}

actions::Mossa mossaOf(const Azione& azione)
{
    if (azione.what == "avanti")
        return actions::Mossa::Avanti;
    if (azione.what == "indietro")
        return actions::Mossa::Indietro;
    return azione.what == "ricomincia" ? actions::Mossa::Ricomincia : actions::Mossa::Resta;
}

/// The posted fields, with the rows of groups as the button wants them.
Posted fieldsOf(const http::Request& request, const Passo& passo, const Azione& azione)
{
    Posted fields = request.form;
    for (const Campo& campo : passo.campi) {
        if (campo.tipo != TipoCampo::Gruppo)
            continue;
        if (azione.what == "avanti")
            fields = withoutEmptyRows(campo, std::move(fields));
        if (campo.chiave != azione.campo)
            continue;
        if (azione.what == "aggiungi")
            fields = withRow(campo, std::move(fields));
        std::size_t row = 0;
        std::from_chars(azione.which.data(), azione.which.data() + azione.which.size(), row);
        if (azione.what == "rimuovi")
            fields = withoutRow(campo, fields, row);
    }
    return fields;
}

/// Runs what may be refused at a field, and gathers the faults.
void attempt(std::vector<FieldError>& errors, const std::function<void()>& act)
{
    try {
        act();
    } catch (const Invalid& error) {
        const auto& fields = error.fields();
        errors.insert(errors.end(), fields.begin(), fields.end());
    }
}

/// Takes in the files that came with the step, whatever button was pressed, and what its file buttons ask for.
std::vector<FieldError> takeFiles(const http::Request& request, Context& context, const Passo& passo,
                                  const Azione& azione)
{
    const Id<Pratica> id = praticaId(request);
    std::vector<FieldError> errors;
    for (const Campo& campo : passo.campi) {
        const http::Upload* upload = request.upload("file." + campo.chiave);
        if (upload != nullptr)
            attempt(errors, [&] {
                actions::addFile(context, id, campo.chiave,
                                 {upload->file.path(), upload->fileName,
                                  trim(request.formField("descrizione." + campo.chiave)), upload->size, upload->sha256,
                                  upload->firstBytes});
            });
    }
    if (azione.what == "togli")
        actions::removeFile(context, id, azione.campo, Id<Allegato>{azione.which});
    const std::string chosen = request.formField("scegli." + azione.campo);
    if (azione.what == "usa" && !chosen.empty())
        attempt(errors, [&] { actions::addAllegato(context, id, azione.campo, Id<Allegato>{chosen}); });
    return errors;
}

const Passo& passoOf(const actions::Bozza& bozza, const http::Request& request)
{
    const Passo* passo = bozza.definizione->servizio.modulo.find(request.param("passo"));
    if (passo == nullptr)
        throw NotFound();
    return *passo;
}

/// A step can be opened once it was reached, and only while its condition holds.
bool isOpen(const actions::Bozza& bozza, const Passo& passo)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const auto furthest = modulo.indexOf(actions::resumeAt(bozza.pratica, modulo));
    return modulo.indexOf(passo.chiave) <= furthest && applies(passo.se, shownOnly(modulo, bozza.risposte));
}

http::Response again(const http::Request& request, Context& context, std::vector<FieldError> errors)
{
    const actions::Bozza bozza = actions::openBozza(context, praticaId(request));
    return showPasso(request, context, bozza,
                     {&passoOf(bozza, request), std::move(errors), normalizeNewlines(request.formField("nota"))});
}

/// Back to the same step, at the field that the button belongs to.
http::Response stay(const http::Request& request, Context& context, const Azione& azione)
{
    const std::string place = azione.campo.empty() ? "" : "#campo-" + http::encodeUrl(azione.campo);
    return http::seeOther(passoUrl(context, praticaId(request), request.param("passo")) + place);
}

}

http::Response accedi(const http::Request& request, Context& context)
{
    const std::string& slug = request.param("servizio");
    const auto attuale = store::findServizio(context.database(), slug);
    if (!attuale)
        throw NotFound("Il servizio non esiste o non è attivo in questo comune.");
    const auto drafts = store::bozze(context.database(), context.cittadino().id, slug);
    const bool more =
        attuale->definizione->servizio.bozzeIllimitate && attuale->voce.attivazione == Attivazione::Attivo;
    if (!drafts.empty())
        return showBozze(request, context, drafts, more ? slug : "");
    return start(request, context);
}

http::Response start(const http::Request& request, Context& context)
{
    const Id<Pratica> id = actions::start(context, request.param("servizio"));
    const actions::Bozza bozza = actions::openBozza(context, id);
    return http::seeOther(passoUrl(context, id, actions::resumeAt(bozza.pratica, bozza.definizione->servizio.modulo)));
}

http::Response passo(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    if (!actions::ownPratica(context.database(), id, context.cittadino().id).isDraft())
        return http::seeOther(praticaUrl(context, id));
    const actions::Bozza bozza = actions::openBozza(context, id);
    const Passo& wanted = passoOf(bozza, request);
    if (bozza.aggiornata)
        return http::seeOther(
            passoUrl(context, id, actions::resumeAt(bozza.pratica, bozza.definizione->servizio.modulo)) +
            "?avviso=modulo-cambiato");
    if (!isOpen(bozza, wanted))
        return http::seeOther(
            passoUrl(context, id, actions::resumeAt(bozza.pratica, bozza.definizione->servizio.modulo)));
    VistaPasso vista{&wanted, {}, bozza.nota};
    if (request.queryField("avviso") == "controlla-passo")
        vista.errors = validate(wanted, bozza.risposte, romeDate(context.now()));
    return showPasso(request, context, bozza, vista);
}

http::Response savePasso(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    const Azione azione = readAzione(request);
    const actions::Bozza bozza = actions::openBozza(context, id);
    const Passo& passo = passoOf(bozza, request);
    actions::PassoInviato inviato{passo.chiave, actions::Mossa::Resta, fieldsOf(request, passo, azione),
                                  request.hasFormField("chiaro"), request.formField("nota")};
    auto errors = actions::savePasso(context, id, inviato).errors;
    const auto refused = takeFiles(request, context, passo, azione);
    errors.insert(errors.end(), refused.begin(), refused.end());
    if (!errors.empty())
        return again(request, context, std::move(errors));
    inviato.mossa = mossaOf(azione);
    if (azione.what == "invia")
        return http::seeOther(praticaUrl(context, id) + "/invio");
    if (inviato.mossa == actions::Mossa::Resta)
        return stay(request, context, azione);
    const actions::EsitoPasso esito = actions::savePasso(context, id, inviato);
    if (!esito.errors.empty())
        return again(request, context, esito.errors);
    return http::seeOther(passoUrl(context, id, esito.next));
}

}
