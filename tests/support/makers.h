#pragma once

#include "core/base/time.h"
#include "core/cittadino/cittadino.h"
#include "core/ente/operatore.h"
#include "core/pratica/pratica.h"
#include "core/servizio/servizio.h"

#include <string>

namespace sdc::tests {

inline Instant instant(const char* iso)
{
    return instantFromIso(iso).value();
}

/// A definition with every turn that the tests need: a field shown by an answer, a step skipped without a delegation, a
/// file, a long text.
inline std::string servizioJson(const std::string& slug = "permesso-prova",
                                const std::string& nome = "Permesso di prova", const std::string& categoria = "Prove")
{
    return R"({
  "slug": ")" +
           slug + R"(",
  "nome": ")" +
           nome + R"(",
  "categoria": ")" +
           categoria + R"(",
  "descrizione_breve": "Un servizio per le prove",
  "scheda": { "descrizione": ["Un servizio per le prove."] },
  "passi": [
    { "chiave": "istruzioni", "tipo": "istruzioni", "etichetta": "Istruzioni", "titolo": "Istruzioni sulla procedura",
      "testo": ["Leggi con calma."] },
    { "chiave": "richiedente", "tipo": "richiedente", "etichetta": "Richiedente", "titolo": "Dati del richiedente" },
    { "chiave": "dati", "tipo": "campi", "etichetta": "Dati", "titolo": "Dati della richiesta", "campi": [
      { "chiave": "oggetto", "tipo": "testo", "etichetta": "Oggetto", "obbligatorio": true, "lunghezza_massima": 100 },
      { "chiave": "descrizione", "tipo": "testo_lungo", "etichetta": "Descrizione" },
      { "chiave": "delega", "tipo": "scelta", "etichetta": "Su delega", "obbligatorio": true,
        "opzioni": [ { "valore": "si", "etichetta": "Sì" }, { "valore": "no", "etichetta": "No" } ] } ] },
    { "chiave": "specifica", "tipo": "campi", "etichetta": "Specifica delega", "titolo": "Specifica delega",
      "se": { "campo": "delega", "uguale": "si" }, "campi": [
      { "chiave": "delegante", "tipo": "testo", "etichetta": "Chi delega", "obbligatorio": true } ] },
    { "chiave": "allegati", "tipo": "campi", "etichetta": "Allegati", "titolo": "Allegati", "campi": [
      { "chiave": "documento", "tipo": "file", "etichetta": "Documento", "tipi_file": ["pdf", "p7m", "jpeg"],
        "dimensione_massima_mb": 1 } ] },
    { "chiave": "riepilogo", "tipo": "riepilogo", "etichetta": "Controllo e conferma", "titolo": "Controllo e conferma" }
  ],
  "testo_modulo": { "chiede": ["di poter provare: {oggetto}"] }
})";
}

inline Servizio makeServizio(const std::string& slug = "permesso-prova")
{
    return parseServizio(servizioJson(slug));
}

/// A citizen whose profile is complete and confirmed.
inline Cittadino makeCittadino(const std::string& codiceFiscale = "RSSMRA72H25H612H", const std::string& nome = "Mario",
                               const std::string& cognome = "Rossi")
{
    Cittadino c;
    c.id = Id<Cittadino>{"cittadino-" + codiceFiscale};
    c.codiceFiscale = codiceFiscale;
    c.nome = nome;
    c.cognome = cognome;
    c.luogoNascita = "Rovereto";
    c.dataNascita = dateFromIso("1972-06-25");
    c.email = "mario.rossi@esempio.it";
    c.cellulare = "333 1234567";
    c.residenza = {"Via Dante 12", "38068", "Rovereto", "TN", "Italia"};
    c.domicilio = c.residenza;
    c.confermato = instant("2026-01-02T08:00:00Z");
    return c;
}

/// An operator enabled for every service; with `servizi`, for these alone (sorted).
inline Operatore makeOperatore(const std::string& username = "anna", std::vector<std::string> servizi = {})
{
    Operatore o;
    o.id = Id<Operatore>{"operatore-" + username};
    o.username = username;
    o.nome = "Anna";
    o.cognome = "Verdi " + username;
    o.email = username + "@comune.esempio.it";
    o.tuttiServizi = servizi.empty();
    o.servizi = std::move(servizi);
    return o;
}

/// A pratica in this state, with the numbers that a pratica in this state has and nobody in charge.
inline Pratica makePratica(Stato stato)
{
    Pratica::Fields f;
    f.id = Id<Pratica>{"pratica-1"};
    f.servizio = "permesso-prova";
    f.definizione = Id<Definizione>{"definizione-1"};
    f.cittadino = Id<Cittadino>{"cittadino-1"};
    f.stato = stato;
    f.versione = 7;
    f.creata = instant("2026-11-20T09:00:00Z");
    f.modificata = f.creata;
    f.passo = "riepilogo";
    if (stato == Stato::Bozza || stato == Stato::InAttesaDiPagamento)
        return Pratica::restore(std::move(f));
    f.inviata = instant("2026-11-20T09:10:00Z");
    if (stato != Stato::Inviata)
        f.protocollo = NumeroProtocollo{"0000123/2026", instant("2026-11-20T09:11:00Z")};
    if (stato == Stato::Elaborata || stato == Stato::Accettata)
        f.esito = Esito{Decisione::Approva, ""};
    if (stato == Stato::RifiutataInAttesa || stato == Stato::Rifiutata)
        f.esito = Esito{Decisione::Rigetta, "Mancano i requisiti."};
    return Pratica::restore(std::move(f));
}

}
