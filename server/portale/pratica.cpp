#include "server/portale/handlers.h"

#include "core/base/error.h"
#include "core/pratica/pratica.h"
#include "server/actions/record.h"
#include "server/http/stored_file.h"
#include "server/portale/bozze.h"
#include "server/portale/dati.h"
#include "server/portale/frame.h"
#include "server/store/allegati.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"
#include "server/store/snapshot.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sdc::portale {
namespace {

using Genere = store::GenereDocumento;

Pratica own(store::Reader& reader, const http::Request& request, const Context& context)
{
    return actions::ownPratica(reader, praticaId(request), context.cittadino().id);
}

http::Response showDraft(const http::Request& request, Context& context, const Pratica& pratica)
{
    auto drafts = store::bozze(context.database(), context.cittadino().id, pratica.fields().servizio);
    std::erase_if(drafts, [&](const auto& voce) { return voce.id != pratica.id(); });
    if (drafts.empty())
        throw NotFound();
    return showBozze(request, context, drafts, "");
}

DatiPratica datiOf(store::Reader& reader, const Context& context, const Pratica& pratica, const Servizio& servizio)
{
    DatiPratica dati;
    dati.servizio = servizio.nome;
    dati.richiedente = store::richiedente(reader, pratica.id()).value_or(context.cittadino());
    dati.gruppi = describe(servizio.modulo, store::risposte(reader, pratica.id()), Forma::Schermo);
    for (const auto& [allegato, descrizione] : store::allegatiOf(reader, pratica.id()))
        dati.files.push_back({allegato.nome, descrizione, base(context) + "/allegati/" + allegato.id.text()});
    dati.presentata = onScreenAt(*pratica.fields().inviata);
    dati.stato = name(pratica.stato());
    return dati;
}

/// Only once concluded (7000, 9000): the outcome, and what can be downloaded of it.
void fillOutcome(http::Page& page, const Pratica& pratica, const std::vector<store::DocumentoSalvato>& documenti)
{
    if (pratica.stato() != Stato::Accettata && pratica.stato() != Stato::Rifiutata)
        return;
    http::Page& outcome = page.add("CONCLUSA");
    outcome.show(pratica.stato() == Stato::Accettata ? "ACCETTATA" : "RIFIUTATA");
    const auto& fields = pratica.fields();
    if (fields.esito && !fields.esito->motivazione.empty())
        outcome.add("CON_MOTIVAZIONE").set("MOTIVAZIONE", fields.esito->motivazione);
    for (const store::DocumentoSalvato& documento : documenti) {
        if (documento.genere == Genere::FileEsito)
            outcome.add("FILE_OPERATORE").set("DATA", inDocument(*fields.inviata)).set("NOME_FILE", documento.nome);
        if (documento.genere == Genere::Risposta)
            outcome.show("FILE_RISPOSTA");
    }
    if (fields.protocolloRisposta)
        outcome.add("CON_PROTOCOLLO_RISPOSTA").set("PROTOCOLLO_RISPOSTA", fields.protocolloRisposta->text);
}

void fillDocuments(http::Page& page, const Pratica& pratica, const std::vector<store::DocumentoSalvato>& documenti)
{
    const auto& fields = pratica.fields();
    if (fields.protocollo)
        page.add("CON_PROTOCOLLO").set("PROTOCOLLO", fields.protocollo->text);
    page.showIf("IN_ATTESA", !fields.protocollo);
    const bool printed =
        std::any_of(documenti.begin(), documenti.end(), [](const auto& d) { return d.genere == Genere::Modulo; });
    if (printed)
        page.add("MODULO").set("COMPILATO", onScreen(*fields.inviata));
}

void addIter(http::Page& page, const std::vector<store::PassaggioVisibile>& iter)
{
    for (std::size_t i = 0; i < iter.size(); ++i) {
        http::Page& one = page.add("PASSAGGIO");
        one.set("QUANDO", onScreen(iter[i].quando)).set("QUANDO_ISO", toIso(iter[i].quando));
        one.set("STATO", std::string{name(iter[i].stato)}).set("SPIEGAZIONE", std::string{explanation(iter[i].stato)});
        one.showIf("ULTIMO", i + 1 == iter.size());
    }
}

http::Response send(const http::Request& request, Context& context, Genere genere)
{
    store::Snapshot snapshot(context.database());
    const Pratica pratica = own(snapshot, request, context);
    const auto documento = store::findDocumento(snapshot, pratica.id(), genere);
    // The outcome is the citizen's to see once it is registered (D1).
    const bool early =
        genere != Genere::Modulo && pratica.stato() != Stato::Accettata && pratica.stato() != Stato::Rifiutata;
    if (!documento || early)
        throw NotFound("Il documento non c'è, o non è ancora pronto.");
    return http::storedFile(context, documento->sha256, {documento->nome, documento->tipo});
}

}

http::Response pratica(const http::Request& request, Context& context)
{
    if (const Pratica pratica = own(context.database(), request, context); !pratica.fields().inviata)
        return showDraft(request, context, pratica);
    store::Snapshot snapshot(context.database());
    const Pratica pratica = own(snapshot, request, context);
    const auto definizione = store::definizione(snapshot, pratica.fields().definizione);
    const Servizio& servizio = definizione->servizio;
    const auto documenti = store::documenti(snapshot, pratica.id());
    const auto iter = store::iter(snapshot, pratica.id());
    const DatiPratica dati = datiOf(snapshot, context, pratica, servizio);
    const Frame frame{"pratica.html", {"PRATICA", {{"NOME", servizio.nome}}}, Menu::Pratiche, {{{"PRATICHE", {}}}}};
    return render(request, context, frame, [&](http::Page& page) {
        page.set("ID", pratica.id().text()).set("SERVIZIO", servizio.nome);
        page.set("RICHIEDENTE", fullName(dati.richiedente.nome, dati.richiedente.cognome));
        fillOutcome(page, pratica, documenti);
        fillDocuments(page, pratica, documenti);
        addIter(page, iter);
        includeDati(page, dati);
    });
}

http::Response modulo(const http::Request& request, Context& context)
{
    return send(request, context, Genere::Modulo);
}

http::Response risposta(const http::Request& request, Context& context)
{
    return send(request, context, Genere::Risposta);
}

http::Response fileEsito(const http::Request& request, Context& context)
{
    return send(request, context, Genere::FileEsito);
}

}
