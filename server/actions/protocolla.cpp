#include "server/actions/protocolla.h"

#include "server/actions/record.h"
#include "server/store/attivita.h"
#include "server/store/pratiche.h"
#include "server/store/registro.h"
#include "server/store/servizi.h"

namespace sdc::actions {
namespace {

store::Registrazione registrazione(store::Reader& reader, const Pratica& pratica, const char* kind, store::Verso verso)
{
    const auto definizione = store::definizione(reader, pratica.fields().definizione);
    const Cittadino richiedente = store::richiedente(reader, pratica.id()).value();
    store::Registrazione r;
    r.chiave = std::string{kind} + ":" + pratica.id().text();
    r.verso = verso;
    r.pratica = pratica.id();
    r.corrispondente = fullName(richiedente.nome, richiedente.cognome);
    r.oggetto = (verso == store::Verso::Entrata ? "" : "Risposta: ") + definizione->servizio.nome;
    return r;
}

void addImpronta(store::Registrazione& r, store::Reader& reader, const Id<Pratica>& id, store::GenereDocumento genere)
{
    if (const auto documento = store::findDocumento(reader, id, genere))
        r.impronte.push_back(documento->sha256);
}

void logNumber(store::Transaction& transaction, const Pratica& pratica, const NumeroProtocollo& numero, Instant now)
{
    store::log(transaction, {"sistema", "", "protocollo assegnato", "pratica:" + pratica.id().text(), numero.text},
               now);
}

}

void keepDocumento(const Context& context, const Id<Pratica>& id, const store::DocumentoSalvato& documento,
                   store::GenereJob next)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::insert(transaction, id, documento);
    store::enqueue(transaction, {{}, next, std::string{store::name(next)} + ":" + id.text(), id, "", 0, {}}, now);
    transaction.commit();
}

void assignProtocollo(const Context& context, const Id<Pratica>& id)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    Pratica pratica = store::pratica(transaction, id);
    if (pratica.fields().protocollo)
        return;
    store::Registrazione r = registrazione(transaction, pratica, "modulo", store::Verso::Entrata);
    addImpronta(r, transaction, id, store::GenereDocumento::Modulo);
    for (const auto& inviato : store::allegatiOf(transaction, id))
        r.impronte.push_back(inviato.allegato.sha256);
    const NumeroProtocollo numero = store::registra(transaction, r, now);
    pratica.assignProtocollo(numero, now);
    record(transaction, pratica, now);
    logNumber(transaction, pratica, numero, now);
    transaction.commit();
}

void assignProtocolloRisposta(const Context& context, const Id<Pratica>& id)
{
    const Instant now = context.now();
    store::Transaction transaction(context.database());
    store::lock(transaction, id);
    Pratica pratica = store::pratica(transaction, id);
    if (pratica.fields().protocolloRisposta)
        return;
    store::Registrazione r = registrazione(transaction, pratica, "risposta", store::Verso::Uscita);
    addImpronta(r, transaction, id, store::GenereDocumento::Risposta);
    addImpronta(r, transaction, id, store::GenereDocumento::FileEsito);
    const NumeroProtocollo numero = store::registra(transaction, r, now);
    pratica.assignProtocolloRisposta(numero, now);
    record(transaction, pratica, now);
    logNumber(transaction, pratica, numero, now);
    transaction.commit();
}

}
