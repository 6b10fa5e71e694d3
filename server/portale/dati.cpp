#include "server/portale/dati.h"

namespace sdc::portale {
namespace {

void fillRichiedente(http::Page& part, const Cittadino& richiedente)
{
    part.set("RICHIEDENTE", fullName(richiedente.nome, richiedente.cognome));
    part.set("CODICE_FISCALE", richiedente.codiceFiscale).set("LUOGO_NASCITA", richiedente.luogoNascita);
    part.set("DATA_NASCITA", richiedente.dataNascita ? onScreen(*richiedente.dataNascita) : "");
    part.set("RESIDENZA", oneLine(richiedente.residenza));
    part.set("TELEFONO", richiedente.cellulare).set("EMAIL", richiedente.email);
}

void addFiles(http::Page& part, const std::vector<FileInDati>& files)
{
    if (files.empty())
        return;
    http::Page& table = part.add("FILE_ALLEGATI");
    for (const FileInDati& file : files) {
        http::Page& row = table.add("FILE");
        row.set("NOME_FILE", file.nome).set("DESCRIZIONE", file.descrizione).set("FILE_URL", file.url);
    }
}

}

void includeDati(http::Page& page, const DatiPratica& dati)
{
    http::Page& part = page.include("DATI", "parts/dati.html");
    if (!dati.presentata.empty())
        part.add("PRESENTATA").set("QUANDO", dati.presentata);
    if (!dati.stato.empty())
        part.add("CON_STATO").set("STATO", dati.stato);
    part.set("SERVIZIO", dati.servizio);
    fillRichiedente(part, dati.richiedente);
    for (const GruppoVoci& gruppo : dati.gruppi) {
        http::Page& group = part.add("GRUPPO");
        group.set("TITOLO", gruppo.titolo);
        for (const Voce& voce : gruppo.voci)
            group.add("VOCE").set("ETICHETTA", voce.etichetta).set("VALORE", voce.valore);
    }
    addFiles(part, dati.files);
}

}
