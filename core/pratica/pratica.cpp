#include "core/pratica/pratica.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace sdc {

Pratica Pratica::start(Fields fields)
{
    Pratica pratica{std::move(fields)};
    pratica.fields_.stato = Stato::Bozza;
    pratica.fields_.modificata = pratica.fields_.creata;
    pratica.news_.push_back({Stato::Bozza, pratica.fields_.creata, Causa::Cittadino, pratica.fields_.cittadino.text()});
    return pratica;
}

void Pratica::become(Stato stato, Passaggio passaggio)
{
    if (!allowed(fields_.stato, stato, passaggio.causa))
        throw Conflict("La pratica è nello stato \"" + std::string{name(fields_.stato)} + "\" e non può passare a \"" +
                       std::string{name(stato)} + "\".");
    fields_.stato = stato;
    fields_.modificata = passaggio.quando;
    passaggio.stato = stato;
    news_.push_back(std::move(passaggio));
}

void Pratica::requireDraft() const
{
    if (!isDraft())
        throw Conflict("La richiesta è già stata inviata e non può più essere modificata.");
}

void Pratica::reachPasso(const std::string& passo, Instant when)
{
    requireDraft();
    fields_.passo = passo;
    fields_.modificata = when;
}

void Pratica::moveTo(const Id<Definizione>& definizione, Instant when)
{
    requireDraft();
    fields_.definizione = definizione;
    fields_.modificata = when;
}

void Pratica::submit(Instant when)
{
    requireDraft();
    become(Stato::Inviata, {Stato::Inviata, when, Causa::Cittadino, fields_.cittadino.text()});
    fields_.inviata = when;
}

void Pratica::assignProtocollo(const NumeroProtocollo& numero, Instant when)
{
    become(Stato::Protocollata, {Stato::Protocollata, when, Causa::Registrazione, {}});
    fields_.protocollo = numero;
}

bool Pratica::canBeTaken() const
{
    const bool afterNumber =
        stato() != Stato::Bozza && stato() != Stato::InAttesaDiPagamento && stato() != Stato::Inviata;
    return fields_.operatore.empty() && fields_.protocollo.has_value() && afterNumber && !isDecided(stato()) &&
           !isFinal(stato());
}

void Pratica::takeCharge(const Id<Operatore>& operatore, Instant when)
{
    if (!fields_.operatore.empty())
        throw Conflict(fields_.operatore == operatore ? "La pratica è già in carico a te."
                                                      : "La pratica è già in carico a un altro operatore.");
    if (!fields_.protocollo)
        throw Conflict("La pratica è in attesa di protocollazione e non può ancora essere presa in carico.");
    if (!canBeTaken())
        throw Conflict("La pratica è nello stato \"" + std::string{name(stato())} +
                       "\" e non può essere presa in carico.");
    if (stato() == Stato::Protocollata)
        become(Stato::PresaInCarico, {Stato::PresaInCarico, when, Causa::Operatore, operatore.text()});
    fields_.operatore = operatore;
    fields_.modificata = when;
}

bool Pratica::isWorkedBy(const Id<Operatore>& operatore) const
{
    return !operatore.empty() && fields_.operatore == operatore && !isDecided(stato()) && !isFinal(stato());
}

void Pratica::requireWorkedBy(const Id<Operatore>& operatore) const
{
    if (isDecided(stato()) || isFinal(stato()))
        throw Conflict("La pratica è già conclusa: il suo stato è \"" + std::string{name(stato())} + "\".");
    if (!isWorkedBy(operatore))
        throw Forbidden("La pratica non è in carico a te.");
}

void Pratica::release(const Id<Operatore>& operatore, Instant when)
{
    requireWorkedBy(operatore);
    fields_.operatore = {};
    fields_.modificata = when;
}

void Pratica::decide(const Id<Operatore>& operatore, const Esito& esito, Instant when)
{
    requireWorkedBy(operatore);
    const std::string motivazione = trim(normalizeNewlines(esito.motivazione));
    if (esito.decisione == Decisione::Rigetta && motivazione.empty())
        throw Invalid("Per rigettare la pratica serve una motivazione.",
                      {{"motivazione", "Scrivi la motivazione del rifiuto (L. 241/1990, art. 3)."}});
    if (codePoints(motivazione) > kMaxMotivazione)
        throw Invalid("La motivazione è troppo lunga.", {{"motivazione", "Al massimo 10.000 caratteri."}});
    const Stato stato = esito.decisione == Decisione::Approva ? Stato::Elaborata : Stato::RifiutataInAttesa;
    become(stato, {stato, when, Causa::Operatore, operatore.text()});
    fields_.esito = Esito{esito.decisione, motivazione};
}

void Pratica::assignProtocolloRisposta(const NumeroProtocollo& numero, Instant when)
{
    const Stato stato = this->stato() == Stato::RifiutataInAttesa ? Stato::Rifiutata : Stato::Accettata;
    become(stato, {stato, when, Causa::Registrazione, {}});
    fields_.protocolloRisposta = numero;
}

}
