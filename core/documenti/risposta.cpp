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

std::string voce(const AllegatoRisposta& allegato, const DatiRisposta& dati)
{
    return allegato.nome + " - " + dati.servizio + " pratica " + dati.richiedente + " del " +
           inDocument(allegato.quando);
}

void appendAllegati(std::vector<Blocco>& blocchi, const DatiRisposta& dati)
{
    if (dati.allegati.empty())
        return;
    Elenco elenco;
    for (const AllegatoRisposta& allegato : dati.allegati)
        elenco.voci.push_back(voce(allegato, dati));
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
