#include "core/documenti/risposta.h"

#include "core/base/text.h"

namespace sdc {

namespace {

std::string_view wordFor(EsitoRisposta esito)
{
    switch (esito) {
    case EsitoRisposta::Accettata:
        return "accettata";
    case EsitoRisposta::Rifiutata:
        return "rifiutata";
    }
    return {};
}

std::string voce(const std::string& file, const DatiRisposta& dati)
{
    return file + " - " + dati.servizio + " pratica " + dati.richiedente + " del " + inDocument(dati.inviata);
}

void appendAllegati(std::vector<Blocco>& blocchi, const DatiRisposta& dati)
{
    if (dati.allegati.empty())
        return;
    Elenco elenco;
    for (const std::string& file : dati.allegati)
        elenco.voci.push_back(voce(file, dati));
    blocchi.push_back(Intestazione{"Allegati alla risposta:", 1});
    blocchi.push_back(std::move(elenco));
}

}

Documento risposta(const DatiRisposta& dati)
{
    Documento documento{"Risposta - " + dati.servizio, dati.ente, {}};
    auto& blocchi = documento.blocchi;
    blocchi.push_back(Paragrafo{{{"SPETTABILE " + dati.richiedente, true}}, Allineamento::Centro});
    blocchi.push_back(
        Paragrafo{{{"La informiamo che la Sua richiesta è stata: "}, {std::string(wordFor(dati.esito)), true}}});
    if (const std::string motivazione = trim(dati.motivazione); !motivazione.empty())
        blocchi.push_back(Paragrafo{{{"Motivazione: ", true}, {motivazione}}});
    appendAllegati(blocchi, dati);
    blocchi.push_back(Paragrafo{{{"Lì " + inDocument(dati.data)}}});
    return documento;
}

}
