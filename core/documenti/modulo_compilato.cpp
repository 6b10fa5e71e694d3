#include "core/documenti/modulo_compilato.h"

#include "core/documenti/maiuscolo.h"

namespace sdc {

namespace {

Paragrafo plain(std::string text)
{
    return {{{std::move(text)}}};
}

Paragrafo bold(std::string text, Allineamento allineamento)
{
    return {{{std::move(text), true}}, allineamento};
}

std::string nascita(const RichiedenteModulo& richiedente)
{
    std::string text;
    if (!richiedente.luogoNascita.empty())
        text += " a " + richiedente.luogoNascita;
    if (richiedente.dataNascita)
        text += " il " + inDocument(*richiedente.dataNascita);
    return text.empty() ? text : " nato/a" + text;
}

std::string recapiti(const RichiedenteModulo& richiedente)
{
    std::string text;
    if (!richiedente.telefono.empty())
        text = "Recapito telefonico " + richiedente.telefono;
    if (!richiedente.email.empty())
        text += (text.empty() ? "" : " ") + ("Recapito email " + richiedente.email);
    return text;
}

Paragrafo sottoscritto(const RichiedenteModulo& richiedente)
{
    std::string rest = nascita(richiedente);
    if (!richiedente.codiceFiscale.empty())
        rest += "\nCodice fiscale " + richiedente.codiceFiscale;
    if (!richiedente.residenza.empty())
        rest += "\nResidente in " + richiedente.residenza;
    if (const std::string line = recapiti(richiedente); !line.empty())
        rest += "\n" + line;
    return {{{"Il/La sottoscritto/a "}, {richiedente.nome, true}, {rest}}};
}

void appendRichiesta(std::vector<Blocco>& blocchi, const DatiModulo& dati)
{
    blocchi.push_back(bold("chiede", Allineamento::Centro));
    for (const std::string& paragrafo : dati.testo)
        blocchi.push_back(plain(paragrafo));
    if (!dati.elenco.empty())
        blocchi.push_back(Elenco{dati.elenco});
}

void appendTabelle(std::vector<Blocco>& blocchi, const std::vector<TabellaModulo>& tabelle)
{
    for (const TabellaModulo& tabella : tabelle) {
        if (tabella.righe.empty())
            continue;
        blocchi.push_back(Intestazione{tabella.titolo, 2});
        blocchi.push_back(Tabella{tabella.righe});
    }
}

void appendAllegati(std::vector<Blocco>& blocchi, const std::vector<AllegatoModulo>& allegati)
{
    if (allegati.empty())
        return;
    Elenco elenco;
    for (const AllegatoModulo& allegato : allegati)
        elenco.voci.push_back(allegato.nome + "\nSHA-256: " + allegato.sha256);
    blocchi.push_back(Intestazione{"Allegati", 2});
    blocchi.push_back(std::move(elenco));
}

}

Documento moduloCompilato(const DatiModulo& dati)
{
    Documento documento{dati.servizio + " - " + dati.richiedente.nome, dati.ente, {}};
    auto& blocchi = documento.blocchi;
    blocchi.push_back(Paragrafo{{{"Spett.le\n"}, {dati.ente, true}}, Allineamento::Destra});
    blocchi.push_back(Intestazione{"OGGETTO: " + maiuscolo(dati.servizio), 1});
    blocchi.push_back(sottoscritto(dati.richiedente));
    if (!dati.richiedente.inQualitaDi.empty())
        blocchi.push_back(plain("In qualità di " + dati.richiedente.inQualitaDi));
    appendRichiesta(blocchi, dati);
    appendTabelle(blocchi, dati.tabelle);
    appendAllegati(blocchi, dati.allegati);
    return documento;
}

}
