#pragma once

#include <QByteArray>
#include <QString>

namespace sdc::app {

inline constexpr const char* kAccessoJson =
    R"({"token":"segreto-1","scade":"2026-11-24T10:00:00Z",
        "operatore":{"id":"0a000000-0000-4000-8000-000000000001","username":"operatore","nome":"Anna",
                     "cognome":"Verdi","ruolo":"operatore"},
        "ente":{"slug":"rovereto","nome":"Comune di Rovereto"}})";

inline QByteArray rigaJson(int number, const char* more = "")
{
    return QByteArray(R"({"id":"p)") + QByteArray::number(number) + R"(","protocollo":")" +
           QByteArray::number(number).rightJustified(7, '0') + R"(/2026","richiedente":"ROSSI Mario )" +
           QByteArray::number(number) +
           R"(","servizio":"Certificato nascita","servizioSlug":"certificato-nascita","categoria":"Anagrafe",
             "dataCompilazione":"2026-11-20T09:31:00Z","stato":3000,"statoNome":"Protocollata","operatore":null,
             "mia":false,"prendibile":true)" +
           more + "}";
}

/// A page of a list of `totale` rows numbered from 0.
inline QByteArray elencoJson(int totale, int from, int count, const QByteArray& conteggi = {})
{
    QByteArray rows;
    for (int i = from; i < qMin(from + count, totale); ++i)
        rows += (rows.isEmpty() ? "" : ",") + rigaJson(i);
    const QByteArray counts = conteggi.isEmpty() ? R"({"gestire":0,"assegnare":)" + QByteArray::number(totale) +
                                                       R"(,"concluse":0,"tutte":)" + QByteArray::number(totale) + "}"
                                                 : conteggi;
    return R"({"elenco":"assegnare","totale":)" + QByteArray::number(totale) + R"(,"conteggi":)" + counts +
           R"(,"cambiamento":7,"righe":[)" + rows + R"(],"dopo":null})";
}

/// The detail of a pratica that the operator has in charge.
inline QByteArray dettaglioJson(bool certificato = false, int stato = 4000)
{
    return R"({"id":"p1","versione":3,"servizio":"Certificato nascita","servizioSlug":"certificato-nascita",
        "categoria":"Anagrafe","certificato":)" +
           QByteArray(certificato ? "true" : "false") +
           R"(,"ente":"Comune di Rovereto","richiedente":"ROSSI Mario","stato":)" + QByteArray::number(stato) +
           R"(,"statoNome":"Presa in carico","protocollo":"0000001/2026","dataProtocollo":"2026-11-20T09:33:00Z",
        "dataCompilazione":"2026-11-20T09:31:00Z","dataPresentazione":"2026-11-20T09:32:00Z",
        "operatore":{"id":"0a000000-0000-4000-8000-000000000001","nome":"Anna Verdi"},"mia":true,"prendibile":false,
        "elaborabile":)" +
           (stato == 4000 ? "true" : "false") +
           R"(,"rilasciabile":true,"moduloCompilato":null,"iter":[],"dati":[],"allegati":[],"esito":null})";
}

}
