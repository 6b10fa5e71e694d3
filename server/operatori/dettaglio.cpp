#include "server/operatori/dettaglio.h"

#include "core/base/text.h"
#include "server/actions/lavora.h"
#include "server/store/allegati.h"
#include "server/store/bozze_esito.h"
#include "server/store/operatori.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"
#include "server/store/snapshot.h"

#include <nlohmann/json.hpp>

namespace sdc::operatori {
namespace {

api::Documento toApi(const store::DocumentoSalvato& documento)
{
    return {Id<sdc::Documento>{documento.id}, documento.nome, documento.dimensione, documento.creato};
}

void describeState(api::Dettaglio& d, store::Reader& reader, const Pratica& pratica, const Id<Operatore>& me)
{
    const Pratica::Fields& f = pratica.fields();
    d.stato = code(f.stato);
    d.statoNome = name(f.stato);
    if (f.protocollo) {
        d.protocollo = f.protocollo->text;
        d.dataProtocollo = f.protocollo->quando;
    }
    d.dataCompilazione = f.creata;
    d.dataPresentazione = f.inviata;
    if (!f.operatore.empty())
        d.operatore = api::Assegnatario{f.operatore, store::nomeOperatore(reader, f.operatore)};
    d.mia = f.operatore == me;
    d.prendibile = pratica.canBeTaken();
    d.elaborabile = pratica.isWorkedBy(me);
    d.rilasciabile = pratica.isWorkedBy(me);
}

/// Only the operator's own, and only while there is an outcome to write.
void describeBozza(api::Dettaglio& d, store::Reader& reader, const Id<Operatore>& me)
{
    if (!d.elaborabile)
        return;
    if (const auto bozza = store::bozzaEsito(reader, d.id, me))
        d.bozza = api::BozzaEsito{bozza->esito, bozza->motivazione, bozza->passo, bozza->salvata};
}

void describeIter(api::Dettaglio& d, store::Reader& reader, const Id<Pratica>& id)
{
    for (const auto& passaggio : store::iter(reader, id)) {
        d.iter.push_back({code(passaggio.stato), std::string{name(passaggio.stato)},
                          std::string{explanation(passaggio.stato)}, passaggio.quando});
    }
}

/// What no identity vouches for is marked.
std::string nascitaOf(const Cittadino& c)
{
    if (!c.dataNascita)
        return "";
    return onScreen(*c.dataNascita) + (c.nascitaDichiarata ? " (dichiarata dal richiedente)" : "");
}

api::GruppoDati describe(const Cittadino& c)
{
    return {"Richiedente",
            {{"Richiedente", fullName(c.nome, c.cognome)},
             {"Codice fiscale", c.codiceFiscale},
             {"Luogo di nascita", c.luogoNascita},
             {"Data di nascita", nascitaOf(c)},
             {"Residenza", oneLine(c.residenza)},
             {"Telefono", c.cellulare},
             {"Email", c.email}}};
}

void describeAnswers(api::Dettaglio& d, store::Reader& reader, const Pratica& pratica, const Modulo& modulo)
{
    if (const auto richiedente = store::richiedente(reader, pratica.id())) {
        d.richiedente = trim(richiedente->cognome + " " + richiedente->nome);
        d.dati.push_back(describe(*richiedente));
    }
    for (const GruppoVoci& gruppo : sdc::describe(modulo, store::risposte(reader, pratica.id()), Forma::Schermo)) {
        api::GruppoDati dati{gruppo.titolo, {}};
        for (const Voce& voce : gruppo.voci)
            dati.voci.push_back({voce.etichetta, voce.valore});
        d.dati.push_back(std::move(dati));
    }
    for (const auto& inviato : store::allegatiOf(reader, pratica.id())) {
        d.allegati.push_back({inviato.allegato.id, inviato.allegato.nome, inviato.descrizione, inviato.allegato.tipo,
                              inviato.allegato.dimensione});
    }
}

void describeOutcome(api::Dettaglio& d, store::Reader& reader, const Pratica& pratica)
{
    const Pratica::Fields& f = pratica.fields();
    if (f.esito) {
        d.esito = api::EsitoDettaglio{};
        d.esito->accettata = f.esito->decisione == Decisione::Approva;
        d.esito->motivazione = f.esito->motivazione;
        if (f.protocolloRisposta)
            d.esito->protocolloRisposta = f.protocolloRisposta->text;
    }
    for (const auto& documento : store::documenti(reader, pratica.id())) {
        if (documento.genere == store::GenereDocumento::Modulo)
            d.moduloCompilato = toApi(documento);
        else if (documento.genere == store::GenereDocumento::Risposta)
            d.esito->risposta = toApi(documento);
        else
            d.esito->file = api::FileEsito{Id<sdc::Documento>{documento.id}, documento.nome, documento.dimensione};
    }
}

}

Id<Pratica> idOf(const http::Request& request)
{
    return Id<Pratica>{request.param("pratica")};
}

api::Dettaglio dettaglio(const Context& context, const Id<Pratica>& id)
{
    store::Snapshot reader(context.database());
    const Pratica pratica = actions::visiblePratica(reader, id, *context.operatore);
    const auto definizione = store::definizione(reader, pratica.fields().definizione);
    const Servizio& servizio = definizione->servizio;
    api::Dettaglio d;
    d.id = pratica.id();
    d.versione = pratica.versione();
    d.servizio = servizio.nome;
    d.servizioSlug = servizio.slug;
    d.categoria = servizio.categoria;
    d.certificato = servizio.certificato;
    d.ente = context.ente().nome;
    describeState(d, reader, pratica, context.operatore->id);
    describeBozza(d, reader, context.operatore->id);
    describeIter(d, reader, pratica.id());
    describeAnswers(d, reader, pratica, servizio.modulo);
    describeOutcome(d, reader, pratica);
    return d;
}

}
