#include "server/portale/passo_pagina.h"

#include "server/portale/dati.h"
#include "server/portale/testi.h"
#include "server/store/servizi.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sdc::portale {
namespace {

void includeStepper(http::Page& page, const actions::Bozza& bozza, std::size_t current)
{
    const Modulo& modulo = bozza.definizione->servizio.modulo;
    const Risposte shown = shownOnly(modulo, bozza.risposte);
    http::Page& stepper = page.include("STEPPER", "parts/stepper.html");
    for (std::size_t i = 0; i < modulo.passi.size(); ++i) {
        http::Page& voce = stepper.add("VOCE");
        voce.set("NUMERO", static_cast<long long>(i + 1)).set("ETICHETTA", modulo.passi[i].etichetta);
        const bool asked = applies(modulo.passi[i].se, shown);
        voce.show(i == current ? "CORRENTE" : i > current ? "DA_FARE" : asked ? "FATTO" : "SALTATO");
    }
}

void includeNota(http::Page& page, const VistaPasso& vista)
{
    http::Page& nota = page.include("NOTA", "parts/nota.html").set("NOTA", vista.nota);
    nota.showIf("CON_ERRORE", errorAt(vista.errors, "nota") != nullptr);
}

void includeGuida(http::Page& page, const Passo& passo)
{
    const bool richiedente = passo.tipo == TipoPasso::Richiedente;
    if (!richiedente && passo.guida.empty())
        return;
    http::Page& guida = page.include("GUIDA", "parts/guida.html");
    if (richiedente)
        guida.show("GUIDA_RICHIEDENTE");
    else
        guida.add("GUIDA_TESTO").set("TESTO", passo.guida);
}

void includeRichiedente(http::Page& page, const Cittadino& cittadino)
{
    http::Page& part = page.include("RICHIEDENTE", "parts/richiedente.html");
    part.set("NOME", cittadino.nome).set("COGNOME", cittadino.cognome).set("CODICE_FISCALE", cittadino.codiceFiscale);
    part.set("LUOGO_NASCITA", cittadino.luogoNascita);
    part.set("DATA_NASCITA", cittadino.dataNascita ? onScreen(*cittadino.dataNascita) : "");
    part.set("RESIDENZA", oneLine(cittadino.residenza));
    part.set("TELEFONO", cittadino.cellulare).set("EMAIL", cittadino.email);
}

bool any(const Passo& passo, bool (*wanted)(const Campo&))
{
    return std::any_of(passo.campi.begin(), passo.campi.end(), wanted);
}

void fillIstruzioni(http::Page& page, const actions::Bozza& bozza, const VistaPasso& vista)
{
    http::Page& box = page.add("ISTRUZIONI");
    // Confirmed once, it stays confirmed when one comes back to this step.
    box.showIf("SCELTO", bozza.pratica.fields().passo != vista.passo->chiave);
    box.showIf("CON_ERRORE", errorAt(vista.errors, "chiaro") != nullptr);
}

void fillForm(http::Page& page, Context& context, const actions::Bozza& bozza, const VistaPasso& vista)
{
    const Passo& passo = *vista.passo;
    includeTesto(page, "TESTO", passo.testo, context.ente().nome);
    page.showIf("INDIETRO", passo.tipo != TipoPasso::Istruzioni);
    page.showIf("MULTIPART", any(passo, [](const Campo& c) { return c.tipo == TipoCampo::File; }));
    page.showIf("CON_CONDIZIONI", any(passo, [](const Campo& c) { return c.se.has_value(); }));
    page.showIf("CON_OBBLIGATORI",
                passo.tipo == TipoPasso::Istruzioni || any(passo, [](const Campo& c) { return c.obbligatorio; }));
    if (passo.tipo == TipoPasso::Istruzioni)
        fillIstruzioni(page, bozza, vista);
    if (passo.tipo == TipoPasso::Richiedente)
        includeRichiedente(page, context.cittadino());
    includeCampi(page, {passo, bozza.risposte, vista.errors, filesFor(context, passo), vista.descrizioni});
}

DatiPratica summaryOf(Context& context, const actions::Bozza& bozza)
{
    const Servizio& servizio = bozza.definizione->servizio;
    DatiPratica dati{
        servizio.nome, context.cittadino(), describe(servizio.modulo, bozza.risposte, Forma::Schermo), {}, "", ""};
    const auto wanted = filesOf(servizio.modulo, bozza.risposte);
    std::vector<Id<Allegato>> ids;
    for (const FileRichiesto& one : wanted)
        ids.push_back(one.allegato);
    const auto etichette = store::etichetteFile(context.database());
    for (const Allegato& file : store::allegatiOf(context.database(), ids, context.cittadino().id)) {
        const auto use =
            std::find_if(wanted.begin(), wanted.end(), [&](const auto& w) { return w.allegato == file.id; });
        dati.files.push_back({file.nome, descriptionIn(*use->campo, file.descrizione, etichette),
                              base(context) + "/allegati/" + file.id.text()});
    }
    return dati;
}

void fillSummary(http::Page& page, Context& context, const actions::Bozza& bozza)
{
    page.set("ID", bozza.pratica.id().text());
    includeDati(page, summaryOf(context, bozza));
}

}

http::Response showPasso(const http::Request& request, Context& context, const actions::Bozza& bozza,
                         const VistaPasso& vista)
{
    const Servizio& servizio = bozza.definizione->servizio;
    const Passo& passo = *vista.passo;
    const auto index = servizio.modulo.indexOf(passo.chiave);
    const auto number = static_cast<long long>(index + 1);
    const auto total = static_cast<long long>(servizio.modulo.passi.size());
    const bool summary = passo.tipo == TipoPasso::Riepilogo;
    const Section title{"PASSO",
                        {{"NUMERO", std::to_string(number)},
                         {"TOTALE", std::to_string(total)},
                         {"PASSO", passo.titolo},
                         {"NOME", servizio.nome}}};
    const Section service{"SERVIZIO", {{"SLUG", servizio.slug}, {"NOME", servizio.nome}}};
    const Frame frame{summary ? "riepilogo.html" : "passo.html",
                      title,
                      Menu::Servizi,
                      {{{"SERVIZI", {}}, service}},
                      vista.errors.empty() ? 200 : 422};
    return render(request, context, frame, [&](http::Page& page) {
        includeErrors(page, vista.errors);
        page.set("SERVIZIO", servizio.nome).set("TITOLO", passo.titolo).set("NUMERO", number).set("TOTALE", total);
        page.set("AZIONE", passoUrl(context, bozza.pratica.id(), passo.chiave));
        page.set("VERSIONE", bozza.pratica.versione());
        includeStepper(page, bozza, index);
        includeGuida(page, passo);
        includeNota(page, vista);
        if (summary)
            fillSummary(page, context, bozza);
        else
            fillForm(page, context, bozza, vista);
    });
}

std::string praticaUrl(const Context& context, const Id<Pratica>& id)
{
    return base(context) + "/pratiche/" + id.text();
}

std::string passoUrl(const Context& context, const Id<Pratica>& id, const std::string& passo)
{
    return praticaUrl(context, id) + "/passi/" + passo;
}

}
