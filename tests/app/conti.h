#pragma once

#include "app/text.h"
#include "tests/app/fake_network.h"

// moc loses its way in raw strings.
#ifndef Q_MOC_RUN
/// A server with two accounts, for the pages of accounts.
namespace sdc::app {

inline const QByteArray kElenco = R"({"operatori":[
  {"id":"o1","username":"anna","nome":"Anna","cognome":"Ferrari","email":"anna@esempio.it","ruolo":"operatore",
   "attivo":true,"tutti_servizi":false,"servizi":["scia"],"secondo_fattore":true},
  {"id":"o2","username":"marco","nome":"Marco","cognome":"Colombo","email":"marco@esempio.it",
   "ruolo":"amministratore","attivo":false,"tutti_servizi":true,"servizi":[],"secondo_fattore":false}]})";
inline const QByteArray kServizi =
    R"({"gestore":"Registro interno","righe":[{"servizio":"SCIA","servizioSlug":"scia","valori":{}},
        {"servizio":"Estratto","servizioSlug":"estratto-nascita","valori":{}}]})";

inline FakeAnswer contiServer(const SentRequest& sent)
{
    const QString path = sent.url.path();
    if (path.endsWith(u"/operatori"_s) && sent.method == "GET")
        return {200, kElenco};
    if (path.endsWith(u"/protocollo"_s))
        return {200, kServizi};
    if (path.endsWith(u"/operatori"_s))
        return {422, R"({"title":"x","status":422,"detail":"I dati dell'operatore non sono validi.",
                         "errori":[{"campo":"email","messaggio":"Scrivi un indirizzo email valido."}]})"};
    if (path.endsWith(u"/accesso/mio"_s))
        return {200, R"({"secondo_fattore":false,"codici_rimasti":0,"altre_sessioni":2})"};
    if (path.endsWith(u"/accesso/secondo-fattore"_s))
        return {201, R"({"segreto":"JBSWY3DPEHPK3PXP","uri":"otpauth://totp/Prova:anna?secret=JBSWY3DPEHPK3PXP"})"};
    if (path.endsWith(u"/conferma"_s))
        return {200, R"({"codici":["aaaa-bbbb-cc","dddd-eeee-ff"]})"};
    if (path.endsWith(u"/accesso/password"_s))
        return {403, R"({"title":"x","status":403,"detail":"Nome utente o password non corretti."})"};
    return {204, {}};
}

}
#endif
