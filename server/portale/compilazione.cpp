#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/compila.h"
#include "server/actions/record.h"
#include "server/doors/doors.h"
#include "server/portale/bozze.h"
#include "server/portale/passo_pagina.h"
#include "server/portale/righe.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace sdc::portale {
namespace {

constexpr const char* kFormChanged = "?avviso=modulo-cambiato";

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

/// A file's button that was pressed without a file.
std::optional<FieldError> missingFile(const http::Request& request, const Passo& passo, const Azione& azione)
{
    const auto campo =
        std::find_if(passo.campi.begin(), passo.campi.end(), [&](const Campo& c) { return c.chiave == azione.campo; });
    if (campo == passo.campi.end() || campo->tipo != TipoCampo::File)
        return std::nullopt;
    if (azione.what == "carica" && request.upload("file." + azione.campo) == nullptr)
        return FieldError{azione.campo, "Scegli il file da caricare per \"" + campo->etichetta + "\"."};
    if (azione.what == "usa" && request.formField("scegli." + azione.campo).empty())
        return FieldError{azione.campo, "Scegli uno dei file già caricati per \"" + campo->etichetta + "\"."};
    return std::nullopt;
}

const Passo* findPasso(const actions::Bozza& bozza, const http::Request& request)
{
    return bozza.definizione->servizio.modulo.find(request.param("passo"));
}

std::string resumeUrl(const Context& context, const actions::Bozza& bozza)
{
    return passoUrl(context, bozza.pratica.id(), actions::resumeAt(bozza));
}

/// The descriptions typed for new files, but for those that were taken in with their file.
Descrizioni descriptionsOf(const http::Request& request, const Passo& passo, const std::vector<FieldError>& errors)
{
    Descrizioni descriptions;
    for (const Campo& campo : passo.campi) {
        const std::string name = "descrizione." + campo.chiave;
        const bool takenIn =
            request.upload("file." + campo.chiave) != nullptr && errorAt(errors, campo.chiave) == nullptr;
        if (request.hasFormField(name) && !takenIn)
            descriptions[campo.chiave] = request.formField(name);
    }
    return descriptions;
}

http::Response again(const http::Request& request, Context& context, const std::vector<FieldError>& errors)
{
    const actions::Bozza bozza = actions::openBozza(context, praticaId(request));
    const Passo* passo = findPasso(bozza, request);
    if (passo == nullptr)
        return http::seeOther(resumeUrl(context, bozza) + kFormChanged);
    return showPasso(
        request, context, bozza,
        {passo, errors, normalizeNewlines(request.formField("nota")), descriptionsOf(request, *passo, errors)});
}

/// Back to the same step, at the field that the button belongs to.
http::Response stay(const http::Request& request, Context& context, const Azione& azione)
{
    const std::string place = azione.campo.empty() ? "" : "#campo-" + http::encodeUrl(azione.campo);
    return http::seeOther(passoUrl(context, praticaId(request), request.param("passo")) + place);
}

actions::PassoInviato readPasso(const http::Request& request, const Passo* passo, const Azione& azione)
{
    actions::PassoInviato inviato{request.param("passo"), actions::Mossa::Resta,
                                  passo == nullptr ? request.form : fieldsOf(request, *passo, azione),
                                  request.hasFormField("chiaro"), std::nullopt};
    if (request.hasFormField("nota"))
        inviato.nota = request.formField("nota");
    return inviato;
}

/// Where the button leads, once what was posted is saved; `notice` goes along.
http::Response goOn(const http::Request& request, Context& context, actions::PassoInviato inviato,
                    const std::string& notice)
{
    const Azione azione = readAzione(request);
    const Id<Pratica> id = praticaId(request);
    if (azione.what == "invia")
        return http::seeOther(praticaUrl(context, id) + "/invio");
    if (azione.what == "profilo")
        return http::seeOther(base(context) + "/profilo?ritorno=" + http::encodeUrl(request.path));
    inviato.mossa = mossaOf(azione);
    if (inviato.mossa == actions::Mossa::Resta)
        return stay(request, context, azione);
    const actions::EsitoPasso esito = actions::savePasso(context, id, inviato);
    if (!esito.errors.empty())
        return again(request, context, esito.errors);
    return http::seeOther(passoUrl(context, id, esito.next) + notice);
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
    return http::seeOther(resumeUrl(context, actions::openBozza(context, id)));
}

http::Response passo(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    if (!actions::ownPratica(context.database(), id, context.cittadino().id).isDraft())
        return http::seeOther(praticaUrl(context, id));
    const actions::Bozza bozza = actions::openBozza(context, id);
    const Passo* wanted = findPasso(bozza, request);
    if (wanted == nullptr || bozza.aggiornata)
        return http::seeOther(resumeUrl(context, bozza) + kFormChanged);
    if (!actions::isOpen(bozza, *wanted))
        return http::seeOther(resumeUrl(context, bozza));
    VistaPasso vista{wanted, {}, bozza.nota, {}};
    if (request.queryField("avviso") == "controlla-passo")
        vista.errors = validate(*wanted, bozza.risposte, romeDate(context.now()));
    return showPasso(request, context, bozza, vista);
}

http::Response savePasso(const http::Request& request, Context& context)
{
    const Id<Pratica> id = praticaId(request);
    const Azione azione = readAzione(request);
    const actions::Bozza bozza = actions::openBozza(context, id);
    const Passo* passo = findPasso(bozza, request);
    const actions::PassoInviato inviato = readPasso(request, passo, azione);
    actions::EsitoPasso esito = actions::savePasso(context, id, inviato);
    if (!doors::mayDo(context, "file", request.uploads.size(), context.config.filePerOra))
        return http::later(fault(request, context, 429,
                                 "Hai caricato molti file nell'ultima ora: quello che hai scritto è salvato, i file "
                                 "caricali più tardi."),
                           3600);
    if (passo != nullptr) {
        const auto refused = takeFiles(request, context, *passo, azione);
        esito.errors.insert(esito.errors.end(), refused.begin(), refused.end());
        if (const auto missing = missingFile(request, *passo, azione))
            esito.errors.push_back(*missing);
    }
    const std::string notice = bozza.aggiornata || esito.aggiornata ? kFormChanged : "";
    if (!esito.aperto)
        return http::seeOther(passoUrl(context, id, esito.next) + notice);
    if (!esito.errors.empty())
        return again(request, context, esito.errors);
    return goOn(request, context, inviato, notice);
}

}
