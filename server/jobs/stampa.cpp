#include "core/base/text.h"
#include "core/documenti/modulo_compilato.h"
#include "core/documenti/risposta.h"
#include "core/servizio/servizio.h"
#include "server/actions/protocolla.h"
#include "server/http/message.h"
#include "server/jobs/jobs.h"
#include "server/log.h"
#include "server/store/allegati.h"
#include "server/store/ids.h"
#include "server/store/pratiche.h"
#include "server/store/servizi.h"

#include <nlohmann/json.hpp>

namespace sdc::jobs {
namespace {

RichiedenteModulo richiedenteOf(const Cittadino& c, const std::string& inQualitaDi)
{
    return {fullName(c.nome, c.cognome), c.luogoNascita, c.dataNascita, c.codiceFiscale,
            oneLine(c.residenza),        c.cellulare,    c.email,       inQualitaDi};
}

std::string officeOf(const Servizio& servizio, const Risposte& risposte)
{
    const std::string& chiave = servizio.testoModulo.inQualitaDi;
    return chiave.empty() ? "" : fillIn("{" + chiave + "}", servizio.modulo, risposte);
}

/// What the form asks; a list stands where the definition put it, after the paragraphs.
void fillText(DatiModulo& dati, const Servizio& servizio, const Risposte& risposte)
{
    for (const Capoverso& capoverso : servizio.testoModulo.chiede) {
        if (!applies(capoverso.se, risposte))
            continue;
        if (!capoverso.text.empty())
            dati.testo.push_back(fillIn(capoverso.text, servizio.modulo, risposte));
        for (const std::string& voce : capoverso.voci)
            dati.elenco.push_back(fillIn(voce, servizio.modulo, risposte));
    }
}

DatiModulo datiModulo(store::Reader& reader, const Room& room, const Pratica& pratica)
{
    const auto definizione = store::definizione(reader, pratica.fields().definizione);
    const Servizio& servizio = definizione->servizio;
    const Risposte risposte = store::risposte(reader, pratica.id());
    DatiModulo dati;
    dati.ente = room.ente.nome;
    dati.servizio = servizio.nome;
    dati.richiedente = richiedenteOf(store::richiedente(reader, pratica.id()).value(), officeOf(servizio, risposte));
    fillText(dati, servizio, risposte);
    for (const GruppoVoci& gruppo : describe(servizio.modulo, risposte, Forma::Documento)) {
        TabellaModulo tabella{gruppo.titolo, {}};
        for (const Voce& voce : gruppo.voci)
            tabella.righe.emplace_back(voce.etichetta, voce.valore);
        dati.tabelle.push_back(std::move(tabella));
    }
    for (const auto& inviato : store::allegatiOf(reader, pratica.id()))
        dati.allegati.push_back({inviato.allegato.nome + " - " + inviato.descrizione, inviato.allegato.sha256});
    return dati;
}

DatiRisposta datiRisposta(store::Reader& reader, const Room& room, const Pratica& pratica, Instant now)
{
    const auto definizione = store::definizione(reader, pratica.fields().definizione);
    const Cittadino richiedente = store::richiedente(reader, pratica.id()).value();
    DatiRisposta dati;
    dati.ente = room.ente.nome;
    dati.servizio = definizione->servizio.nome;
    dati.richiedente = fullName(richiedente.nome, richiedente.cognome);
    dati.inviata = pratica.fields().inviata.value();
    dati.esito =
        pratica.fields().esito->decisione == Decisione::Approva ? EsitoRisposta::Accettata : EsitoRisposta::Rifiutata;
    dati.motivazione = pratica.fields().esito->motivazione;
    if (const auto file = store::findDocumento(reader, pratica.id(), store::GenereDocumento::FileEsito))
        dati.allegati.push_back(file->nome);
    dati.data = romeDate(now);
    return dati;
}

std::string fileName(const char* kind, const std::string& servizio)
{
    return cleanFileName(std::string{kind} + " " + servizio + ".pdf");
}

/// What is to be printed, and under which name it is kept.
struct DaStampare
{
    Documento documento;
    store::GenereDocumento genere;
    std::string nome;
};

store::CausaErrore causaOf(documents::CausaStampa causa)
{
    switch (causa) {
    case documents::CausaStampa::Configurazione:
        return store::CausaErrore::Configurazione;
    case documents::CausaStampa::Dati:
        return store::CausaErrore::Dati;
    case documents::CausaStampa::Transitoria:
        return store::CausaErrore::Transitoria;
    }
    return store::CausaErrore::Transitoria;
}

documents::Stampato print(const Tools& tools, const Documento& documento, const std::filesystem::path& file)
{
    try {
        return tools.stampa.print(documento, file);
    } catch (const documents::StampaFallita& failure) {
        throw JobFailure(causaOf(failure.causa()), failure.what());
    }
}

/// Prints and takes the file in; the row that names it comes after, under the same hold.
store::DocumentoSalvato print(const Tools& tools, const store::Hold& hold, const DaStampare& what)
{
    // Gone with this object where it is not taken in.
    const http::TempFile temporary{tools.context.files().temporary()};
    const std::filesystem::path& file = temporary.path();
    const documents::Stampato printed = print(tools, what.documento, file);
    if (!printed.sostituiti.empty())
        log::info("caratteri sostituiti",
                  {{"documento", what.nome}, {"quanti", std::to_string(printed.sostituiti.size())}});
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
    const std::string sha256 = store::sha256OfFile(file);
    tools.context.files().adopt(hold, file, sha256);
    return {store::newId(), what.genere, what.nome, "application/pdf", size, sha256, tools.context.now()};
}

}

void stampaModulo(const Tools& tools, const Id<Pratica>& id)
{
    store::Reader& reader = tools.context.database();
    if (store::findDocumento(reader, id, store::GenereDocumento::Modulo))
        return;
    const DatiModulo dati = datiModulo(reader, *tools.context.room, store::pratica(reader, id));
    const store::Hold hold = tools.context.files().hold();
    const auto printed =
        print(tools, hold, {moduloCompilato(dati), store::GenereDocumento::Modulo, fileName("Modulo", dati.servizio)});
    actions::keepDocumento(tools.context, id, printed, store::GenereJob::ProtocollaModulo);
}

void stampaRisposta(const Tools& tools, const Id<Pratica>& id)
{
    store::Reader& reader = tools.context.database();
    if (store::findDocumento(reader, id, store::GenereDocumento::Risposta))
        return;
    const DatiRisposta dati =
        datiRisposta(reader, *tools.context.room, store::pratica(reader, id), tools.context.now());
    const store::Hold hold = tools.context.files().hold();
    const auto printed =
        print(tools, hold, {risposta(dati), store::GenereDocumento::Risposta, fileName("Risposta", dati.servizio)});
    actions::keepDocumento(tools.context, id, printed, store::GenereJob::ProtocollaRisposta);
}

void protocollaModulo(const Tools& tools, const Id<Pratica>& id)
{
    actions::assignProtocollo(tools.context, id);
}

void protocollaRisposta(const Tools& tools, const Id<Pratica>& id)
{
    actions::assignProtocolloRisposta(tools.context, id);
}

}
